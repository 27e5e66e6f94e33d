import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DialectName, dialects } from '../../../integrations/archives/noark5-api/dialects.ts'
import type { Settings } from '../../../integrations/archives/noark5-api/settings.ts'
import { openAnswers } from './answers.ts'
import type { Fault, Mishap } from './faults.ts'
import { openFiles } from './files.ts'
import { type Held, openObjects } from './objects.ts'
import { respond } from './respond.ts'
import type { Archive } from './routes.ts'
import { account, openTokens } from './tokens.ts'

export interface StandInOptions {
  readonly dialect?: DialectName
  readonly auth?: Settings['N5TG_AUTH']
  readonly bytesInOneGoMax?: number
  /** Rels that this user is never shown. */
  readonly withholds?: readonly string[]
  /** Codes that no list has. */
  readonly missingCodes?: readonly string[]
  readonly timeoutSeconds?: number
  /** Leaves out what it knows of files, so that they have to be fetched to be compared. */
  readonly silentOnChecksums?: boolean
  /** Says nothing of how large a file may be. */
  readonly silentOnLimit?: boolean
  readonly settings?: Partial<Settings>
  /** What goes wrong with a request that has no fault of its own. */
  readonly mishap?: (label: string) => Mishap | undefined
}

/** A Noark 5 server of ours over real HTTP, to deliver to. It refuses no doubles and counts what it holds. */
export interface StandIn {
  readonly settings: Settings
  /** As the environment has it. */
  readonly env: NodeJS.ProcessEnv
  /** Method and last part of the address of every signed-in request, in order. */
  readonly requests: readonly string[]
  /** What goes wrong with the request of that number, from 0. */
  readonly faults: Map<number, Fault>
  /** What somebody else does in the archive just before the request of that number. */
  readonly meanwhile: Map<number, () => void>
  held(kind: Held['kind']): readonly Held[]
  readonly archive: Archive
  tokensIssued(): number
  /** Forgets who is signed in, as a restart does. */
  restart(): void
  /** Nothing is under way any more. */
  isIdle(): boolean
  stop(): Promise<void>
}

/** Serves one on a free port of the loopback until it is stopped. */
export async function serveStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { dialect = 'standard-1.1', bytesInOneGoMax = 157_286_400, withholds = [], missingCodes = [] } = options
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // As it was called last: there may be something between it and us. nikita names itself by its own idea of where it is.
  let host = `127.0.0.1:${port}`
  const origin = () => (dialects[dialect].namesOtherOrigins ? 'http://arkiv.example:8092' : `http://${host}`)
  const tokens = openTokens()
  const objects = openObjects({ dialect, numbersAtJournaling: dialect === 'standard-1.1' })
  const archive: Archive = {
    ...{ dialect, objects, tokens, bytesInOneGoMax, missingCodes: new Set(missingCodes) },
    silentOnChecksums: options.silentOnChecksums ?? false,
    silentOnLimit: (options.silentOnLimit ?? false) || dialect === 'nikita-2021',
    files: openFiles(bytesInOneGoMax, dialects[dialect].uploadsInParts),
    answers: openAnswers(origin, dialect, new Set(withholds))
  }
  objects.add('arkivdel', { tittel: 'Saksarkiv', arkivdelstatus: { kode: 'A' } })
  objects.add('arkivdel', { tittel: 'Gammelt arkiv', arkivdelstatus: { kode: 'P' } })
  const system = objects.add('klassifikasjonssystem', { tittel: 'Emneklasser' })
  objects.add('klasse', { klasseID: '033', tittel: 'Innbyggerhenvendelser' }, system)

  const requests: string[] = []
  const faults = new Map<number, Fault>()
  const meanwhile = new Map<number, () => void>()
  let underWay = 0
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    underWay += 1
    host = request.headers.host ?? host
    const label = labelOf(request)
    const number = tokens.believes(request.headers.authorization) ? requests.push(label) - 1 : -1
    meanwhile.get(number)?.()
    const fault = faults.get(number) ?? (number < 0 ? undefined : options.mishap?.(label))
    respond(archive, fault, request, response)
      .catch(() => request.socket.destroy())
      .finally(() => {
        underWay -= 1
      })
  })
  const settings = settingsFor(`http://${host}/n5/`, dialect, options)
  return {
    ...{ settings, requests, faults, meanwhile, archive },
    env: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
    held: (kind) => [...objects.of(kind)],
    tokensIssued: () => tokens.issued,
    restart: tokens.forgetAll,
    isIdle: () => underWay === 0,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}

const labelOf = ({ method, url = '' }: IncomingMessage) => {
  const path = (url.split('?')[0] ?? '').replaceAll(/[0-9a-f-]{36}/g, 'object')
  return `${method} ${path.slice(path.lastIndexOf('/') + 1)}`
}

function settingsFor(url: string, dialect: DialectName, options: StandInOptions): Settings {
  return {
    N5TG_URL: url,
    N5TG_DIALECT: dialect,
    N5TG_AUTH: options.auth ?? 'oidc-password',
    N5TG_USER: account.user,
    N5TG_PASSWORD: account.password,
    N5TG_CLIENT_ID: account.clientId,
    N5TG_CLIENT_SECRET: account.clientSecret,
    N5TG_ARKIVDEL: 'Saksarkiv',
    N5TG_DOKUMENTTYPER: '*=B',
    N5TG_MERKNADSTYPE: 'MS',
    N5TG_METADATA: 'vnd-prove-v1',
    N5TG_TILGANGSRESTRIKSJONER: 'Unntatt offentlighet=XX',
    N5TG_TIMEOUT_SECONDS: options.timeoutSeconds ?? 10,
    ...options.settings
  }
}
