import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts'
import { makeTemplate } from './template-database.ts'

/** The embedded PostgreSQL for data and queue, as a fresh installation has it. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-test-'))
  const server = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    log: () => undefined,
    maxConnections: 200
  })
  await makeTemplate(server.url)
  project.provide('databaseServer', server.url)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
