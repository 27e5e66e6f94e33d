import { Client } from 'pg'
import { openBackend } from '../../src/jobs/backend.ts'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'

const TEMPLATE = 'arkivbro_template'

/** The same server, another database. A URL of a Unix socket has no host, which `URL` would not take. */
export const withDatabase = (server: string, name: string): string =>
  server.replace(/^([a-z]+:\/\/[^/]*)\/[^?]*/, `$1/${name}`)

/** One database with all tables, for every test to have a copy of. */
export async function makeTemplate(server: string): Promise<void> {
  await run(server, `create database ${TEMPLATE}`)
  const url = withDatabase(server, TEMPLATE)
  const db = openDatabase({ url, connectionsMax: 1, onError: () => undefined })
  await migrate(db)
  await db.destroy()
  const backend = await openBackend({ kind: 'postgres', url }, () => undefined)
  await backend.close()
}

/** A fresh database; gives its URL. */
export async function cloneTemplate(server: string, name: string): Promise<string> {
  await run(server, `create database ${name} template ${TEMPLATE}`)
  return withDatabase(server, name)
}

export const dropDatabase = (server: string, name: string): Promise<void> =>
  run(server, `drop database if exists ${name} with (force)`)

async function run(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
