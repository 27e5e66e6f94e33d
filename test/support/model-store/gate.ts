import { type ArchiveGate, closedAfter, gatePhase, OPEN_GATE, TRYING_MS } from '../../../src/domain/archive-gate.ts'
import type { AuditEvent } from '../../../src/domain/audit-event.ts'
import { latestTurn } from '../../../src/domain/delivery-rate.ts'
import type { GateStore } from '../../../src/flow/store-port.ts'
import { append } from './audit.ts'
import { copyOf, kept, type Model, type Tables } from './tables.ts'

export const gateModel = (model: Model): GateStore => ({
  look: async (archive) => copyOf(gateIn(model.tables(), archive)),

  pass: async (archive, at) =>
    model.transaction((tables) => {
      const gate = gateIn(tables, archive)
      const phase = gatePhase(gate, at)
      if (phase === 'open') return copyOf(gate)
      if (phase !== 'trying') return undefined
      tables.gates.set(archive, { ...gate, closedUntil: new Date(at.getTime() + TRYING_MS) })
      return copyOf(gate)
    }),

  takeTurn: async (archive, rate, at) =>
    model.transaction((tables) => {
      const gate = gateIn(tables, archive)
      const next = gate.nextDeliveryAt?.getTime() ?? Number.NEGATIVE_INFINITY
      if (next > latestTurn(rate, at).getTime()) return false
      tables.gates.set(archive, { ...gate, nextDeliveryAt: new Date(Math.max(next, at.getTime()) + rate.intervalMs) })
      return true
    }),

  failed: async (archive, isLockedOut, at) =>
    change(model, archive, ({ failures: before, closedUntil: _, ...gate }) => {
      const failures = before + 1
      const until = closedAfter(failures, isLockedOut, at)
      if (!until) return { to: { ...gate, failures } }
      const facts = { failures, until: until.toISOString() }
      return {
        to: { ...gate, failures, closedUntil: until },
        event: { at, actor: archive, action: 'archive.closed', facts }
      }
    }),

  worked: async (archive, at) =>
    change(model, archive, ({ closedUntil, ...gate }) => ({
      to: { ...gate, failures: 0 },
      ...(closedUntil && { event: { at, actor: archive, action: 'archive.opened' } })
    })),

  pause: async (archive, paused) =>
    change(model, archive, (gate) => ({
      to: { ...gate, paused },
      event: { at: paused.at, actor: paused.by, action: 'archive.paused' }
    })),

  resume: async (archive, at, by) =>
    change(model, archive, ({ nextDeliveryAt }) => ({
      to: { ...OPEN_GATE, ...(nextDeliveryAt && { nextDeliveryAt }) },
      event: { at, actor: by, action: 'archive.resumed' }
    }))
})

export const gateIn = ({ gates }: Tables, archive: string): ArchiveGate => gates.get(archive) ?? OPEN_GATE

interface Change {
  readonly to: ArchiveGate
  readonly event?: Omit<AuditEvent, 'subject'>
}

const change = (model: Model, archive: string, decide: (gate: ArchiveGate) => Change): void =>
  model.transaction((tables) => {
    const { to, event } = decide(gateIn(tables, archive))
    tables.gates.set(archive, kept(to))
    if (event) append(tables, { ...event, subject: `archive:${archive}` })
  })
