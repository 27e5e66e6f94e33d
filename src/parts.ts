import { generateKeyPairSync } from 'node:crypto'
import { accessSync, constants, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { archives } from '../integrations/index.ts'
import { type Config, InvalidConfig, mistakesIn, readSettings } from './config.ts'
import { attachmentPreparer } from './documents/attachments/attachment-preparer.ts'
import { ffmpegStill } from './documents/attachments/film-still.ts'
import { clamav } from './documents/attachments/virus-scanner.ts'
import { folderBlobStore } from './documents/blobs/folder-blob-store.ts'
import { s3BlobStore } from './documents/blobs/s3-blob-store.ts'
import { byName } from './domain/administrator.ts'
import type { PermitSigner } from './flow/deletion.ts'
import { latelyRead } from './flow/lately-read.ts'
import type { ArchiveConnector, BlobStore } from './flow/ports.ts'
import type { QueueSettings } from './jobs/backend.ts'
import { type CodeBook, codeBook, type OwnCodes } from './noark/codes/code-book.ts'
import { ownCodeMistakes } from './noark/codes/own-code-mistakes.ts'
import { permitSigner } from './permits/permit-signer.ts'
import { administratorStore } from './store/administrator-store.ts'
import { callbackClientStore } from './store/callback-client-store.ts'
import type { Database } from './store/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './store/embedded/embedded-postgres.ts'
import { ownPageStore } from './store/own-page-store.ts'

/** What is to be closed, last opened first. A part that will not close does not keep the others open. */
export interface Closers {
  add(close: () => Promise<unknown>): void
  closeAll(): Promise<void>
}

export function closers(log: Logger): Closers {
  const all: (() => Promise<unknown>)[] = []
  return {
    add: (close) => void all.unshift(close),
    async closeAll() {
      for (const close of all.splice(0)) {
        await close().catch((err: unknown) => log.error({ err }, 'a part did not close'))
      }
    }
  }
}

export interface DatabasePlace {
  readonly url: string
  readonly embedded?: EmbeddedPostgres
}

/** The database of the settings, or our own PostgreSQL in the data folder. */
export async function openDatabasePlace(config: Config, log: Logger): Promise<DatabasePlace> {
  if (config.DATABASE_URL !== undefined) return { url: config.DATABASE_URL }
  const embedded = await startEmbeddedPostgres({
    folder: resolve(config.DATA_FOLDER, 'postgres'),
    log: (message) => log.info({ part: 'embedded-postgres' }, message)
  })
  return { url: embedded.url, embedded }
}

export const queueSettings = (config: Config, databaseUrl: string): QueueSettings =>
  config.REDIS_URL === undefined ? { kind: 'postgres', url: databaseUrl } : { kind: 'redis', url: config.REDIS_URL }

export async function openBlobs(config: Config): Promise<BlobStore> {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return folderBlobStore({ folder: resolve(config.DATA_FOLDER, 'files') })
  }
  return s3BlobStore({
    bucket,
    region: config.S3_REGION,
    accessKeyId,
    secretAccessKey,
    forcePathStyle: true,
    ...(config.S3_ENDPOINT !== undefined && { endpoint: config.S3_ENDPOINT })
  })
}

/** What looks at attachments, with the virus scanner and the film program that there are. */
export function openPreparer(
  config: Config,
  blobs: BlobStore,
  env: NodeJS.ProcessEnv,
  log: (facts: Record<string, unknown>, message: string) => void
): ReturnType<typeof attachmentPreparer> {
  const ffmpeg = config.FFMPEG ?? onPath('ffmpeg', env)
  return attachmentPreparer({
    ...{ blobs, log, processes: config.RENDER_PROCESSES },
    ...(config.CLAMAV_URL !== undefined && { scanner: clamav({ url: config.CLAMAV_URL }) }),
    ...(ffmpeg !== undefined && { filmStill: ffmpegStill(ffmpeg) })
  })
}

const onPath = (name: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined =>
  PATH.split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => resolve(folder, name))
    .find(isProgram)

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where the folder archive lies: beside the other data, unless its own setting says otherwise. */
export const archiveFolder = ({ DATA_FOLDER }: Config, env: NodeJS.ProcessEnv): string =>
  env.ARCHIVE_FOLDER ?? join(DATA_FOLDER, 'archive')

/** The archive that the settings name, with its own settings read and checked. Throws InvalidConfig. */
export function openArchive(config: Config, env: NodeJS.ProcessEnv): ArchiveConnector {
  const integration = archives.find(({ name }) => name === config.ARCHIVE)
  if (!integration) {
    const known = archives.map(({ name }) => name).join(', ')
    throw new InvalidConfig(`ARCHIVE er «${config.ARCHIVE}», men Arkivbro kan levere til: ${known}.`)
  }
  const placed = { ...env, ARCHIVE_FOLDER: archiveFolder(config, env) }
  const settings = readSettings(integration.settings, placed)
  const unfit = mistakesIn(integration.settings, settings)
  const mistakes = unfit.length > 0 ? unfit : (integration.missing?.(settings as never) ?? [])
  if (mistakes.length > 0) {
    throw new InvalidConfig(`Innstillingene for arkivet «${config.ARCHIVE}» er ikke gyldige:\n${mistakes.join('\n')}`)
  }
  return integration.open(settings as never)
}

/** The standard's code lists with the municipality's own codes. Throws InvalidConfig. */
export function openCodes({ CODE_LISTS: given }: Config): CodeBook {
  if (given === undefined) return codeBook()
  const codes = parsed(given.trimStart().startsWith('{') ? given : codeFile(given))
  const mistakes = ownCodeMistakes(codes)
  if (mistakes.length > 0) throw new InvalidConfig(`CODE_LISTS er ikke gyldig:\n${indented(mistakes)}`)
  return codeBook(codes as OwnCodes)
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

function codeFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new InvalidConfig('CODE_LISTS er verken JSON eller stien til en fil som kan leses.')
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new InvalidConfig('CODE_LISTS er ikke gyldig JSON.')
  }
}

/**
 * What signs deletion permits: by the key of the settings; or, on the embedded default, by one made at the first start
 * and kept in the data folder. Throws InvalidConfig.
 */
export async function openPermits(config: Config, isEmbedded: boolean): Promise<PermitSigner | undefined> {
  const pem =
    config.PERMIT_KEY ?? (isEmbedded ? await ownPermitKey(resolve(config.DATA_FOLDER, 'permit-key')) : undefined)
  if (pem === undefined) return undefined
  return permitSigner(pem).catch(() => {
    throw new InvalidConfig('PERMIT_KEY er ikke en privat Ed25519-nøkkel i PEM (PKCS #8).')
  })
}

async function ownPermitKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  // Whoever comes second, even in the same moment, finds the first one's.
  await writeFile(path, pem, { mode: 0o600, flag: 'wx', flush: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return readFile(path, 'utf8')
}

/** Who may act in the municipality's name, and as whom: the lists themselves, and what each intake knows of them. */
export function whoMay(db: Database) {
  const appointments = administratorStore(db)
  const pages = ownPageStore(db)
  return {
    ...{ appointments, pages },
    administrators: latelyRead(async () => byName(await appointments.list())),
    ownPages: latelyRead(pages.current)
  }
}

/** Moderation tools that send us what their users do: the list itself, and what each intake knows of it. */
export function moderationTools(db: Database) {
  const callbackClients = callbackClientStore(db)
  const byId = async () => new Map((await callbackClients.list()).map((client) => [client.id, client]))
  return { callbackClients, knownClients: latelyRead(byId) }
}
