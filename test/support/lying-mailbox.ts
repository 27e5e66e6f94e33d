import type { ArchiveError, SubmitResult } from '../../src/domain/archive-answer.ts'
import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import type { Receipt } from '../../src/domain/receipt.ts'
import type { ArchiveConnector, ArchiveMessage, Json, KeepMessage } from '../../src/flow/ports.ts'

/** What an archive writes to us about a send: that it has come, its receipt, one that lacks numbers, or an error. */
export type Letter = 'mottatt' | 'kvittering' | 'kvittering-uten-nummer' | ArchiveError

export interface LyingMailbox {
  readonly inbound: NonNullable<ArchiveConnector['inbound']>
  /** What comes of the next sends, in order; after that `usually`. */
  readonly letters: (readonly Letter[])[]
  /** Everything that was ever put in it. */
  readonly written: readonly ArchiveMessage[]
  /** Whether what a send gives rise to is handed out before the send is answered. */
  readonly isPrompt: boolean
  put(message: Pick<ArchiveMessage, 'kind' | 'correlation' | 'payload'>, receivedAt: Date): void
  /** Puts in it what comes of a send. */
  answer(plan: ArchivePlan, receipt: Receipt, now: Date): void
  /** Everything is in it once more, under the names that it had. */
  repeatAll(): void
  /** Hands what is in it to those who listen, in turn. What is not kept stays. */
  handOut(): Promise<void>
  /** Ends every listening, with this error when one is given. */
  breakOff(error?: Error): void
}

export interface MailboxManners {
  readonly usually?: readonly Letter[]
  readonly isPrompt?: boolean
}

/** A mailbox between an archive and us: several may read it at once, and it keeps what nobody has acknowledged. */
export function lyingMailbox(manners: MailboxManners = {}): LyingMailbox {
  const { usually = ['mottatt', 'kvittering'], isPrompt = false } = manners
  const letters: (readonly Letter[])[] = []
  const written: ArchiveMessage[] = []
  const waiting: ArchiveMessage[] = []
  const listeners: { readonly keep: KeepMessage; readonly end: (error?: Error) => void }[] = []
  let turns = 0

  const put: LyingMailbox['put'] = (message, receivedAt) => {
    const named = { remoteId: `melding-${written.length + 1}`, ...message, receivedAt }
    written.push(named)
    waiting.push(named)
  }

  return {
    ...{ letters, written, isPrompt, put },
    answer(plan, receipt, now) {
      for (const letter of letters.shift() ?? usually) {
        put({ correlation: plan.planId, ...contentOf(letter, receipt) }, now)
      }
    },
    repeatAll: () => void waiting.splice(0, waiting.length, ...written),
    async handOut() {
      for (const message of [...waiting]) {
        const listener = listeners[turns++ % listeners.length]
        const isKept = await listener?.keep(message).then(
          () => true,
          () => false
        )
        if (isKept) waiting.splice(waiting.indexOf(message), 1)
      }
    },
    inbound: (keep, signal) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => {
          listeners.splice(listeners.indexOf(listener), 1)
          if (error) reject(error)
          else resolve()
        }
        const listener = { keep, end }
        listeners.push(listener)
        signal.addEventListener('abort', () => end(), { once: true })
      }),
    breakOff: (error) => {
      for (const { end } of [...listeners]) end(error)
    }
  }
}

function contentOf(letter: Letter, receipt: Receipt): { readonly kind: string; readonly payload: Json } {
  if (typeof letter === 'object') return { kind: 'feilmelding', payload: { ...letter } }
  if (letter === 'mottatt') return { kind: 'mottatt', payload: null }
  const { saksaar, sakssekvensnummer, journalpostnummer, files, arkivertDato, ...ids } = receipt
  const numbers = letter === 'kvittering' ? { saksaar, sakssekvensnummer, journalpostnummer } : {}
  const written = { ...ids, ...numbers, files: files.map((file) => ({ ...file })), arkivertDato: arkivertDato.toJSON() }
  return { kind: 'kvittering', payload: written as Json }
}

/** What the messages about a plan come to: a receipt outweighs all, and an error outweighs that it has come. */
export function readMessages(
  messages: readonly ArchiveMessage[]
): Exclude<SubmitResult, { state: 'accepted' }> | undefined {
  const last = (kind: string) => messages.findLast((message) => message.kind === kind)?.payload
  const receipt = last('kvittering')
  if (receipt) return { state: 'archived', receipt: receiptFrom(receipt as unknown as WrittenReceipt) }
  const error = last('feilmelding')
  return error ? { state: 'failed', error: error as unknown as ArchiveError } : undefined
}

type WrittenReceipt = Omit<Receipt, 'arkivertDato'> & { readonly arkivertDato: string }

/** Numbers that it lacks are none. */
const receiptFrom = (written: WrittenReceipt): Receipt => ({
  ...{ saksaar: 0, sakssekvensnummer: 0, journalpostnummer: 0 },
  ...written,
  arkivertDato: new Date(written.arkivertDato)
})
