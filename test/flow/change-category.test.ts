import { describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import type { Restriction } from '../../src/domain/restriction.ts'
import { type CategoryChange, changeCategory } from '../../src/flow/change-category.ts'
import { correctInquiry } from '../../src/flow/correct-inquiry.ts'
import { permitDeletion } from '../../src/flow/deletion.ts'
import { approveInquiry, dismissInquiry, holdInquiry, releaseInquiry } from '../../src/flow/person-actions.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { standardPolicy } from './installation.ts'
import { START, type Workbench, workbench } from './workbench.ts'

const decision = { actor: 'arkivar', reason: 'Innlegget henger ut en ansatt' }
const acting = ({ store, now, queued, archive }: Workbench) => ({
  ...{ store, now, archive, limits: {}, enqueue: (work: (typeof queued)[number]) => void queued.push(work) },
  ...{ policy: async () => newer, restrictionOf: restrictionBy(async () => newer) }
})
const change = (bench: Workbench, id: string, category: string, more: Partial<CategoryChange> = {}) =>
  changeCategory(acting(bench), id, { ...decision, category, ...more })
const planOf = (bench: Workbench, id: string) => bench.store.plans.get(id)
const changesOf = async (bench: Workbench, id: string) =>
  (await bench.store.audit.about(id)).filter(({ action }) => action === 'inquiry.category-changed')
const marked = (category: string): Partial<InquiryInput> => ({
  mark: { by: 'servicetorget', reason: 'Må arkiveres', category }
})

/** In force when the category is changed: the standard one, and political inquiries are looked at. */
const { guideline } = standardPolicy
const LOOK = 'Se på den politiske.'
const newer = {
  version: 2,
  guideline: {
    ...guideline,
    rules: [
      { id: 'se-paa-den', title: 'Se på den.', when: { categories: ['political'] }, outcome: { review: LOOK } },
      ...guideline.rules
    ]
  }
}
const bySection24 = { skjermingshjemmel: 'offl. § 24 andre ledd' }
const stated = { restrictedInArchive: true }

async function journaled(changes: Partial<InquiryInput> = {}) {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive(changes)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  return { archive, bench, id }
}

describe('before anything is sent', () => {
  test('the record is made anew by the guideline in force, and what was decided before can be read in the log', async () => {
    const archive = lyingArchive()
    const bench = await workbench(archive.connector)
    const id = await bench.receive(marked('question'))
    await bench.run({ inquiryId: id, task: 'compose' })
    expect((await planOf(bench, id))?.record).not.toHaveProperty('skjerming')
    const { inquiry } = await bench.store.inquiries.get(id)
    await change(bench, id, 'unlawful')
    expect(await bench.status(id)).toEqual({ state: 'received' })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(await planOf(bench, id)).toMatchObject({
      record: { skjerming: bySection24, facts: { merketKategori: 'unlawful' } },
      casePolicy: { saksmappe: { skjerming: bySection24 } }
    })
    expect(archive.journalposts(id)).toHaveLength(1)
    const after = await bench.store.inquiries.get(id)
    expect(after).toMatchObject({
      inquiry,
      corrections: { category: 'unlawful' },
      assessment: {
        ...{ guideline: 2, category: 'unlawful' },
        decisions: { deletion: { value: true, rule: 'ulovlig' }, reply: { value: 'unlawful', rule: 'ulovlig' } }
      }
    })
    expect(await changesOf(bench, id)).toMatchObject([
      {
        ...decision,
        facts: {
          ...{ from: 'question', to: 'unlawful', guideline: 2, earlierGuideline: 1, deletion: true },
          earlierRules: expect.stringContaining('reply:otherwise')
        }
      }
    ])
  })

  test('it waits to be looked at when the rules say so, also when somebody had approved it as it was', async () => {
    const bench = await workbench(lyingArchive().connector)
    const id = await bench.receive({ text: 'Jeg har fått diagnosen bipolar.' })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'in-review', trouble: { code: 'review-needed' } })
    await approveInquiry(acting(bench), id, decision)
    await change(bench, id, 'political')
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({
      ...{ state: 'in-review', trouble: { code: 'review-needed', message: LOOK } }
    })
    await approveInquiry(acting(bench), id, decision)
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(await planOf(bench, id)).toMatchObject({
      casePolicy: { saksmappe: { administrativEnhet: 'Politisk sekretariat' } }
    })
  })

  test('what follows from a category falls away with it, and what a person has put right otherwise stands', async () => {
    const bench = await workbench(lyingArchive().connector)
    const own: Restriction = {
      tilgangsrestriksjon: 'Unntatt offentlighet',
      skjermingshjemmel: 'X',
      screens: ['titles']
    }
    const [opened, closed] = [await bench.receive(), await bench.receive()]
    const about = { tittel: 'En tittel', administrativEnhet: 'Teknisk', saksansvarlig: 'Ola', filing: 'new' } as const
    await correctInquiry(acting(bench), opened, { ...decision, corrections: { ...about, restriction: 'open' } })
    await correctInquiry(acting(bench), closed, { ...decision, corrections: { restriction: own } })
    await change(bench, opened, 'unlawful')
    await change(bench, closed, 'question')
    await bench.runOn()
    const { corrections } = await bench.store.inquiries.get(opened)
    expect(corrections).toEqual({ tittel: 'En tittel', filing: 'new', category: 'unlawful' })
    expect((await planOf(bench, opened))?.record).toMatchObject({ tittel: 'En tittel', skjerming: bySection24 })
    expect((await planOf(bench, closed))?.record.skjerming).toMatchObject({ skjermingshjemmel: 'X' })
  })

  test('what is on hold stays so, and gets its new record when somebody lets it go', async () => {
    const bench = await workbench(lyingArchive().connector)
    const id = await bench.receive()
    await bench.run({ inquiryId: id, task: 'compose' })
    await holdInquiry(acting(bench), id, decision)
    await change(bench, id, 'unlawful')
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'in-review', trouble: { code: 'on-hold' } })
    await releaseInquiry(acting(bench), id, decision)
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect((await planOf(bench, id))?.record.skjerming).toMatchObject(bySection24)
  })

  test('a person and a worker at the same moment leave one record, of the category that the inquiry has', async () => {
    const archive = lyingArchive()
    const bench = await workbench(archive.connector)
    for (let n = 0; n < 20; n += 1) {
      const id = await bench.receive()
      await Promise.allSettled([
        bench.run({ inquiryId: id, task: 'compose' }),
        change(bench, id, 'unlawful'),
        change(bench, id, 'concern')
      ])
      await bench.runOn()
      expect(archive.journalposts(id)).toHaveLength(1)
      const { assessment } = await bench.store.inquiries.get(id)
      const changes = await changesOf(bench, id)
      expect(changes.at(-1)?.facts?.to ?? 'case').toBe(assessment?.category)
      const hjemmel = { unlawful: 'offl. § 24', concern: 'offl. § 13' }[assessment?.category ?? '']
      expect((await planOf(bench, id))?.record.skjerming?.skjermingshjemmel ?? '').toContain(hjemmel ?? '')
      expect((await planOf(bench, id))?.record.facts.merketKategori).toBe(changes.at(-1)?.facts?.to)
    }
  })

  test('of two persons at once, one is told that the other was first', async () => {
    const { bench, id } = await journaled()
    bench.pass(1_000)
    const both = await Promise.allSettled([change(bench, id, 'political'), change(bench, id, 'praise')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'inquiry-in-wrong-state' }
    })
    expect(await changesOf(bench, id)).toHaveLength(1)
  })
})

