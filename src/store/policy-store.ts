import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { Conflict, NotFound } from '../domain/errors.ts'
import type { Guideline, ReplyText } from '../domain/guideline.ts'
import type { Crisis, KeptGuideline } from '../domain/policy.ts'
import type { CrisisStore, GuidelineStore, PolicyStore, ReplyStore } from '../flow/policy-port.ts'
import { appendEvent } from './audit-store.ts'
import { type Database, isUniqueViolation, type Tables, type Tx } from './database.ts'
import { fromStored, toStored } from './stored-json.ts'

export const policyStore = (db: Database): PolicyStore => ({
  guidelines: guidelineStore(db),
  crises: crisisStore(db),
  replies: replyStore(db),

  async current() {
    const row = await db
      .selectFrom('guideline')
      .innerJoin(inForce(db).as('last'), 'last.version', 'guideline.version')
      .leftJoin('crisis', (join) => join.on('crisis.ended_at', 'is', null))
      .select(['guideline.version', 'document', 'crisis.id', 'started_at', 'started_by'])
      .executeTakeFirstOrThrow(() => new Error('No guideline is in force.'))
    const { id, started_at: startedAt, started_by: startedBy } = row
    return {
      ...guidelineFrom(row),
      ...(id !== null && startedAt && { crisis: { id, startedAt, startedBy: startedBy ?? '' } })
    }
  }
})

const guidelineFrom = ({ version, document }: Pick<Selectable<Tables['guideline']>, 'version' | 'document'>) => ({
  version,
  guideline: fromStored<Guideline>(document)
})

const inForce = (db: Database | Tx) =>
  db.selectFrom('guideline_activation').select(['version', 'at']).orderBy('id', 'desc').limit(1)

const guidelineStore = (db: Database): GuidelineStore => ({
  async list() {
    const current = await inForce(db).executeTakeFirst()
    const rows = await db
      .selectFrom('guideline')
      .select(['version', 'made_at', 'made_by', sql<string>`document ->> 'name'`.as('name')])
      .select((row) =>
        row
          .selectFrom('guideline_activation')
          .select(({ fn }) => fn.max('at').as('at'))
          .whereRef('guideline_activation.version', '=', 'guideline.version')
          .as('activated_at')
      )
      .orderBy('version', 'desc')
      .limit(1_000)
      .execute()
    return rows.map((row) => ({
      ...{ version: row.version, name: row.name, madeAt: row.made_at, madeBy: row.made_by },
      ...(row.activated_at && { activatedAt: row.activated_at }),
      isInForce: row.version === current?.version
    }))
  },

  get: remembered((version) => read(db, version)),
  add: (guideline, at, actor) => db.transaction().execute((tx) => add(tx, guideline, at, actor)),

  activate: (version, at, { actor, reason }) =>
    db.transaction().execute(async (tx) => {
      await oneAtATime(tx)
      await read(tx, version)
      const current = await inForce(tx).executeTakeFirst()
      if (current?.version === version) throw inForceAlready(version)
      await activate(tx, version, at, actor, reason)
    }),

  ensure: (guideline, at, actor) =>
    db.transaction().execute(async (tx) => {
      await oneAtATime(tx)
      const { version } = await add(tx, guideline, at, actor)
      if (!(await inForce(tx).executeTakeFirst())) await activate(tx, version, at, actor)
    })
})

/** A version never changes, so the last few that somebody asked for need not be read again. */
function remembered(get: GuidelineStore['get']): GuidelineStore['get'] {
  const known = new Map<number, KeptGuideline>()
  return async (version) => {
    const kept = known.get(version) ?? (await get(version))
    known.set(version, kept)
    if (known.size > REMEMBERED_MAX) known.delete(known.keys().next().value ?? version)
    return kept
  }
}

const REMEMBERED_MAX = 20

/** Those who decide what is in force wait for each other. */
const oneAtATime = (tx: Tx) => sql`lock table guideline_activation in share row exclusive mode`.execute(tx)

async function read(db: Database | Tx, version: number): Promise<KeptGuideline> {
  const row = await db.selectFrom('guideline').selectAll().where('version', '=', version).executeTakeFirst()
  if (row) return guidelineFrom(row)
  throw new NotFound('guideline-not-found', `Det finnes ingen versjon ${version} av retningslinjen.`)
}

