import { expect, test } from 'vitest'
import { allTasks } from '../../src/domain/inquiry.ts'
import { storeOn } from '../../src/store/index.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

test('of twenty doubles at the same moment one is kept, and the others learn which', async () => {
  const { store } = await freshStore()
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
  const { store } = await freshStore()
  const doubles = Array.from({ length: 20 }, () => arrival({}, { idempotencyKey: 'en' }))
  const receptions = await Promise.all(doubles.map((double) => store.inquiries.receive(double)))
  expect(receptions.filter(({ kind }) => kind === 'first')).toHaveLength(1)
  expect(
    receptions.filter((reception) => reception.kind === 'known' && reception.by === 'idempotency-key')
  ).toHaveLength(19)
  expect(await store.inquiries.find({ limit: 100 })).toHaveLength(1)
})

test('an inquiry is kept with its work and its event, or not at all', async () => {
  const { store } = await freshStore()
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
  const { store } = await freshStore()
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

test('two processes that get the same hundred in opposite order keep each once, and neither waits for the other for ever', async () => {
  const { db, store } = await freshStore()
  const other = storeOn(db)
  const there = Array.from({ length: 100 }, (_, n) => arrival({ externalId: `felles-${n}` }))
  const here = there.map(({ inquiry }) => arrival({ externalId: inquiry.externalId })).reverse()
  const receptions = await Promise.all([
    ...there.map((one) => store.inquiries.receive(one)),
    ...here.map((one) => other.inquiries.receive(one))
  ])
  expect(receptions.filter(({ kind }) => kind === 'first')).toHaveLength(100)
  expect(await store.inquiries.find({ limit: 200 })).toHaveLength(100)
})

test('an inquiry comes back as it was, dates and all', async () => {
  const { store } = await freshStore()
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
  const { store } = await freshStore()
  const text = 'null \u0000 halv \ud800 snudd \udc00\ud800 hel 😀'
  const bytes = Buffer.from('7b2274223a22005c7500005c756438303022ff7d', 'hex')
  const kept = arrival({ text, author: { displayName: '\u0000', handle: '\udfff' } }, { bytes })
  await store.inquiries.receive(kept)
  const { inquiry } = await store.inquiries.get(kept.inquiry.id)
  expect(inquiry.text).toBe('null \ufffd halv \ufffd snudd \ufffd\ufffd hel 😀')
  expect(inquiry.author).toEqual({ displayName: '\ufffd', handle: '\ufffd' })
  expect(Buffer.from(await store.inquiries.bytes(kept.inquiry.id)).equals(bytes)).toBe(true)
})
