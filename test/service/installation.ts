import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { placeOf } from '../../integrations/archives/folder/package.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts'
import { packagesIn, registerIn } from '../integrations/archives/folder/archive-folder.ts'
import type { RunningService } from '../support/built-service.ts'
import { inquiryBody } from '../support/makers.ts'
import { type ToldOf, toldIn } from '../support/reconcile.ts'
import { waitFor } from '../support/wait-for.ts'

type Body = ReturnType<typeof inquiryBody>

/** What came of posting many inquiries: who got an answer, and which id it held. */
export interface Posted {
  readonly accepted: Map<Body, string>
  /** Those that got no answer, or none that promised anything. */
  readonly unanswered: Set<Body>
  readonly refused: { readonly status: number; readonly text: string }[]
  /** Codes of the answers that said to come again. */
  readonly later: string[]
}

export const bodies = (count: number): readonly Body[] =>
  Array.from({ length: count }, () => inquiryBody({ text: 'Hei' }))

interface PostOptions {
  readonly atOnce?: number
  readonly each?: (answers: number) => void
}

/** Posts them, `atOnce` at a time, until all are posted; `each` is called after every answer with how many came so far. */
export async function postAll(
  { post }: Pick<RunningService, 'post'>,
  wanted: Iterable<Body>,
  { atOnce = 20, each = () => undefined }: PostOptions = {}
): Promise<Posted> {
  const posted: Posted = { accepted: new Map(), unanswered: new Set(wanted), refused: [], later: [] }
  const waiting = [...posted.unanswered]
  const postOne = async (body: Body) => {
    const response = await post('/v1/inquiries', body).catch(() => undefined)
    const text = await response?.text().catch(() => undefined)
    if (response && text !== undefined && (response.status === 202 || response.status === 200)) {
      posted.accepted.set(body, (JSON.parse(text) as { id: string }).id)
      posted.unanswered.delete(body)
      each(posted.accepted.size)
    } else if (response && text !== undefined) {
      const code = response.status === 503 && response.headers.has('retry-after') && codeIn(text)
      if (code) posted.later.push(code)
      else posted.refused.push({ status: response.status, text })
    }
  }
  const poster = async () => {
    for (let body = waiting.shift(); body; body = waiting.shift()) await postOne(body)
  }
  await Promise.all(Array.from({ length: atOnce }, poster))
  return posted
}

/** The code of a problem that says what happened; nothing for any other text. */
function codeIn(text: string): string | undefined {
  const { code, title } = JSON.parse(text) as { readonly code?: string; readonly title?: string }
  return title ? code : undefined
}

/**
 * Posts until all are taken in, as a sender does who comes again after a 503 or a broken connection. Gives the ids.
 * `api` is asked each time, since the process that answers may be another by then.
 */
export async function postUntilTaken(
  api: () => Pick<RunningService, 'post'>,
  wanted: readonly Body[],
  { atOnce = 4, each = () => undefined }: PostOptions = {}
): Promise<readonly string[]> {
  const ids: string[] = []
  let waiting: ReadonlySet<Body> = new Set(wanted)
  const takeIn = async () => {
    const before = ids.length
    const posted = await postAll(api(), waiting, { atOnce, each: (answers) => each(before + answers) })
    expect(posted.refused).toEqual([])
    ids.push(...posted.accepted.values())
    waiting = posted.unanswered
    return waiting.size === 0
  }
  await waitFor(takeIn, 'all are taken in', { atMostMs: 90_000, everyMs: 100 })
  return ids
}

export interface Overview {
  readonly journaled: number
  readonly needsAction: { readonly count: number }
  readonly inProgress: { readonly count: number }
}

export async function overview({ call }: Pick<RunningService, 'call'>): Promise<Overview> {
  return (await (await call('/v1/overview')).json()) as Overview
}

