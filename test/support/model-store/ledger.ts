import type { LedgerStore, PlanStore } from '../../../src/flow/store-port.ts'
import { copyOf, kept, type Model, ms } from './tables.ts'

const keyOf = (id: string, name: string) => `${id} ${name}`

export const ledgerModel = (model: Model): LedgerStore => ({
  start: async (id, name, at) =>
    model.transaction(({ steps }) => {
      ms(at)
      const step = steps.get(keyOf(id, name))
      if (!step) steps.set(keyOf(id, name), { id })
      if (!step) return { kind: 'new' }
      return step.result ? { kind: 'done', result: copyOf(step.result.value) } : { kind: 'started' }
    }),

  finish: async (id, name, at, result) =>
    model.transaction(({ steps }) => {
      ms(at)
      if (steps.has(keyOf(id, name))) steps.set(keyOf(id, name), { id, result: { value: kept(result) } })
    }),

  hasSteps: async (id) => [...model.tables().steps.values()].some((step) => step.id === id)
})

export const planModel = (model: Model): PlanStore => ({
  async get(id) {
    const kept = model.tables().plans.get(id)
    return kept && copyOf(kept.plan)
  },

  recordXml: async (id) => model.tables().plans.get(id)?.recordXml
})
