import { expect, test } from 'vitest'
import { certifiedFor, openssl } from '../support/private-ca.ts'
import { freshInstallation, runService } from '../support/run-service.ts'
import { waitFor } from '../support/wait-for.ts'
import { webhookReceiver } from '../support/webhook-receiver.ts'

interface Attempt {
  readonly status?: number
  readonly failure?: string
}

interface Message {
  readonly id: string
  readonly state: string
  readonly attempts: readonly Attempt[]
}

test.skipIf(openssl.skip)(
  openssl.title(
    'an endpoint with a certificate of the municipality’s own is refused until that is trusted, and reached then'
  ),
  async () => {
    const tls = await certifiedFor('IP:127.0.0.1')
    const receiver = await webhookReceiver(tls)
    const env = await freshInstallation({ WEBHOOK_PRIVATE_TARGETS: '127.0.0.1' })
    let service = await runService(env)
    const made = await service.post('/v1/webhooks', {
      url: receiver.url,
      description: 'Prøve',
      types: ['permit.ready']
    })
    const { webhook } = (await made.json()) as { webhook: { id: string } }
    const place = `/v1/webhooks/${webhook.id}`
    const pinged = async (isIt: (attempt: Attempt) => boolean): Promise<Message> => {
      let message: Message | undefined
      const isTold = async () => {
        const { messages } = (await (await service.call(`${place}/messages`)).json()) as { messages: Message[] }
        message = messages.find(({ attempts }) => attempts.some(isIt))
        return message !== undefined
      }
      await waitFor(isTold, 'the ping has been sent with this outcome')
      return message as Message
    }

    await service.post(`${place}/ping`, {})
    const { id, state } = await pinged(({ failure }) => failure === 'untrusted')
    expect(state).toBe('waiting')
    expect(receiver.got).toEqual([])
    await service.stop()

    service = await runService({ ...env, NODE_EXTRA_CA_CERTS: tls.caFile })
    await service.post(`${place}/messages/${id}/replay`, {})
    const { attempts } = await pinged(({ status }) => status === 204)
    expect(receiver.got[0]).toMatchObject({ id, body: { type: 'ping' } })
    expect(attempts[0]).toMatchObject({ failure: 'untrusted' })
  }
)
