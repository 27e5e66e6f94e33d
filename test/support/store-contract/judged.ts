import { expect, test } from 'vitest'
import type { InquiryState, InquiryStatus } from '../../../src/domain/inquiry.ts'
import type { InquiryQuery, StoredInquiry } from '../../../src/flow/store-port.ts'
import { AT, arrival } from '../../store/arrival.ts'
import type { OpenStore } from './open-store.ts'

const HOUR_MS = 3_600_000

/** What is kept of the guideline's judgement, and found by it. */
export function judgedContract(open: OpenStore): void {
  const idsOf = (found: readonly StoredInquiry[]) => found.map(({ inquiry }) => inquiry.id)

  test('what the guideline decided comes back as it was, and is told in the log with its version', async () => {
    const store = await open()
    const one = arrival({ text: 'null \u0000' })
    await store.inquiries.receive(one)
    expect((await store.inquiries.get(one.inquiry.id)).assessment).toEqual(one.assessment)
    const [received] = await store.audit.about(one.inquiry.id)
    expect(received?.facts).toMatchObject({ guideline: 1, category: 'case' })
  })

  test('an inquiry waits for an answer until one comes in, and the first one counts', async () => {
    const store = await open()
    const [first, second] = [arrival(), arrival()]
    const { id } = first.inquiry
    const answers = [1, 2].map((hours) =>
      arrival({ follows: id, direction: 'outgoing', receivedAt: new Date(AT.getTime() + hours * HOUR_MS) })
    )
    const comment = arrival({ follows: second.inquiry.id, event: { type: 'deleted' } })
    for (const one of [first, second, comment]) await store.inquiries.receive(one)
    const waiting = async () => idsOf(await store.inquiries.find({ isUnanswered: true, limit: 10 }))
    expect(await waiting()).toEqual([second.inquiry.id, id])
    for (const answer of answers) await store.inquiries.receive(answer)
    expect(await waiting()).toEqual([second.inquiry.id])
    expect((await store.inquiries.get(id)).answeredAt).toEqual(answers[0]?.inquiry.receivedAt)
  })

  test('those who wait are counted by how much of their time has passed, but for those that were dismissed', async () => {
    const store = await open()
    const now = Date.now()
    // The standard deadline is a day.
    const ages = [1, 13, 17, 22, 25, 30]
    const all = ages.map((hours) => arrival({ receivedAt: new Date(now - hours * HOUR_MS) }))
    for (const one of all) await store.inquiries.receive(one)
    const [, , , , , last] = all
    await store.inquiries.move({
      ...{ id: last?.inquiry.id ?? '', from: 'received', at: AT, actor: 'prove', action: 'inquiry.dismissed' },
      ...{ to: { state: 'dismissed', reason: 'Feil kommune', by: 'prove' }, next: { kind: 'nothing' } }
    })
    const { unanswered } = await store.inquiries.counts([])
    expect(unanswered).toMatchObject({ count: 5, byWarning: { 50: 1, 70: 1, 90: 1, 100: 1 }, emergencies: 0 })
    expect(unanswered.nextDue).toEqual(new Date(now - HOUR_MS))
  })

  test('what waits for one where a person is asked stands on the list with it, through others, until that one moves on', async () => {
    const store = await open()
    const [first, second, third, other] = [arrival(), arrival(), arrival(), arrival()]
    for (const one of [first, second, third, other]) await store.inquiries.receive(one)
    const id = first.inquiry.id
    const move = (of: string, from: InquiryState, to: InquiryStatus, minutes = 0) =>
      store.inquiries.move({
        ...{
          id: of,
          from,
          to,
          at: new Date(AT.getTime() + minutes * 60_000),
          actor: 'prove',
          action: 'inquiry.try-again'
        },
        next: { kind: 'due', dueAt: AT, failed: false }
      })
    const trouble = { code: 'waits-for-first', message: 'Venter.' }
    await move(third.inquiry.id, 'received', { state: 'received', trouble, waitsFor: second.inquiry.id }, 1)
    await move(second.inquiry.id, 'received', { state: 'received', trouble, waitsFor: id }, 2)
    const listed = async (asking: readonly InquiryState[]) => {
      const found = idsOf(await store.inquiries.find({ asking, limit: 10 }))
      const { needsAction } = await store.inquiries.counts(asking)
      expect(needsAction.count).toBe(found.length)
      return { found, oldest: needsAction.oldest }
    }
    const all = [third, second, first].map(({ inquiry }) => inquiry.id)
    expect(await listed(['needs-action'])).toEqual({ found: [], oldest: undefined })
    await move(id, 'received', { state: 'needs-action', trouble }, 3)
    expect(await listed(['needs-action'])).toEqual({ found: all, oldest: new Date(AT.getTime() + 60_000) })
    expect((await listed(['in-review'])).found).toEqual([])
    await move(id, 'needs-action', { state: 'ready' }, 4)
    expect((await listed(['needs-action'])).found).toEqual([])
    expect((await listed(['needs-action', 'ready'])).found).toEqual(all)
  })

  test.each<[string, Omit<InquiryQuery, 'limit'>]>([
    ['its sender', { receivedBy: 'moderasjon' }],
    ['its category', { category: 'political' }],
    ['that somebody may be in danger', { isEmergency: true }]
  ])('an inquiry is found by %s', async (_, query) => {
    const store = await open()
    const wanted = arrival({ receivedBy: 'moderasjon' })
    const { assessment } = wanted
    const decisions = { ...assessment.decisions, emergency: { value: true, rule: 'fare' } }
    await store.inquiries.receive({ ...wanted, assessment: { ...assessment, category: 'political', decisions } })
    await store.inquiries.receive(arrival())
    expect(idsOf(await store.inquiries.find({ ...query, limit: 10 }))).toEqual([wanted.inquiry.id])
  })

  test('the first with a case key that was not dismissed is found by those that come after, and wakes them', async () => {
    const store = await open()
    const [dismissed, founder, later] = [arrival(), arrival(), arrival()] as const
    for (const one of [dismissed, founder, later]) {
      await store.inquiries.receive({ ...one, assessment: { ...one.assessment, caseKey: 'thread facebook 1' } })
    }
    const common = { at: AT, actor: 'prove', next: { kind: 'nothing' } } as const
    const gone = { state: 'dismissed', reason: 'Feil kommune', by: 'prove' } as const
    const dismiss = (id: string) =>
      store.inquiries.move({ ...common, id, from: 'received', to: gone, action: 'inquiry.dismissed' })
    await dismiss(dismissed.inquiry.id)
    const first = await store.inquiries.firstOfCase('thread facebook 1', later.inquiry.id)
    expect(first?.inquiry.id).toBe(founder.inquiry.id)
    expect(await store.inquiries.firstOfCase('thread facebook 1', founder.inquiry.id)).toBeUndefined()
    expect(await store.inquiries.firstOfCase('thread facebook 2', later.inquiry.id)).toBeUndefined()

    const lease = await store.work.claim(later.inquiry.id, 'compose', AT, HOUR_MS)
    await store.work.handBack(later.inquiry.id, lease?.token ?? '', new Date(AT.getTime() + HOUR_MS))
    await dismiss(founder.inquiry.id)
    expect((await store.inquiries.get(later.inquiry.id)).work?.dueAt).toEqual(AT)
  })

  test('who has founded the saksmappe of a key stands there until it is dismissed, and others are refused meanwhile', async () => {
    const store = await open()
    const [first, second] = [arrival(), arrival()]
    const [a, b] = [first.inquiry.id, second.inquiry.id]
    for (const one of [first, second]) {
      await store.inquiries.receive({ ...one, assessment: { ...one.assessment, caseKey: 'thread facebook 1' } })
    }
    const freeze = (id: string, founder: string) =>
      store.inquiries.move({
        ...{ id, from: 'received', to: { state: 'ready' }, at: AT, actor: 'prove', action: 'inquiry.composed' },
        ...{ founders: { 'thread facebook 1': founder }, next: { kind: 'due', dueAt: AT, failed: false } }
      })
    const founder = async () => (await store.inquiries.founderOf('thread facebook 1'))?.inquiry.id
    expect(await founder()).toBeUndefined()
    await freeze(a, a)
    expect(await founder()).toBe(a)
    await expect(freeze(b, b)).rejects.toMatchObject({ code: 'case-founded' })
    expect((await store.inquiries.get(b)).status).toEqual({ state: 'received' })
    await store.inquiries.move({
      ...{ id: a, from: 'ready', at: AT, actor: 'prove', action: 'inquiry.dismissed', next: { kind: 'nothing' } },
      to: { state: 'dismissed', reason: 'Feil kommune', by: 'prove' }
    })
    expect(await founder()).toBeUndefined()
    await freeze(b, b)
    expect(await founder()).toBe(b)
    await store.inquiries.move({
      ...{
        id: b,
        from: 'ready',
        to: { state: 'received' },
        at: AT,
        actor: 'prove',
        action: 'inquiry.category-changed'
      },
      ...{ judgement: { assessment: second.assessment }, next: { kind: 'due', dueAt: AT, failed: false } }
    })
    expect(await founder(), 'another category, another case').toBeUndefined()
  })

  test('what is judged anew stands in place of what was, and only if it is as the one who judged saw it', async () => {
    const store = await open()
    const { inquiry, assessment } = arrival()
    const { id } = inquiry
    await store.inquiries.receive({ ...arrival(), inquiry, assessment: { ...assessment, caseKey: 'gammel' } })
    const again = { ...assessment, category: 'praise', caseKey: 'ny \u0000' }
    const at = new Date(AT.getTime() + 1_000)
    const judge = () =>
      store.inquiries.move({
        ...{ id, from: 'received', to: { state: 'received' }, at, asOf: AT, actor: 'prove' },
        ...{
          action: 'inquiry.category-changed',
          judgement: { assessment: again },
          corrections: { category: 'praise' }
        },
        next: { kind: 'due', dueAt: at, failed: false }
      })
    await judge()
    await expect(judge()).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    const stored = await store.inquiries.get(id)
    expect(stored).toMatchObject({ inquiry, assessment: { category: 'praise' }, corrections: { category: 'praise' } })
    expect(idsOf(await store.inquiries.find({ category: 'praise', limit: 10 }))).toEqual([id])
    const later = arrival()
    await store.inquiries.receive(later)
    expect(await store.inquiries.firstOfCase('gammel', later.inquiry.id)).toBeUndefined()
  })
}
