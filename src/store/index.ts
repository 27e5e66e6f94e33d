import type { Store } from '../flow/store-port.ts'
import { attachmentStore } from './attachment-store.ts'
import { auditStore } from './audit-store.ts'
import type { Database } from './database.ts'
import { gateStore } from './gate-store.ts'
import { inquiryStore } from './inquiry-store.ts'
import { keyStore } from './key-store.ts'
import { ledgerStore, planStore } from './ledger-store.ts'
import { messageStore } from './message-store.ts'
import { workStore } from './work-store.ts'

export const storeOn = (db: Database): Store => ({
  inquiries: inquiryStore(db),
  work: workStore(db),
  plans: planStore(db),
  ledger: ledgerStore(db),
  attachments: attachmentStore(db),
  audit: auditStore(db),
  keys: keyStore(db),
  gate: gateStore(db),
  messages: messageStore(db)
})