async function add(tx: Tx, guideline: Guideline, at: Date, actor: string) {
  const document = toStored(guideline)
  const sha256 = createHash('sha256').update(document).digest('hex')
  const added = await tx
    .insertInto('guideline')
    .values({ document, sha256, made_at: at, made_by: actor })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returning('version')
    .executeTakeFirst()
  if (added) {
    await appendEvent(tx, { at, actor, action: 'guideline.kept', subject: subjectOf(added.version), facts: { sha256 } })
    return { version: added.version, isNew: true }
  }
  const known = tx.selectFrom('guideline').select('version').where('sha256', '=', sha256)
  return { version: (await known.executeTakeFirstOrThrow()).version, isNew: false }
}

async function activate(tx: Tx, version: number, at: Date, actor: string, reason?: string): Promise<void> {
  await tx.insertInto('guideline_activation').values({ version, at, by: actor }).execute()
  const event = { at, actor, action: 'guideline.activated', subject: subjectOf(version) } as const
  await appendEvent(tx, { ...event, ...(reason !== undefined && { reason }) })
}

const subjectOf = (version: number) => `guideline:${version}`

const inForceAlready = (version: number) =>
  new Conflict('guideline-in-force', `Versjon ${version} av retningslinjen gjelder allerede.`)

const crisisStore = (db: Database): CrisisStore => ({
  async list() {
    const rows = await db.selectFrom('crisis').selectAll().orderBy('started_at', 'desc').limit(100).execute()
    return rows.map(crisisFrom)
  },

  start: (id, at, { actor, reason }) =>
    db
      .transaction()
      .execute(async (tx) => {
        await tx.insertInto('crisis').values({ id, started_at: at, started_by: actor }).execute()
        await appendEvent(tx, { at, actor, reason, action: 'crisis.started', subject: `crisis:${id}` })
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, 'crisis_one_at_once')) throw error
        throw new Conflict('crisis-goes-on', 'Krisemodus er på fra før.')
      }),

  end: (at, { actor, reason }) =>
    db.transaction().execute(async (tx) => {
      const ended = await tx
        .updateTable('crisis')
        .set({ ended_at: at, ended_by: actor })
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      if (!ended) throw new Conflict('no-crisis', 'Krisemodus er ikke på.')
      await appendEvent(tx, { at, actor, reason, action: 'crisis.ended', subject: `crisis:${ended.id}` })
      return crisisFrom(ended)
    })
})

const crisisFrom = (row: Selectable<Tables['crisis']>): Crisis => ({
  id: row.id,
  startedAt: row.started_at,
  startedBy: row.started_by,
  ...(row.ended_at && { endedAt: row.ended_at, endedBy: row.ended_by ?? '' })
})

const replyStore = (db: Database): ReplyStore => ({
  async released(inquiryId) {
    const row = await db.selectFrom('reply_release').selectAll().where('inquiry_id', '=', inquiryId).executeTakeFirst()
    if (!row) return undefined
    return { at: row.at, by: row.by, ...(row.words !== null && { words: fromStored<ReplyText>(row.words) }) }
  },

  release: (inquiryId, at, { actor, reason, words }) =>
    db.transaction().execute(async (tx) => {
      const released = await tx
        .insertInto('reply_release')
        .values({ inquiry_id: inquiryId, at, by: actor, words: words ? toStored(words) : null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (released.numInsertedOrUpdatedRows !== 1n) {
        throw new Conflict('reply-not-held', `Svaret på henvendelsen ${inquiryId} er sluppet fra før.`)
      }
      const facts = { isChanged: words !== undefined }
      await appendEvent(tx, { at, actor, reason, action: 'reply.released', subject: inquiryId, facts })
    }),

  async held(limit) {
    const rows = await db
      .selectFrom('inquiry')
      .leftJoin('reply_release', 'inquiry_id', 'inquiry.id')
      .select('inquiry.id')
      .where(sql<boolean>`assessment ->> 'crisis' is not null`)
      .where('answer_due_at', 'is not', null)
      .where('inquiry_id', 'is', null)
      .orderBy('inquiry.id')
      .limit(limit)
      .execute()
    return rows.map(({ id }) => id)
  }
})
