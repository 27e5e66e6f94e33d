import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { type Config, loadConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { type Running, startService } from '../../src/service.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storeOn } from '../../src/store/index.ts'
import { appointMarkers } from './appointed.ts'
import { type Caller, callerOf } from './caller.ts'
import { freshRedisDatabase } from './start-redis.ts'
import { cloneTemplate, dropDatabase } from './template-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string
    redisPort: number
  }
}

/** A key that the settings accept; the tests' administrator. */
export const ADMIN_KEY = 'prove.4f1d0a7c9be2836d5a0c41f79e8b23d6470f'

/** A database of the test's own, with all tables; gone when the test ends. Gives its URL. */
export async function freshDatabase(): Promise<string> {
  const server = inject('databaseServer')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = await cloneTemplate(server, name)
  onTestFinished(() => dropDatabase(server, name))
  return url
}

/** A folder of the test's own; gone when the test ends. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The environment of an installation of the test's own, on this project's database and queue. */
export async function freshEnvironment(changes: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  const redisPort = inject('redisPort')
  return {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_FOLDER: freshFolder(),
    DATABASE_URL: await freshDatabase(),
    DATABASE_CONNECTIONS: '4',
    ADMIN_KEY,
    ...(redisPort && { REDIS_URL: await freshRedisDatabase(redisPort) }),
    ...changes
  }
}

/** Store on a database of the test's own. */
export async function freshStore() {
  const url = await freshDatabase()
  const db = openDatabase({ url, connectionsMax: 4, onError: () => undefined })
  onTestFinished(() => db.destroy())
  return { db, url, store: storeOn(db) }
}

/** With `call` and `post` as the administrator. */
export interface StartedService extends Caller {
  readonly config: Config
  readonly env: NodeJS.ProcessEnv
  readonly address: string
  readonly running: Running
}

/** The whole service, with real database, queue, files and folder archive, answering on a port of its own. */
export async function freshService(
  changes: NodeJS.ProcessEnv = {},
  parts: { readonly api?: boolean; readonly work?: boolean } = {}
): Promise<StartedService> {
  const env = await freshEnvironment(changes)
  const config = loadConfig(env)
  const running = await startService({ config, env, log: openLog('silent'), api: true, work: true, ...parts })
  onTestFinished(() => running.stop())
  const { address = '' } = running
  const caller = callerOf(address, ADMIN_KEY)
  if (address !== '') await appointMarkers(caller)
  return { config, env, address, running, ...caller }
}
