import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { afterAll, beforeAll, inject } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { startService } from '../../src/service.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { appointMarkers } from '../support/appointed.ts'
import { callerOf } from '../support/caller.ts'
import { ADMIN_KEY, type StartedService } from '../support/setup.ts'
import { freshRedisDatabase } from '../support/start-redis.ts'
import { cloneTemplate, dropDatabase } from '../support/template-database.ts'

export interface FileService extends StartedService {
  /** The service's database, for a look behind its back. */
  readonly db: Database
}

interface FileServiceOptions {
  readonly changes?: NodeJS.ProcessEnv
  readonly work?: boolean
  readonly log?: Logger
  /** Who may mark besides those of all tests. */
  readonly markers?: readonly string[]
}

/**
 * One service for all tests of a file, started before the first and stopped after the last. It takes requests and does
 * no work, unless `work` is set.
 */
export function fileService(options: FileServiceOptions = {}) {
  const { changes = {}, work = false, log = openLog('silent'), markers = [] } = options
  let service: FileService | undefined
  const open: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    const env = await environment(changes, open)
    const config = loadConfig(env)
    const running = await startService({ config, env, log, api: true, work })
    open.unshift(running.stop)
    const db = openDatabase({ url: env.DATABASE_URL ?? '', connectionsMax: 2, onError: () => undefined })
    open.unshift(() => db.destroy())
    const address = running.address ?? ''
    const caller = callerOf(address, ADMIN_KEY)
    await appointMarkers(caller)
    if (markers.length > 0) await appointMarkers(caller, markers)
    service = { config, env, address, running, db, ...caller }
  })
  afterAll(async () => {
    for (const close of open) await close()
  })

  return (): FileService => {
    if (!service) throw new Error('The service runs only while tests do.')
    return service
  }
}

async function environment(changes: NodeJS.ProcessEnv, open: (() => Promise<unknown>)[]): Promise<NodeJS.ProcessEnv> {
  const server = inject('databaseServer')
  const redisPort = inject('redisPort')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const DATABASE_URL = await cloneTemplate(server, name)
  open.unshift(() => dropDatabase(server, name))
  const DATA_FOLDER = mkdtempSync(join(tmpdir(), 'arkivbro-test-'))
  open.unshift(() => rm(DATA_FOLDER, { recursive: true, force: true }))
  return {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_FOLDER,
    DATABASE_URL,
    DATABASE_CONNECTIONS: '4',
    ADMIN_KEY,
    ...(redisPort && { REDIS_URL: await freshRedisDatabase(redisPort) }),
    ...changes
  }
}
