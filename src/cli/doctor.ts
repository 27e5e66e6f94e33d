import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { type Config, InvalidConfig, loadConfig } from '../config.ts'
import { clamav } from '../documents/attachments/virus-scanner.ts'
import { threadRenderer } from '../documents/render/thread-renderer.ts'
import { LACKING_MS_MAX } from '../flow/archive-lacks.ts'
import { archiveHealth } from '../flow/archive-status.ts'
import { openBackend } from '../jobs/backend.ts'
import { openLog } from '../log.ts'
import { openArchive, openBlobs, openCodes, openDatabasePlace, queueSettings } from '../parts.ts'
import { openDatabase, serverVersion } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { startFailure } from './start-failure.ts'

const DISK_FREE_MIN = 1_073_741_824
const POSTGRES_MIN = 140_000

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly says: string
}

/** Looks at each part the service needs and says in plain words what is wrong and what to do. */
export async function doctor(env: NodeJS.ProcessEnv): Promise<number> {
  const findings: Finding[] = []
  const look = async (what: string, examine: () => Promise<string>): Promise<void> => {
    const finding = await examine().then(
      (says) => ({ what, ok: true, says }),
      (error: unknown) => ({ what, ok: false, says: startFailure(error) ?? wordsOf(error) })
    )
    findings.push(finding)
    console.log(`${finding.ok ? 'OK  ' : 'FEIL'} ${what.padEnd(14)} ${finding.says}`)
  }

  let config: Config | undefined
  await look('Innstillinger', async () => {
    config = loadConfig(env)
    return 'Alle innstillinger er gyldige.'
  })
  if (!config) return 1
  await examineParts(config, env, look)
  const wrong = findings.filter(({ ok }) => !ok).length
  console.log(wrong === 0 ? '\nAlt er i orden.' : `\n${wrong} ting må rettes før tjenesten virker som den skal.`)
  return wrong === 0 ? 0 : 1
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

type Look = (what: string, examine: () => Promise<string>) => Promise<void>

async function examineParts(config: Config, env: NodeJS.ProcessEnv, look: Look): Promise<void> {
  const log = openLog('silent')
  await look('Datamappe', () => dataFolder(config))
  await look('Database', async () => {
    const place = await openDatabasePlace(config, log)
    const db = openDatabase({ url: place.url, connectionsMax: 2, onError: () => undefined })
    try {
      const version = await serverVersion(db)
      if (version < POSTGRES_MIN) {
        throw new Error(`PostgreSQL ${Math.floor(version / 10_000)} er for gammel. Oppgrader til 14 eller nyere.`)
      }
      await migrate(db)
      await look('Kø', async () => {
        const backend = await openBackend(queueSettings(config, place.url), () => undefined)
        await backend.check()
        await backend.close()
        return backend.kind === 'redis' ? 'Redis svarer og kaster ingen jobber.' : 'Køen ligger i databasen.'
      })
      return `PostgreSQL ${Math.floor(version / 10_000)} svarer${place.embedded ? ' (innebygd)' : ''}, og tabellene er oppdatert.`
    } finally {
      await db.destroy()
      await place.embedded?.stop()
    }
  })
  await look('Filer', async () => {
    await (await openBlobs(config)).check()
    return config.S3_BUCKET === undefined ? 'Fillageret i datamappen svarer.' : 'S3-lageret svarer.'
  })
  await look('Arkiv', async () => {
    const archive = openArchive(config, env)
    const { state, message } = await archiveHealth(archive)
    if (state === 'down') throw new InvalidConfig(message)
    const lacking = await archive.lacking(AbortSignal.timeout(LACKING_MS_MAX))
    if (lacking.length > 0) throw new InvalidConfig(`Arkivet mangler noe leveringene trenger: ${lacking.join(' ')}`)
    return message
  })
  await look('Kodelister', async () => {
    openCodes(config)
    return config.CODE_LISTS === undefined ? 'Standardens koder, uten tillegg.' : 'Kommunens egne koder er lest.'
  })
  await look('Dokumenter', () => document(config))
  const { CLAMAV_URL: url } = config
  if (url !== undefined) await look('Virusskanner', () => virusScanner(url))
}

async function dataFolder({ DATA_FOLDER }: Config): Promise<string> {
  const folder = resolve(DATA_FOLDER)
  await mkdir(folder, { recursive: true })
  await access(folder, constants.R_OK | constants.W_OK).catch(() => {
    throw new Error(
      `Kan ikke skrive i ${folder}. Gi brukeren som kjører tjenesten tilgang, eller velg en annen DATA_FOLDER.`
    )
  })
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < DISK_FREE_MIN) throw new Error(`Det er under 1 GB ledig der ${folder} ligger. Rydd plass.`)
  return `${folder} kan skrives, ${Math.floor((bavail * bsize) / DISK_FREE_MIN)} GB ledig.`
}

async function virusScanner(url: string): Promise<string> {
  await clamav({ url, silenceMs: 5_000 }).scan(async () => Readable.from([Buffer.from('prøve')]))
  return 'Virusskanneren svarer.'
}

async function document({ MUNICIPALITY_NAME, DOCUMENT_LANGUAGE, PDFA_LEVEL }: Config): Promise<string> {
  const nothing = () => Promise.reject(new Error('No file is opened here.'))
  const renderer = threadRenderer({ blobs: { open: nothing }, log: () => undefined, level: PDFA_LEVEL })
  try {
    const pdf = await renderer.render({
      title: 'Prøve',
      language: DOCUMENT_LANGUAGE,
      inquiryId: 'prove',
      municipality: MUNICIPALITY_NAME,
      channel: 'Prøve',
      facts: [],
      messages: [{ role: 'marked', depth: 0, author: {}, text: 'æøå čđŋ', images: [], notes: [] }],
      files: [],
      receivedSha256: '0'.repeat(64),
      dated: new Date(0)
    })
    return `PDF/A-${PDFA_LEVEL} lages (${pdf.byteLength} byte i prøven).`
  } finally {
    await renderer.close()
  }
}
