import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { freshEnvironment, freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

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

test('deadlines that were decided in hours are told in the new way, in guidelines and in what they judged', async () => {
  const { db, store } = await freshStore()
  const words = 'Regelen sier "answerWithinHours": 7'
  const guideline = {
    name: words,
    rules: [{ outcome: { answerWithinHours: 4 } }],
    otherwise: { answerWithinHours: 24 }
  }
  await sql`insert into guideline (document, sha256, made_at, made_by)
    values (${JSON.stringify(guideline)}, 'x', ${AT}, 'prove')`.execute(db)
  const one = arrival()
  await store.inquiries.receive(one)
  const old = {
    ...{ guideline: 1, category: 'case', proposals: [], hits: [] },
    decisions: { answerWithinHours: { value: 24, rule: 'otherwise' } },
    onFindings: [{ rule: 'gps', attachments: ['gps-position'], outcome: { answerWithinHours: 1 } }]
  }
  await sql`update inquiry set assessment = ${JSON.stringify(old)}`.execute(db)
  await sql.raw(await readFile(`${folder}0016-deadlines-and-follow-ups.sql`, 'utf8')).execute(db)
  const { rows } = await sql<{ document: unknown }>`select document from guideline`.execute(db)
  const [hours4, hours24] = [{ answerWithin: { hours: 4 } }, { answerWithin: { hours: 24 } }]
  expect(rows[0]?.document).toEqual({ name: words, rules: [{ outcome: hours4 }], otherwise: hours24 })
  const { assessment } = await store.inquiries.get(one.inquiry.id)
  expect(assessment?.decisions).toEqual({ answerWithin: { value: { hours: 24 }, rule: 'otherwise' } })
  expect(assessment?.onFindings[0]?.outcome).toEqual({ answerWithin: { hours: 1 } })
})
