import type { Store } from '../../../src/flow/store-port.ts'
import { attachmentModel } from './attachments.ts'
import { auditModel } from './audit.ts'
import { gateIn, gateModel } from './gate.ts'
import { inquiryModel } from './inquiries.ts'
import { keyModel } from './keys.ts'
import { ledgerModel, planModel } from './ledger.ts'
import { messageModel } from './messages.ts'
import { emptyModel } from './tables.ts'
import { workModel } from './work.ts'

export interface ModelStore extends Store {
  /** When some work can be taken next, as far as is known now. */
  nextDue(archive: string): Promise<Date | undefined>
}

/**
 * The store in memory, call for call what the one on PostgreSQL does: the same contract is run on both, and the same
 * worlds are lived through. A call does all it does at once, or nothing.
 */
export function modelStore(): ModelStore {
  const model = emptyModel()
  return {
    inquiries: inquiryModel(model),
    work: workModel(model),
    plans: planModel(model),
    ledger: ledgerModel(model),
    attachments: attachmentModel(model),
    audit: auditModel(model),
    keys: keyModel(model),
    gate: gateModel(model),
    messages: messageModel(model),
    async nextDue(archive) {
      const { closedUntil, paused } = gateIn(model.tables(), archive)
      const work = [...model.tables().work.values()].filter(({ task }) => !paused || task === 'compose')
      const times = work.map(({ task, dueAt, enqueuedUntil, leasedUntil }) =>
        Math.max(dueAt, enqueuedUntil ?? 0, leasedUntil ?? 0, task === 'compose' ? 0 : (closedUntil?.getTime() ?? 0))
      )
      return times.length > 0 ? new Date(Math.min(...times)) : undefined
    }
  }
}
