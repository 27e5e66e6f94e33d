import { Readable } from 'node:stream'
import { ArchiveFailure } from '../../src/domain/archive-failure.ts'
import { StepOutcomeUnknown } from '../../src/domain/errors.ts'
import type { ArchiveMessage, CallContext, Json } from '../../src/flow/ports.ts'

/** The process fell over here, as far as the connector can tell. */
export class Crash extends Error {}

/** What is left of the steps after a crash: started, or done with a result. */
export type StepLedger = Map<string, { readonly done: false } | { readonly done: true; readonly result: Json }>

export interface ContextChanges {
  readonly ledger?: StepLedger
  readonly signal?: AbortSignal
  readonly deadline?: Date
  readonly recordXml?: string
  readonly messages?: readonly ArchiveMessage[]
  /** Called before and after each opening of a file and each step; throws Crash to end the try there. */
  readonly passing?: (moment: string) => void
}

/** A context for one try at a plan, with a ledger in memory that works as the one in the database does. */
export function callContext(files: ReadonlyMap<string, Buffer>, changes: ContextChanges = {}): CallContext {
  const { ledger = new Map(), signal = new AbortController().signal, passing = () => undefined } = changes
  return {
    recordXml: async () => changes.recordXml ?? '<arkivmelding/>',
    messages: changes.messages ?? [],
    deadline: changes.deadline ?? new Date(Date.now() + 60_000),
    signal,
    now: () => new Date(),
    async open(sha256) {
      passing(`before opening ${sha256}`)
      const bytes = files.get(sha256)
      if (!bytes) throw new ArchiveFailure('needs-human', 'Filen finnes ikke i fillageret.')
      const stream = Readable.from([bytes])
      passing(`after opening ${sha256}`)
      return stream
    },
    async step<T extends Json>(name: string, run: () => Promise<T>, { safeToRepeat = false } = {}) {
      signal.throwIfAborted()
      const known = ledger.get(name)
      // The ledger gives back what this very step wrote.
      if (known?.done) return known.result as T
      if (known && !safeToRepeat) throw new StepOutcomeUnknown(`Utfallet av steget «${name}» er ukjent.`)
      ledger.set(name, { done: false })
      passing(`before ${name}`)
      const result = await run()
      passing(`after ${name}`)
      ledger.set(name, { done: true, result })
      return result
    }
  }
}
