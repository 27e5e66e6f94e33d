import { expect, test } from 'vitest'
import { allTasks, archiveTasks } from '../../../src/domain/inquiry.ts'
import type { Store } from '../../../src/flow/store-port.ts'
import { AT, arrival } from '../../store/arrival.ts'
import { planMaker } from '../plan-maker.ts'
import type { OpenStore } from './open-store.ts'

const after = (ms: number) => new Date(AT.getTime() + ms)
const LATER = after(20_000)
const UNTIL = after(80_000)
const OTHER_TOKEN = '00000000-0000-4000-8000-000000000000'

export function workContract(open: OpenStore): void {
  test('work handed over again keeps its job’s name for a while, and then gets another', async () => {
    const store = await open()
    await store.inquiries.receive(arrival())
    const names: string[] = []
    for (let n = 0; n < 12; n += 1) {
      const at = after(20_000 + n * 60_001)
      const [work] = await store.work.takeDue(at, new Date(at.getTime() + 60_000), 10, allTasks)
      names.push(work?.jobId ?? '')
    }
    const changes = names.filter((name, n) => name !== names[n - 1])
    expect(changes).toEqual([...new Set(names)])
    expect(changes).toHaveLength(4)
  })

  test('a hurried piece of work gets a name that no queue holds', async () => {
    const store = await open()
    const one = arrival()
    const reception = await store.inquiries.receive(one)
    const hurried = await store.work.hurry(one.inquiry.id, { at: AT, actor: 'arkivar', action: 'inquiry.retried' })
    expect(hurried?.jobId).not.toBe(reception.kind === 'first' && reception.queued.jobId)
  })

  test('work that is held is not handed over until its holder has been silent too long, and then at once', async () => {
    const store = await open()
    const one = arrival()
    await store.inquiries.receive(one)
    await store.work.takeDue(LATER, after(3_600_000), 10, allTasks)
    const lease = await store.work.claim(one.inquiry.id, 'compose', LATER, 20_000)
    expect(lease).toMatchObject({ isTakenOver: false })
    expect(await store.work.takeDue(after(39_000), UNTIL, 10, allTasks)).toEqual([])
    expect(await store.work.claim(one.inquiry.id, 'compose', after(39_000), 20_000)).toBeUndefined()
    expect(await store.work.takeDue(after(40_001), UNTIL, 10, allTasks)).toHaveLength(1)
    expect(await store.work.claim(one.inquiry.id, 'compose', after(40_001), 20_000)).toMatchObject({
      isTakenOver: true
    })
  })

  test('work handed back is due again when the one who gave it back says', async () => {
    const store = await open()
    const one = arrival()
    await store.inquiries.receive(one)
    const lease = await store.work.claim(one.inquiry.id, 'compose', AT, 20_000)
    await store.work.handBack(one.inquiry.id, OTHER_TOKEN, AT)
    expect((await store.inquiries.get(one.inquiry.id)).work?.leasedUntil).toEqual(LATER)
    await store.work.handBack(one.inquiry.id, lease?.token ?? '', after(5_000))
    expect(await store.work.takeDue(after(4_999), UNTIL, 10, allTasks)).toEqual([])
    expect(await store.work.takeDue(after(5_000), UNTIL, 10, allTasks)).toHaveLength(1)
  })

  test('work of another task, or not yet due, is not given away', async () => {
    const store = await open()
    const one = arrival()
    await store.inquiries.receive(one)
    expect(await store.work.claim(one.inquiry.id, 'deliver', AT, 20_000)).toBeUndefined()
    expect(await store.work.claim(one.inquiry.id, 'compose', after(-1), 20_000)).toBeUndefined()
    expect(await store.work.claim(one.inquiry.id, 'compose', AT, 20_000)).toMatchObject({
      isTakenOver: false,
      tries: 0
    })
  })

  test('a hurried piece of work is due at once, unless somebody holds it; the event stands either way', async () => {
    const store = await open()
    const one = arrival()
    const { id } = one.inquiry
    await store.inquiries.receive(one)
    const lease = await store.work.claim(id, 'compose', AT, 20_000)
    expect(await store.work.hurry(id, { at: after(1), actor: 'arkivar', action: 'inquiry.retried' })).toBeUndefined()
    await store.work.handBack(id, lease?.token ?? '', after(3_600_000))
    expect(await store.work.hurry(id, { at: after(2), actor: 'arkivar', action: 'inquiry.retried' })).toMatchObject({
      inquiryId: id,
      task: 'compose'
    })
    expect((await store.inquiries.get(id)).work?.dueAt).toEqual(after(2))
    const actions = (await store.audit.about(id)).map(({ action }) => action)
    expect(actions).toEqual(['inquiry.received', 'inquiry.retried', 'inquiry.retried'])
  })

  test('due work is handed over oldest first, of the tasks that are asked for, and once', async () => {
    const store = await open()
    const dues = [30, 10, 20]
    const ids: string[] = []
    for (const due of dues) {
      const one = arrival({ receivedAt: after(due) })
      ids.push(one.inquiry.id)
      await store.inquiries.receive(one)
    }
    expect(await store.work.takeDue(LATER, UNTIL, 10, archiveTasks)).toEqual([])
    const handed: (string | undefined)[] = []
    for (let n = 0; n < 4; n += 1) {
      handed.push((await store.work.takeDue(LATER, UNTIL, 1, allTasks))[0]?.inquiryId)
    }
    expect(handed).toEqual([ids[1], ids[2], ids[0], undefined])
  })

  test('of two deliveries to one saksmappe the second comes again in a second, until the first is done', async () => {
    const store = await open()
    const ids: string[] = []
    for (let n = 0; n < 3; n += 1) ids.push(await readyFor(store, n === 2 ? 2 : 1))
    const [one = '', two = '', other = ''] = ids
    const lease = await store.work.claim(one, 'deliver', AT, 20_000)
    expect(await store.work.claim(two, 'deliver', AT, 20_000)).toBeUndefined()
    expect((await store.inquiries.get(two)).work).toEqual({ task: 'deliver', dueAt: after(1_000), tries: 0 })
    expect(await store.work.claim(other, 'deliver', AT, 20_000)).toBeDefined()
    // Its holder may be gone, but nobody knows yet whether it has sent.
    expect(await store.work.claim(two, 'deliver', after(60_000), 20_000)).toBeUndefined()
    expect(await store.work.claim(one, 'deliver', after(60_000), 20_000)).toMatchObject({ isTakenOver: true })
    await store.work.handBack(one, lease?.token ?? '', AT)
    expect(await store.work.claim(two, 'deliver', after(62_000), 20_000)).toBeUndefined()
    await store.inquiries.move({
      ...{ id: one, from: 'ready', to: { state: 'needs-action', trouble: { code: 'x', message: 'x' } }, at: AT },
      ...{ actor: 'prove', action: 'inquiry.needs-action', next: { kind: 'nothing' } }
    })
    expect(await store.work.claim(two, 'deliver', after(70_000), 20_000)).toBeDefined()
  })

  test('what should have work and has none gets it back, once, and tells; what waits for a person does not', async () => {
    const store = await open()
    const ready = await readyFor(store, 1)
    const asked = await readyFor(store, 2)
    const common = { at: AT, actor: 'prove', next: { kind: 'nothing' } } as const
    const trouble = { code: 'x', message: 'x' }
    await store.inquiries.move({
      ...{ ...common, id: ready, from: 'ready', to: { state: 'ready', trouble }, action: 'inquiry.try-again' }
    })
    await store.inquiries.move({
      ...{ ...common, id: asked, from: 'ready', to: { state: 'needs-action', trouble }, action: 'inquiry.needs-action' }
    })
    expect(await store.work.restore(LATER, 10, 'arkivbro')).toEqual([{ id: ready, task: 'deliver' }])
    expect(await store.work.restore(LATER, 10, 'arkivbro')).toEqual([])
    expect((await store.inquiries.get(ready)).work).toEqual({ task: 'deliver', dueAt: LATER, tries: 0 })
    expect((await store.audit.about(ready)).at(-1)).toMatchObject({
      action: 'inquiry.work-restored',
      facts: { task: 'deliver' }
    })
    // It keeps its place in the line of its saksmappe.
    const other = await readyFor(store, 1)
    await store.work.claim(other, 'deliver', LATER, 20_000)
    expect(await store.work.claim(ready, 'deliver', LATER, 20_000)).toBeUndefined()
  })
}

async function readyFor(store: Store, sakssekvensnummer: number): Promise<string> {
  const one = arrival()
  const { id } = one.inquiry
  await store.inquiries.receive(one)
  const { plan } = planMaker({ inquiryId: id, saksnummer: { saksaar: 2025, sakssekvensnummer } })
  await store.inquiries.move({
    ...{ id, from: 'received', to: { state: 'ready' }, at: AT, actor: 'prove', action: 'inquiry.composed' },
    ...{ next: { kind: 'due', dueAt: AT, failed: false }, plan: { plan, recordXml: '<arkivmelding/>' } }
  })
  expect(await store.plans.get(id)).toEqual(plan)
  expect(await store.plans.recordXml(id)).toBe('<arkivmelding/>')
  return id
}
