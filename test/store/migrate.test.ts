import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { freshEnvironment, freshStore } from '../support/setup.ts'

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))
const folder = fileURLToPath(new URL('../../schemas/database/', import.meta.url))

test('four processes that migrate an empty database at once all succeed, and each migration is applied once', async () => {
  const { db, url } = await freshStore()
  await sql`drop schema if exists bullmq cascade`.execute(db)
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
  const env = { PATH: process.env.PATH, ...(await freshEnvironment({ DATABASE_URL: url })) }
  const start = () => spawn(process.execPath, [main, 'migrate'], { env, stdio: 'ignore' })
  const ends = await Promise.all(Array.from({ length: 4 }, () => once(start(), 'exit')))
  expect(ends.map(([code]) => code as number)).toEqual([0, 0, 0, 0])

  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).map((name) => name.replace('.sql', ''))
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  expect(rows.map(({ name }) => name)).toEqual(files.toSorted())
  expect(await migrate(db)).toEqual([])
})
