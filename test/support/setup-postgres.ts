import type { TestProject } from 'vitest/node'
import { startPostgres } from './start-postgres.ts'
import { makeTemplate } from './template-database.ts'

/** The machine's own PostgreSQL for data and queue. */
export async function setup(project: TestProject) {
  const server = await startPostgres()
  await makeTemplate(`${server.url}/postgres`)
  project.provide('databaseServer', `${server.url}/postgres`)
  return () => server.stop()
}
