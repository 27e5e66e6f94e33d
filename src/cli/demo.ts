import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Config, loadConfig } from '../config.ts'
import { openLog } from '../log.ts'
import { archiveFolder } from '../parts.ts'
import { startService } from '../service.ts'
import { demoAdministrator, demoInquiries, demoPages } from './demo-inquiries.ts'
import { demoPicture } from './demo-picture.ts'
import { untilStopped } from './serve.ts'

const ANSWER_MS_MAX = 120_000
const ASK_EVERY_MS = 250

/** Starts the service, takes a handful of inquiries the whole way to the archive, and shows where they ended. */
export async function demo(env: NodeJS.ProcessEnv): Promise<number> {
  const given = loadConfig({ LOG_LEVEL: 'warn', ...env })
  const config: Config = { ...given, PORT: env.PORT ? given.PORT : await freePort(given) }
  const since = performance.now()
  const tell = (text: string) =>
    console.log(`${((performance.now() - since) / 1_000).toFixed(1).padStart(5)} s  ${text}`)

  tell('Starter Arkivbro med innebygd database, kø, fillager og arkiv …')
  const log = openLog(config.LOG_LEVEL)
  const running = await startService({ config, env, log, api: true, work: true })
  const stopped = untilStopped(running, config.STOP_SECONDS, log)
  const key =
    running.adminKey ?? config.ADMIN_KEY ?? (await readFile(resolve(config.DATA_FOLDER, 'admin-key'), 'utf8')).trim()
  const api = caller(running.address ?? '', key)
  tell(`Oppe på ${running.address}.`)
  await setWhoMay(api, tell)
  tell('Sender inn henvendelser …')

  const ids = await submitAll(api, tell)
  const ended = await Promise.all(ids.map(({ id, title }) => follow(api, id, title, tell)))
  const folder = resolve(archiveFolder(config, env))
  for (const line of ended.flatMap((one) => report(one, folder))) console.log(line)
  console.log(closing(running.address ?? '', key))
  return ended.every(({ archive }) => archive) ? stopped : failed(running.stop)
}

const failed = async (stop: () => Promise<void>): Promise<number> => {
  await stop()
  return 1
}

interface Api {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object | FormData): Promise<T>
  put<T>(path: string, body: object): Promise<T>
}

function caller(address: string, key: string): Api {
  async function call<T>(path: string, init: RequestInit): Promise<T> {
    const headers = { authorization: `Bearer ${key}`, ...init.headers }
    const response = await fetch(`${address}${path}`, { ...init, headers, signal: AbortSignal.timeout(30_000) })
    if (!response.ok) throw new Error(`${path} svarte ${response.status}: ${await response.text()}`)
    // The answer is our own API's, whose schema the caller names.
    return (await response.json()) as T
  }
  const json = (method: string, body: object): RequestInit => ({
    ...{ method, body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' }
  })
  return {
    get: (path) => call(path, {}),
    post: (path, body) => call(path, body instanceof FormData ? { method: 'POST', body } : json('POST', body)),
    put: (path, body) => call(path, json('PUT', body))
  }
}

/** Appoints who marks the inquiries, and says which page is the municipality's, where an earlier run has not. */
async function setWhoMay(api: Api, tell: (text: string) => void): Promise<void> {
  const { administrators } = await api.get<{ administrators: { name: string }[] }>('/v1/administrators')
  if (!administrators.some(({ name }) => name === demoAdministrator.name)) {
    await api.post('/v1/administrators', demoAdministrator)
  }
  tell(`Utnevnt til å merke henvendelser: ${demoAdministrator.name} («${demoAdministrator.actsAs.join('», «')}»)`)
  const { version } = await api.get<{ version: number }>('/v1/pages')
  if (version === 0) await api.put('/v1/pages', { version, pages: demoPages, reason: 'Kommunens egen side.' })
  tell(`Kommunens egne sider: ${demoPages.map(({ name, source }) => `${name} (${source})`).join(', ')}`)
}

async function submitAll(api: Api, tell: (text: string) => void) {
  const form = new FormData()
  form.append('file', new Blob([demoPicture()], { type: 'image/png' }), 'skolevei.png')
  const picture = await api.post<{ id: string }>('/v1/attachments', form)
  const ids: { id: string; title: string }[] = []
  for (const { title, body } of demoInquiries(picture.id)) {
    const { id, isNew } = await api.post<{ id: string; isNew: boolean }>('/v1/inquiries', body)
    tell(`${isNew ? 'Mottatt' : 'Mottatt før, samme svar'}: ${title}`)
    ids.push({ id, title })
  }
  return ids
}

interface Followed {
  readonly id: string
  readonly title: string
  readonly status: { readonly label: string; readonly trouble?: { readonly message: string } }
  readonly archive?: {
    readonly journalpost: string
    readonly saksnummer: string
    readonly journalpostnummer: number
    readonly location?: string
  }
}

async function follow(api: Api, id: string, title: string, tell: (text: string) => void): Promise<Followed> {
  const deadline = performance.now() + ANSWER_MS_MAX
  let shown = ''
  for (;;) {
    const { status, archive } = await api.get<Omit<Followed, 'title'>>(`/v1/inquiries/${id}`)
    if (status.label !== shown) tell(`${title}: ${status.label}`)
    shown = status.label
    if (archive || status.label === 'Trenger handling' || performance.now() > deadline) {
      return { id, title, status, ...(archive && { archive }) }
    }
    await pause(ASK_EVERY_MS)
  }
}

function report({ title, status, archive }: Followed, folder: string): readonly string[] {
  if (!archive) return ['', `${title}: ${status.label}. ${status.trouble?.message ?? 'Arkivet svarte ikke i tide.'}`]
  const place = join(folder, archive.location ?? '')
  return [
    '',
    title,
    `  saksnummer        ${archive.saksnummer}`,
    `  journalpostnummer ${archive.journalpostnummer}   (${archive.journalpost})`,
    `  PDF/A             ${place}/hoveddokument.pdf`,
    `  arkivmelding      ${place}/arkivmelding.xml`
  ]
}

function closing(address: string, key: string): string {
  const [id, secret] = key.split('.', 2)
  return `
Swagger UI  ${address}/docs
  brukernavn  ${id}
  passord     ${secret}
  (som nøkkel: ${key})

Tjenesten står oppe. Ctrl-C stopper den; dataene blir liggende til neste gang.`
}

/** The usual port when it is free, else any. */
function freePort({ HOST, PORT }: Config): Promise<number> {
  return new Promise((found) => {
    const probe = createServer()
    probe.once('error', () => found(0))
    probe.listen(PORT, HOST, () => probe.close(() => found(PORT)))
  })
}
