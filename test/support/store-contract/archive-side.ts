import { expect, test } from 'vitest'
import { TRYING_MS } from '../../../src/domain/archive-gate.ts'
import { AT, arrival } from '../../store/arrival.ts'
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
    expect(await store.gate.pass(ARCHIVE, AT)).toBe(true)
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
    expect(await store.gate.pass(ARCHIVE, AT)).toBe(false)
    expect(await store.gate.pass(ARCHIVE, closedUntil)).toBe(true)
    expect(await store.gate.pass(ARCHIVE, closedUntil)).toBe(false)
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
    expect(await store.gate.pass(ARCHIVE, after(1))).toBe(false)
  })

  test('a paused gate stays shut whatever works or fails, until somebody resumes', async () => {
    const store = await open()
    const paused = { at: AT, by: 'arkivar', reason: 'Oppgradering' }
    await store.gate.pause(ARCHIVE, paused)
    await store.gate.failed(ARCHIVE, true, AT)
    await store.gate.worked(ARCHIVE, AT)
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0, paused })
    expect(await store.gate.pass(ARCHIVE, after(86_400_000))).toBe(false)
    await store.gate.resume(ARCHIVE, AT, 'arkivar')
    expect(await store.gate.look(ARCHIVE)).toEqual({ failures: 0 })
    expect(await store.gate.pass(ARCHIVE, AT)).toBe(true)
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
}