describe('what cannot be changed', () => {
  test.each([
    ['swallowed', 'awaiting-receipt', /spør arkivet nå/],
    ['timeout-before-commit', 'unknown-outcome', /spør arkivet nå/]
  ] as const)('a send that was %s: nobody knows, and the archive is asked first', async (answer, state, told) => {
    const archive = lyingArchive()
    archive.sends.push(answer)
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 0 })
    expect(await bench.status(id)).toMatchObject({ state })
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({
      ...{ code: 'inquiry-in-wrong-state', message: expect.stringMatching(told) }
    })
  })

  test('what is being sent: the person is asked to wait', async () => {
    const archive = lyingArchive()
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.run({ inquiryId: id, task: 'compose' })
    const { connector } = archive
    let refused: unknown
    const submit: typeof connector.submit = async (plan, ctx) => {
      refused = await change(bench, id, 'unlawful').catch((error: unknown) => error)
      return connector.submit(plan, ctx)
    }
    await bench.run({ inquiryId: id, task: 'deliver' }, { archive: { ...connector, submit } })
    expect(refused).toMatchObject({ code: 'inquiry-in-wrong-state', message: expect.stringContaining('Vent til') })
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  })

  test('what may be in the archive, though it needs somebody', async () => {
    const archive = lyingArchive()
    archive.sends.push({ kind: 'needs-human', message: 'Se i arkivet.' })
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    const before = await bench.store.inquiries.get(id)
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({
      ...{ code: 'may-be-in-archive', message: expect.stringContaining('spør arkivet nå') }
    })
    expect(await bench.store.inquiries.get(id)).toEqual(before)
  })

  test('what is dismissed, what has the category, and to a category that is none', async () => {
    const bench = await workbench(lyingArchive().connector)
    const id = await bench.receive()
    await expect(change(bench, id, 'case')).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    await expect(change(bench, id, 'tull')).rejects.toMatchObject({
      ...{ code: 'category-unknown', pointers: [{ pointer: '/category' }] }
    })
    await dismissInquiry(acting(bench), id, decision)
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({
      ...{ code: 'inquiry-in-wrong-state', message: expect.stringContaining('avvist') }
    })
    expect(await changesOf(bench, id)).toEqual([])
  })
})

