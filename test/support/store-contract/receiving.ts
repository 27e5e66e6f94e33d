import { expect, test } from 'vitest'
import { allTasks } from '../../../src/domain/inquiry.ts'
import type { StoredInquiry } from '../../../src/flow/store-port.ts'
import { AT, arrival } from '../../store/arrival.ts'
import type { OpenStore } from './open-store.ts'

export function receivingContract(open: OpenStore): void {
  test('of twenty doubles at the same moment one is kept, and the others learn which', async () => {
    const store = await open()
    const doubles = Array.from({ length: 20 }, () => arrival({ externalId: 'samme' }))
    const receptions = await Promise.all(doubles.map((double) => store.inquiries.receive(double)))
    const kept = receptions.filter(({ kind }) => kind === 'first')
    expect(kept).toHaveLength(1)
    const [only] = await store.inquiries.ofPost('facebook', 'samme')
    const ids = receptions.map((reception) => (reception.kind === 'first' ? reception.queued.inquiryId : reception.id))
    expect(new Set(ids)).toEqual(new Set([only?.inquiry.id]))
    expect(await store.work.takeDue(new Date(AT.getTime() + 20_000), AT, 100, allTasks)).toHaveLength(1)
  })

  test('of twenty with one idempotency key at the same moment one is kept, whatever posts they are about', async () => {
    const store = await open()
    const doubles = Array.from({ length: 20 }, () => arrival({}, { idempotencyKey: 'en' }))
    const receptions = await Promise.all(doubles.map((double) => store.inquiries.receive(double)))
    expect(receptions.filter(({ kind }) => kind === 'first')).toHaveLength(1)
    expect(
      receptions.filter((reception) => reception.kind === 'known' && reception.by === 'idempotency-key')
    ).toHaveLength(19)
    expect(await store.inquiries.find({ limit: 100 })).toHaveLength(1)
  })

  test('an inquiry is kept with its work and its event, or not at all', async () => {
    const store = await open()
    const whole = arrival()
    const broken = arrival({ receivedAt: new Date(Number.NaN) })
    await expect(store.inquiries.receive(broken)).rejects.toThrow()
    await store.inquiries.receive(whole)
    const { work } = await store.inquiries.get(whole.inquiry.id)
    expect(work).toEqual({ task: 'compose', dueAt: AT, tries: 0 })
    expect(await store.audit.about(whole.inquiry.id)).toHaveLength(1)
    await expect(store.inquiries.get(broken.inquiry.id)).rejects.toMatchObject({ code: 'inquiry-not-found' })
    expect(await store.audit.about(broken.inquiry.id)).toEqual([])
  })

  test('of many that come in the same moment, one that the database refuses takes no other with it', async () => {
    const store = await open()
    const whole = Array.from({ length: 60 }, () => arrival())
    const broken = arrival({ receivedAt: new Date(Number.NaN) })
    const answers = await Promise.allSettled(
      [...whole.slice(0, 30), broken, ...whole.slice(30)].map((one) => store.inquiries.receive(one))
    )
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(answers[30]?.status).toBe('rejected')
    const kept = await store.inquiries.find({ limit: 200 })
    expect(new Set(kept.map(({ inquiry }) => inquiry.id))).toEqual(new Set(whole.map(({ inquiry }) => inquiry.id)))
    for (const { inquiry } of whole) expect(await store.audit.about(inquiry.id)).toHaveLength(1)
  })

  test('an inquiry comes back as it was, dates and all', async () => {
    const store = await open()
    const at = (text: string) => new Date(text)
    const { inquiry } = arrival({
      event: { type: 'edited', at: at('2026-11-21T23:59:59.999Z') },
      publishedAt: at('1970-01-01T00:00:00Z'),
      context: {
        parents: [{ author: {}, text: '', publishedAt: at('2026-02-28T12:00:00.001Z') }],
        siblings: []
      },
      text: '{"$date":"2026-01-01"} 👩‍👩‍👧 \u202e\u0301 \\u0000 \' "; drop table inquiry; --',
      note: 'ærlig\ttalt\r\n',
      caseNumber: { saksaar: 2026, sakssekvensnummer: 412 }
    })
    await store.inquiries.receive(arrival(inquiry))
    expect((await store.inquiries.get(inquiry.id)).inquiry).toMatchObject(inquiry)
  })

  test('what PostgreSQL cannot hold stands as U+FFFD, and the bytes beside it are exact', async () => {
    const store = await open()
    const text = 'null \u0000 halv \ud800 snudd \udc00\ud800 hel 😀'
    const bytes = Buffer.from('7b2274223a22005c7500005c756438303022ff7d', 'hex')
    const kept = arrival({ text, author: { displayName: '\u0000', handle: '\udfff' } }, { bytes })
    await store.inquiries.receive(kept)
    const { inquiry } = await store.inquiries.get(kept.inquiry.id)
    expect(inquiry.text).toBe('null \ufffd halv \ufffd snudd \ufffd\ufffd hel 😀')
    expect(inquiry.author).toEqual({ displayName: '\ufffd', handle: '\ufffd' })
    expect(Buffer.from(await store.inquiries.bytes(kept.inquiry.id)).equals(bytes)).toBe(true)
  })

  test('the same inquiry again, when only the answer was lost, is the first', async () => {
    const store = await open()
    const one = arrival()
    const first = await store.inquiries.receive(one)
    expect(await store.inquiries.receive(one)).toEqual(first)
    expect(await store.audit.about(one.inquiry.id)).toHaveLength(1)
  })

  test('what hangs together is found by its post and by what it follows, oldest first', async () => {
    const store = await open()
    const first = arrival()
    const { id, source, externalId } = first.inquiry
    const edited = arrival({ source, externalId, event: { type: 'edited', at: AT } })
    const answer = arrival({ follows: id })
    for (const one of [answer, edited, first, arrival()]) await store.inquiries.receive(one)
    const idsOf = (found: readonly StoredInquiry[]) => found.map(({ inquiry }) => inquiry.id)
    const asked = [undefined, undefined, id, arrival().inquiry.id].map((except) =>
      store.inquiries.ofPost(source, externalId, except)
    )
    const both = [id, edited.inquiry.id]
    expect((await Promise.all(asked)).map(idsOf)).toEqual([both, both, [edited.inquiry.id], both])
    expect(await store.inquiries.ofPost(source, 'et annet innlegg')).toEqual([])
    expect(idsOf(await store.inquiries.related(first.inquiry))).toEqual([edited.inquiry.id, answer.inquiry.id])
    expect(idsOf(await store.inquiries.related(answer.inquiry))).toEqual([id])
  })

  test('what a reader does to what it was given changes nothing that is kept', async () => {
    const store = await open()
    const one = arrival()
    const { id } = one.inquiry
    await store.inquiries.receive(one)
    const before = await store.inquiries.get(id)
    const careless = (await store.inquiries.get(id)) as { inquiry: { receivedAt: Date; text: string }; changedAt: Date }
    careless.inquiry.receivedAt.setTime(0)
    careless.changedAt.setTime(0)
    careless.inquiry.text = 'noe annet'
    const bytes = await store.inquiries.bytes(id)
    bytes.fill(0)
    expect(await store.inquiries.get(id)).toEqual(before)
    expect(Buffer.from(await store.inquiries.bytes(id)).equals(one.bytes)).toBe(true)
  })
}
