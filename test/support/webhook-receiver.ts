import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Got {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  /** As it came, for the signature. */
  readonly raw: string
  readonly body: {
    readonly type: string
    readonly timestamp: string
    readonly data: Readonly<Record<string, unknown>> & { readonly id?: string }
  }
}

/** Answers one call; what does not answer keeps the caller waiting. */
export type Answering = (got: Got, response: ServerResponse) => void

export interface Receiver {
  readonly url: string
  readonly got: readonly Got[]
  /** Answers so from now on. */
  answer(answering: Answering): void
}

export const withStatus =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    void response.writeHead(status, headers).end()

/** Somebody who is told, on a port of its own; says 204 until it is told otherwise. Gone when the test ends. */
export async function webhookReceiver(tls?: { readonly key: Buffer; readonly cert: Buffer }): Promise<Receiver> {
  const got: Got[] = []
  let answering = withStatus(204)
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    void read(request).then((one) => {
      got.push(one)
      answering(one, response)
    })
  }
  const server = tls ? createTlsServer({ key: tls.key, cert: tls.cert }, answer) : createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/krok`,
    got,
    answer(next) {
      answering = next
    }
  }
}

async function read(request: IncomingMessage): Promise<Got> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks).toString()
  const headers = request.headers as Record<string, string>
  return { id: String(headers['webhook-id']), headers, raw, body: JSON.parse(raw) as Got['body'] }
}