describe('what is in the archive', () => {
  const permit = ({ store, now }: Workbench, id: string) =>
    permitDeletion({ store, now, permits: { sign: async () => 'signert', publicKeys: [] } }, id, 'moderator')

  test('is not to be deleted before somebody says that it is restricted there, and that is written down', async () => {
    const { archive, bench, id } = await journaled()
    const before = await bench.store.inquiries.get(id)
    const plan = await bench.store.plans.get(id)
    const [receipt] = archive.journalposts(id)
    const label = `${receipt?.saksaar}/${receipt?.sakssekvensnummer}-${receipt?.journalpostnummer}`
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({ code: 'not-restricted-in-archive' })
    const refusal = await change(bench, id, 'unlawful').catch((error: Error) => error.message)
    for (const told of [label, 'Unntatt offentlighet', 'offl. § 24 andre ledd', 'restrictedInArchive']) {
      expect(refusal).toContain(told)
    }
    expect(await bench.store.inquiries.get(id)).toEqual(before)
    await expect(permit(bench, id)).rejects.toMatchObject({ code: 'deletion-not-permitted' })

    await change(bench, id, 'unlawful', stated)
    expect((await permit(bench, id)).claims).toMatchObject({ journalpost: label, rule: 'ulovlig', guideline: 2 })
    expect((await bench.store.inquiries.get(id)).status).toEqual(before.status)
    expect(await bench.store.plans.get(id)).toEqual(plan)
    expect(await changesOf(bench, id)).toMatchObject([{ facts: { restrictedInArchive: true, journalposts: label } }])
    await bench.runOn()
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('takes no word about restriction when the new category wants none, or what it was sent with', async () => {
    const { bench, id } = await journaled(marked('unlawful'))
    await change(bench, id, 'case')
    await expect(permit(bench, id)).rejects.toMatchObject({ code: 'deletion-not-permitted' })
    await change(bench, id, 'unlawful')
    expect((await permit(bench, id)).claims).toMatchObject({ rule: 'ulovlig' })
    for (const { facts } of await changesOf(bench, id)) expect(facts).not.toHaveProperty('restrictedInArchive')
    await expect(change(bench, id, 'concern')).rejects.toMatchObject({ code: 'not-restricted-in-archive' })
  })

  test('has the deadline of its new category, counted from when it came, and stays in the case it is in', async () => {
    const { bench, id } = await journaled()
    const within = async () => {
      const [waiting] = await bench.store.inquiries.find({ isUnanswered: true, limit: 1 })
      return waiting?.assessment?.decisions.answerWithin?.value
    }
    expect(await within()).toEqual({ hours: 24 })
    const { rows } = await duesOf(bench, id)
    expect(rows).toEqual([{ answer_due_at: new Date(START.getTime() + 24 * 3_600_000), case_key: null }])
    bench.pass(3_600_000)
    await change(bench, id, 'concern', stated)
    expect(await within()).toEqual({ hours: 4 })
    const { rows: later } = await duesOf(bench, id)
    expect(later).toEqual([{ answer_due_at: new Date(START.getTime() + 4 * 3_600_000), case_key: null }])
  })

  test('takes the word for what came after it too, and an answer that was given stays given', async () => {
    const { archive, bench, id } = await journaled()
    const answer = await bench.receive({ follows: id, direction: 'outgoing', externalId: `${id}-svar` })
    const letter = await bench.receive({ follows: answer, externalId: `${id}-brev` })
    await bench.runOn()
    const labels = [id, answer, letter].flatMap((one) =>
      archive
        .journalposts(one)
        .map((receipt) => `${receipt.saksaar}/${receipt.sakssekvensnummer}-${receipt.journalpostnummer}`)
    )
    expect(labels).toHaveLength(3)
    const answeredAt = (await bench.store.inquiries.get(id)).answeredAt
    expect(answeredAt).toBeDefined()
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({
      message: expect.stringContaining(`Journalpostene ${labels.join(', ')} er i arkivet`)
    })
    await change(bench, id, 'unlawful', stated)
    expect((await bench.store.inquiries.get(id)).answeredAt).toEqual(answeredAt)
    expect(await changesOf(bench, id)).toMatchObject([{ facts: { journalposts: labels.join(' ') } }])
  })

  test('restricts what was made open and is not sent, and is itself not changed while that is being sent', async () => {
    const { archive, bench, id } = await journaled()
    const answer = await bench.receive({ follows: id, direction: 'outgoing', externalId: `${id}-svar` })
    const begun = await bench.receive({ follows: id, externalId: `${id}-brev` })
    for (const one of [answer, begun]) await bench.run({ inquiryId: one, task: 'compose' })
    archive.sends.push('timeout-before-commit')
    await bench.run({ inquiryId: begun, task: 'deliver' })
    await expect(change(bench, id, 'unlawful', stated)).rejects.toMatchObject({
      ...{ code: 'inquiry-in-wrong-state', message: expect.stringContaining(begun) }
    })
    await bench.runOn()
    const other = await bench.receive({ follows: id, externalId: `${id}-nytt-brev` })
    await bench.run({ inquiryId: other, task: 'compose' })
    expect((await planOf(bench, other))?.record).not.toHaveProperty('skjerming')
    await change(bench, id, 'unlawful', stated)
    await bench.runOn()
    expect(await bench.status(other)).toMatchObject({ state: 'journaled' })
    expect((await planOf(bench, other))?.record.skjerming).toMatchObject(bySection24)
    expect(archive.journalposts(other)).toHaveLength(1)
  })
})

describe('in the moment in which what comes after it is sent', () => {
  /** A record that is made open, of what follows one that is journaled. */
  async function madeOpen() {
    const { archive, bench, id } = await journaled()
    const answer = await bench.receive({ follows: id, direction: 'outgoing', externalId: `${id}-svar` })
    await bench.run({ inquiryId: answer, task: 'compose' })
    expect((await planOf(bench, answer))?.record).not.toHaveProperty('skjerming')
    return { archive, bench, id, answer }
  }

  /** The same store, in which something happens before the first move or moves of an inquiry to a state. */
  function justBefore({ store }: Workbench, state: string, happens: () => Promise<unknown>): Workbench['store'] {
    let isOver = false
    const once = async () => {
      if (isOver) return
      isOver = true
      await happens()
    }
    const { inquiries } = store
    return {
      ...store,
      inquiries: {
        ...inquiries,
        move: async (move) => {
          if (move.to.state === state) await once()
          return inquiries.move(move)
        },
        moveAll: async (moves) => {
          if (moves[0]?.to.state === state) await once()
          return inquiries.moveAll(moves)
        }
      }
    }
  }

  test('a change that comes after the last look takes the record out of the sender’s hands, and it is made anew', async () => {
    const { archive, bench, id, answer } = await madeOpen()
    const store = justBefore(bench, 'sending', () => change(bench, id, 'unlawful', stated))
    await bench.run({ inquiryId: answer, task: 'deliver' }, { store })
    expect(await bench.status(answer)).toEqual({ state: 'received' })
    expect(archive.journalposts(answer)).toEqual([])
    await bench.runOn()
    expect(archive.journalposts(answer)).toHaveLength(1)
    expect((await planOf(bench, answer))?.record.skjerming).toMatchObject(bySection24)
  })

  test('a change that comes while the record is made is seen by the next try', async () => {
    const { archive, bench, id } = await journaled()
    const answer = await bench.receive({ follows: id, direction: 'outgoing', externalId: `${id}-svar` })
    const store = justBefore(bench, 'ready', () => change(bench, id, 'unlawful', stated))
    await bench.run({ inquiryId: answer, task: 'compose' }, { store })
    expect(await planOf(bench, answer)).toBeUndefined()
    await bench.runOn()
    expect(archive.journalposts(answer)).toHaveLength(1)
    expect((await planOf(bench, answer))?.record.skjerming).toMatchObject(bySection24)
  })

  test('a record that is sent after the person’s look is in the way: nothing is changed, and the next time it is named', async () => {
    const { bench, id, answer } = await madeOpen()
    const sent = () => bench.run({ inquiryId: answer, task: 'deliver' })
    const deps = { ...acting(bench), store: justBefore(bench, 'journaled', sent) }
    const wanted = { ...decision, ...stated, category: 'unlawful' }
    await expect(changeCategory(deps, id, wanted)).rejects.toMatchObject({
      ...{ code: 'inquiry-in-wrong-state', message: expect.stringMatching(`${answer}.*Ingenting er endret`) }
    })
    expect(await changesOf(bench, id)).toEqual([])
    expect(await bench.status(answer)).toMatchObject({ state: 'journaled' })
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({
      message: expect.stringMatching(/^Journalpostene .*, .* er i arkivet/)
    })
  })
})

test('what is not sent itself names what came after it and lies open in a case of its own', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  await holdInquiry(acting(bench), id, decision)
  const answer = await bench.receive({ follows: id, externalId: `${id}-brev`, caseNumber: '2025/17' })
  await bench.runOn()
  expect(await bench.status(answer)).toMatchObject({ state: 'journaled' })
  await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({ code: 'not-restricted-in-archive' })
  expect(await changesOf(bench, id)).toEqual([])
  await change(bench, id, 'unlawful', stated)
  expect(await changesOf(bench, id)).toMatchObject([{ facts: stated }])
})

const duesOf = async ({ db }: Workbench, id: string) => ({
  rows: await db.selectFrom('inquiry').select(['answer_due_at', 'case_key']).where('id', '=', id).execute()
})