/** Waits until everything has come to rest in the archive. */
export async function untilJournaled(service: Pick<RunningService, 'call'>, count: number, atMostMs = 90_000) {
  let last = ''
  await waitFor(
    async () => {
      const now = await overview(service)
      last = JSON.stringify(now)
      return now.journaled === count
    },
    `all ${count} are journaled`,
    { atMostMs, everyMs: 200 }
  ).catch((error: Error) => {
    throw new Error(`${error.message} ${last}`)
  })
}

/**
 * Compares the three things that know: the database, the archive on the disk and the audit log. Each inquiry stands in
 * each of them exactly once, with the same numbers, and the numbers have no holes. The service must have stopped.
 */
export async function expectEachJournaledOnce(env: NodeJS.ProcessEnv, ids: readonly string[]): Promise<void> {
  const archive = join(env.DATA_FOLDER ?? '', 'archive')
  const { inquiries, events } = await onDatabase(env, readAll)
  const register = await registerIn(archive)
  const packages = await packagesIn(archive)

  expect(new Set(inquiries.map(({ id }) => id))).toEqual(new Set(ids))
  expect(inquiries.filter(({ state }) => state !== 'journaled')).toEqual([])
  const upTo = Array.from({ length: ids.length }, (_, n) => n + 1)
  expect(register.map(({ seq }) => seq)).toEqual(upTo)
  expect(register.map(({ sakssekvensnummer }) => sakssekvensnummer)).toEqual(upTo)
  const label = (entry: Numbers) => `${entry.saksaar}/${entry.sakssekvensnummer}-${entry.journalpostnummer}`
  const keyed = (entry: Numbers & { recordKey: string }) => `${entry.recordKey} ${label(entry)}`
  const expected = inquiries.map((inquiry) => `${inquiry.id}/journalpost ${label(inquiry)}`).sort(inOrder)
  expect(register.map(keyed).sort(inOrder)).toEqual(expected)
  expect(packages.map(keyed).sort(inOrder)).toEqual(expected)
  for (const action of ['inquiry.received', 'inquiry.journaled']) {
    const subjects = events.filter((event) => event.action === action).map(({ subject }) => subject)
    expect(subjects.sort(inOrder), action).toEqual([...ids].sort(inOrder))
  }
  await expectWhole(archive, packages)
}

interface Numbers {
  readonly saksaar: number
  readonly sakssekvensnummer: number
  readonly journalpostnummer: number
}

const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b))

async function readAll(db: Database) {
  const { rows: inquiries } = await sql<Numbers & { id: string; state: string }>`
    select id, state, saksaar, sakssekvensnummer, journalpostnummer from inquiry order by id`.execute(db)
  const { rows: events } = await sql<{ action: string; subject: string }>`
    select action, subject from audit_event order by seq`.execute(db)
  return { inquiries, events }
}

/** Every file that a package says it has lies there with that content. */
async function expectWhole(archive: string, packages: Awaited<ReturnType<typeof packagesIn>>): Promise<void> {
  for (const { files, ...numbers } of packages) {
    expect(files.length).toBeGreaterThan(1)
    for (const { referanseDokumentfil, sha256 } of files) {
      const bytes = await readFile(join(archive, placeOf(numbers), referanseDokumentfil))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    }
  }
}

/** Every inquiry in the database of an installation whose service has stopped. */
export const toldOf = (env: NodeJS.ProcessEnv): Promise<readonly ToldOf[]> => onDatabase(env, toldIn)

/** Opens the database of an installation whose service has stopped, the embedded one too. */
async function onDatabase<T>(env: NodeJS.ProcessEnv, look: (db: Database) => Promise<T>): Promise<T> {
  const embedded =
    env.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ folder: join(env.DATA_FOLDER ?? '', 'postgres'), log: () => undefined })
      : undefined
  const url = embedded?.url ?? env.DATABASE_URL ?? ''
  const db = openDatabase({ url, connectionsMax: 1, onError: () => undefined })
  try {
    return await look(db)
  } finally {
    await db.destroy()
    await embedded?.stop()
  }
}
