import { ArchiveFailure } from '../domain/archive-failure.ts'
import { NotFound, StepOutcomeUnknown, Unavailable } from '../domain/errors.ts'
import type { ArchiveMessage, BlobStore, CallContext, Clock, Json } from './ports.ts'
import type { PlanStore, Store } from './store-port.ts'

export interface CallArchiveDeps {
  readonly store: Pick<Store, 'ledger' | 'plans'>
  readonly blobs: Pick<BlobStore, 'open'>
  readonly now: Clock
}

interface Called {
  readonly inquiryId: string
  readonly messages?: readonly ArchiveMessage[]
  /** Begins the names of the steps in the ledger, where the inquiry has had steps of other work before. */
  readonly work?: string
}

export interface Call extends CallContext {
  /** Resolves when the end of every step is written down; the next step waits for it too. */
  written(): Promise<unknown>
}

/** What a connector works with while it runs one inquiry's plan: the ledger, the files, a deadline. */
export function callContext(
  { store: { ledger, plans }, blobs, now }: CallArchiveDeps,
  { inquiryId, messages = [], work }: Called,
  deadline: Date,
  signal: AbortSignal
): Call {
  let written: Promise<unknown> = Promise.resolve()
  return {
    written: () => written,
    recordXml: () => recordXmlOf(plans, inquiryId),
    messages,
    deadline,
    signal,
    now,
    async open(sha256) {
      signal.throwIfAborted()
      return blobs.open(sha256).catch(notOpened)
    },
    async step<T extends Json>(step: string, run: () => Promise<T>, { safeToRepeat = false } = {}) {
      const name = work === undefined ? step : `${work}: ${step}`
      signal.throwIfAborted()
      const [known] = await Promise.all([ledger.start(inquiryId, name, now()), written])
      // The ledger gives back what this very step wrote.
      if (known.kind === 'done') return known.result as T
      if (known.kind === 'started' && !safeToRepeat) {
        throw new StepOutcomeUnknown(`Steget «${step}» ble påbegynt i et tidligere forsøk, og utfallet er ukjent.`)
      }
      const result = await run().catch((error: unknown) => {
        throw error instanceof ArchiveFailure ? error.during(step) : error
      })
      written = Promise.all([written, ledger.finish(inquiryId, name, now(), result)])
      written.catch(() => undefined)
      return result
    }
  }
}

async function recordXmlOf(plans: PlanStore, inquiryId: string): Promise<string> {
  const recordXml = await plans.recordXml(inquiryId)
  if (recordXml === undefined) throw new Error(`Inquiry ${inquiryId} has no record.`)
  return recordXml
}

function notOpened(cause: unknown): never {
  if (cause instanceof Unavailable) throw new ArchiveFailure('transient', cause.message, { cause })
  if (!(cause instanceof NotFound)) throw cause
  const message = 'En fil som hører til posten, finnes ikke i fillageret. Hent den fra sikkerhetskopi.'
  throw new ArchiveFailure('needs-human', message, { cause })
}
