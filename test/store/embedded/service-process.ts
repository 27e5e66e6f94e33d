import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach } from 'vitest'

export const isRoot = process.getuid?.() === 0
export const projectFolder = fileURLToPath(new URL('../../../', import.meta.url))

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const services = new Set<ServiceProcess>()
const folders = new Set<string>()

interface Line {
  readonly ready?: string
  readonly connection?: { readonly host: string; readonly port: number }
  readonly refused?: string
  readonly message?: string
  readonly cause?: string
  readonly log?: string
  readonly exited?: object
  readonly drained?: object
}

export interface ServiceOptions {
  readonly uid?: number
  readonly gid?: number
  readonly env?: NodeJS.ProcessEnv
  readonly project?: string
  readonly detached?: boolean
  readonly maxConnections?: number
  readonly startTimeoutMs?: number
}

/** A service in a process of its own that owns, or tries to own, an embedded database. */
export interface ServiceProcess {
  readonly child: ChildProcess
  readonly lines: readonly Line[]
  /** The first line with this field. Rejects when the process ends without having said it. */
  said<Field extends keyof Line>(field: Field): Promise<Line & Required<Pick<Line, Field>>>
  /** SIGTERM, and the end of the process. */
  stop(): Promise<void>
  /** SIGKILL, and the end of the process. */
  kill(): Promise<void>
}

export function startService(folder: string, options: ServiceOptions = {}): ServiceProcess {
  const { uid, gid, env, project = projectFolder, detached = false, ...settings } = options
  const script = join(project, 'test/store/embedded/run-service.ts')
  const child = spawn(process.execPath, ['--import', tsx, script, folder, JSON.stringify(settings)], {
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    cwd: '/',
    detached,
    env: env ?? { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const lines: Line[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => lines.push(JSON.parse(line)))
  const ended = once(child, 'close')

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  const service: ServiceProcess = {
    child,
    lines,
    said: (field) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => line[field] !== undefined)
          if (found !== undefined) resolve(found as never)
          return found !== undefined
        }
        if (look()) return
        output.on('line', look)
        void ended.then(() => look() || reject(new Error(`ended without «${field}»: ${JSON.stringify(lines)}`)))
      }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL')
  }
  services.add(service)
  return service
}

/** An empty private folder that is gone after the test. */
export function temporaryFolder(mode = 0o711): string {
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-test-'))
  chmodSync(folder, mode)
  folders.add(folder)
  return folder
}

const template: { folder?: string } = {}

/** A data folder with a cluster in it, copied from one made once per test file. */
export async function dataFolder(): Promise<string> {
  if (template.folder === undefined) {
    template.folder = join(mkdtempSync(join(tmpdir(), 'arkivbro-template-')), 'postgres')
    const service = startService(template.folder)
    await service.said('ready')
    await service.stop()
  }
  const folder = join(temporaryFolder(), 'postgres')
  execFileSync('cp', ['-a', '--reflink=auto', template.folder, folder])
  return folder
}

/** The id of the server process that has the data folder. */
export function serverPid(folder: string): number {
  return Number(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])
}

/** One statement in a session of its own. */
export async function query(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

export const show = async (url: string, setting: string) =>
  (await query(url, 'select current_setting($1) as value', [setting]))[0]?.value

/** Makes a folder and hands it to a user. */
export function folderOf(uid: number, gid: number, path: string): string {
  mkdirSync(path)
  execFileSync('chown', [`${uid}:${gid}`, path])
  return path
}

afterEach(async () => {
  for (const service of services) await service.kill()
  services.clear()
  for (const folder of folders) removeFolder(folder)
  folders.clear()
})

afterAll(() => {
  if (template.folder !== undefined) rmSync(join(template.folder, '..'), { recursive: true, force: true })
})

/** Ends the server that a killed service left, and removes all that the test made. */
function removeFolder(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.name === 'postmaster.pid') endServer(path)
    if (entry.name === 'socket-elsewhere') rmSync(readlinkSync(path), { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
}

function endServer(pidFile: string): void {
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!existsSync(`/proc/${pid}/comm`) || readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return
  process.kill(pid, 'SIGKILL')
}
