import { expect, test } from 'vitest'
import { TRYING_MS } from '../../../src/domain/archive-gate.ts'
import { AT, arrival } from '../../store/arrival.ts'
import { planMaker } from '../plan-maker.ts'
import type { OpenStore } from './open-store.ts'

const after = (ms: number) => new Date(AT.getTime() + ms)
const ARCHIVE = 'prove'

export function archiveSideContract(open: OpenStore): void {
  test('the ledger knows a step that is new, one that began, and what came of one that ended', async () => {
    const store = await open()
    const one = arrival()
    const { id } = one.inquiry
    await store.inquiries.receive(one)
    expect(await store.ledger.hasSteps(id)).toBe(false)
    expect(await store.ledger.start(id, 'send', AT)).toEqual({ kind: 'new' })
    expect(await store.ledger.start(id, 'send', AT)).toEqual({ kind: 'started' })
    expect(await store.ledger.hasSteps(id)).toBe(true)
    const result = { nummer: 7, deler: ['a', null], ja: true }
    await store.ledger.finish(id, 'send', AT, result)
    expect(await store.ledger.start(id, 'send', AT)).toEqual({ kind: 'done', result })
    await store.ledger.finish(id, 'aldri begynt', AT, 1)
    expect(await store.ledger.start(id, 'aldri begynt', AT)).toEqual({ kind: 'new' })
  })

  test('a gate that was never closed lets everybody through', async () => {
    const store = await open()
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0 })
    expect(await store.gate.pass(ARCHIVE, AT)).toEqual({ failures: 0 })
    await store.gate.worked(ARCHIVE, AT)
    expect(await store.audit.about(`archive:${ARCHIVE}`)).toEqual([])
  })

  test('a gate closes after five failures in a row, lets one through when its time is out, and opens when that works', async () => {
    const store = await open()
    for (let n = 1; n <= 4; n += 1) await store.gate.failed(ARCHIVE, false, AT)
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 4 })
    await store.gate.failed(ARCHIVE, false, AT)
    const { closedUntil = AT } = await store.gate.look(ARCHIVE)
    expect(closedUntil > AT).toBe(true)
    expect(await store.gate.pass(ARCHIVE, AT)).toBeUndefined()
    expect(await store.gate.pass(ARCHIVE, closedUntil)).toEqual({ failures: 5, closedUntil })
    expect(await store.gate.pass(ARCHIVE, closedUntil)).toBeUndefined()
    expect(await store.gate.look(ARCHIVE)).toEqual({
      failures: 5,
      closedUntil: new Date(closedUntil.getTime() + TRYING_MS)
    })
    await store.gate.worked(ARCHIVE, after(90_000))
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0 })
    const events = await store.audit.about(`archive:${ARCHIVE}`)
    expect(events.map(({ action }) => action)).toEqual(['archive.closed', 'archive.opened'])
  })

  test('one failure is enough when the archive locks us out', async () => {
    const store = await open()
    await store.gate.failed(ARCHIVE, true, AT)
    expect(await store.gate.pass(ARCHIVE, after(1))).toBeUndefined()
  })

  test('a paused gate stays shut whatever works or fails, until somebody resumes', async () => {
    const store = await open()
    const paused = { at: AT, by: 'arkivar', reason: 'Oppgradering' }
    await store.gate.pause(ARCHIVE, paused)
    await store.gate.failed(ARCHIVE, true, AT)
    await store.gate.worked(ARCHIVE, AT)
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0, paused })
    expect(await store.gate.pass(ARCHIVE, after(86_400_000))).toBeUndefined()
    await store.gate.resume(ARCHIVE, AT, 'arkivar')
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0 })
    expect(await store.gate.pass(ARCHIVE, AT)).toEqual({ failures: 0 })
  })

  test('events come back as they were written, in the order they were written', async () => {
    const store = await open()
    const events = Array.from({ length: 30 }, (_, n) => ({
      at: new Date(AT.getTime() + n),
      actor: 'prove',
      action: 'inquiry.read' as const,
      subject: 'samme',
      facts: { n, byWords: n % 2 === 0, code: `nr ${n}` }
    }))
    for (const event of events) await store.audit.append(event)
    expect(await store.audit.about('samme')).toEqual(events)
  })

  test('turns are given at the rate and no faster, whatever the gate goes through meanwhile', async () => {
    const store = await open()
    const rate = { atOnceMax: 2, intervalMs: 10_000 }
    const turn = (ms: number) => store.gate.takeTurn(ARCHIVE, rate, after(ms))
    expect([await turn(0), await turn(0), await turn(0)]).toEqual([true, true, false])
    await store.gate.failed(ARCHIVE, true, AT)
    await store.gate.resume(ARCHIVE, AT, 'arkivar')
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0, nextDeliveryAt: after(20_000) })
    expect([await turn(9_999), await turn(10_000), await turn(10_000)]).toEqual([false, true, false])
  })

  test('a message that comes twice is kept once, makes the work due, and is news until somebody has heard it', async () => {
    const store = await open()
    const one = arrival()
    const { id } = one.inquiry
    await store.inquiries.receive(one)
    const { plan } = planMaker({ inquiryId: id })
    const move = { id, at: AT, actor: 'prove', action: 'inquiry.composed' } as const
    const later = { kind: 'due', dueAt: after(3_600_000), failed: false } as const
    const kept = { plan, recordXml: '<arkivmelding/>' }
    await store.inquiries.move({ ...move, from: 'received', to: { state: 'ready' }, next: later, plan: kept })
    const message = { remoteId: 'm1', correlation: plan.planId, kind: 'mottatt', payload: { a: 1 }, receivedAt: AT }
    expect(await store.messages.keep(ARCHIVE, message, after(5))).toMatchObject({
      kind: 'matched',
      inquiryId: id,
      state: 'ready'
    })
    expect(await store.messages.keep(ARCHIVE, message, after(6))).toEqual({ kind: 'known' })
    expect((await store.inquiries.get(id)).work?.dueAt).toEqual(after(5))
    expect(await store.messages.hear(ARCHIVE, id)).toEqual({ messages: [message], hasNew: true })
    expect(await store.messages.hear(ARCHIVE, id)).toEqual({ messages: [message], hasNew: false })
    const dismissed = { state: 'dismissed', reason: 'Privat', by: 'arkivar' } as const
    const dismissal = { ...move, from: 'ready', to: dismissed, next: { kind: 'nothing' }, unlessBegun: true } as const
    await expect(store.inquiries.move(dismissal)).rejects.toMatchObject({ code: 'may-be-in-archive' })
    const again = { ...move, from: 'ready', to: { state: 'ready' }, next: later, forgetSteps: 'lost' } as const
    await store.inquiries.move(again)
    expect(await store.messages.hear(ARCHIVE, id)).toEqual({ messages: [], hasNew: false })
    await store.inquiries.move(dismissal)
    expect(await store.messages.keep(ARCHIVE, { ...message, remoteId: 'm2' }, AT)).toMatchObject({ state: 'dismissed' })
    const actions = (await store.audit.about(id)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('message.'))).toEqual(['message.kept', 'message.late'])
  })

  test('work that is held when a message comes is due for it when its holder lets go', async () => {
    const store = await open()
    const one = arrival()
    const { id } = one.inquiry
    await store.inquiries.receive(one)
    const { plan } = planMaker({ inquiryId: id })
    const move = { id, actor: 'prove', action: 'inquiry.composed' } as const
    const due = { kind: 'due', dueAt: AT, failed: false } as const
    const kept = { plan, recordXml: '<arkivmelding/>' }
    await store.inquiries.move({ ...move, at: AT, from: 'received', to: { state: 'ready' }, next: due, plan: kept })
    const lease = await store.work.claim(id, 'deliver', AT, 20_000)
    const news = { correlation: plan.planId, kind: 'kvittering', payload: null, receivedAt: AT }
    await store.messages.keep(ARCHIVE, { ...news, remoteId: 'm1' }, after(5))
    await store.work.handBack(id, lease?.token ?? '', after(3_600_000))
    expect((await store.inquiries.get(id)).work?.dueAt).toEqual(after(5))
    await store.inquiries.move({ ...move, at: AT, from: 'ready', to: { state: 'sending' }, next: due })
    const asked = { state: 'needs-action', trouble: { code: 'x', message: 'x' } } as const
    await store.inquiries.move({ ...move, at: after(9), from: 'sending', to: asked, next: { kind: 'nothing' } })
    expect((await store.inquiries.get(id)).work).toEqual({ task: 'settle', dueAt: after(5), tries: 0 })
  })

  test('a message that answers nothing we know of is kept and counted', async () => {
    const store = await open()
    const message = { remoteId: 'm1', correlation: 'ukjent', kind: 'mottatt', payload: null, receivedAt: AT }
    expect(await store.messages.keep(ARCHIVE, message, AT)).toMatchObject({ kind: 'unmatched' })
    expect(await store.messages.unmatched(ARCHIVE)).toBe(1)
    expect(await store.messages.unmatched('et annet')).toBe(0)
    expect((await store.audit.about(`archive:${ARCHIVE}`)).map(({ action }) => action)).toEqual(['message.unmatched'])
  })
}
