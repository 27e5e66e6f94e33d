import { createHash } from 'node:crypto'
import type { AmendResult, ArchiveError, LookupResult, SubmitResult } from '../../src/domain/archive-answer.ts'
import { ArchiveFailure, answering } from '../../src/domain/archive-failure.ts'
import { type ArchivePlan, filesOf, type SkjermingPlan } from '../../src/domain/archive-plan.ts'
import { journalpostLabel, type Receipt, type ReceivedFile } from '../../src/domain/receipt.ts'
import type { ArchiveConnector, CallContext } from '../../src/flow/ports.ts'
import { type LyingMailbox, readMessages } from './lying-mailbox.ts'

/** What comes of a send: the truth, or one of the ways in which archives mislead. */
export type SendAnswer =
  | 'archived'
  /** The transport takes it; the archive has it after `processingMs`. */
  | 'accepted'
  /** The transport takes it and loses it: no receipt ever comes. */
  | 'swallowed'
  | 'timeout-after-commit'
  /** Says that it is too busy, and has taken it all the same. */
  | 'busy-after-commit'
  | 'timeout-before-commit'
  | 'wrong-checksum'
  | 'missing-file'
  | 'other-journalpost'
  | 'other-case'
  | 'throws'
  /** Ends when told to stop. */
  | 'hangs'
  /** Never ends, whatever it is told. */
  | 'hangs-deaf'
  | ArchiveError

export type LookupAnswer = 'truth' | 'several' | 'incomplete' | 'unsupported' | 'throws' | ArchiveError
export type SettleAnswer = 'truth' | 'wrong-checksum' | 'throws' | ArchiveError

export type AmendAnswer = 'truth' | 'timeout-after-commit' | 'throws' | ArchiveError

export interface LyingArchive {
  readonly connector: ArchiveConnector
  /** What the next calls get, in order; after that `usually`, or the truth. */
  readonly sends: SendAnswer[]
  readonly lookups: LookupAnswer[]
  readonly settles: SettleAnswer[]
  readonly amendments: AmendAnswer[]
  /** Names of the calls that came in. */
  readonly calls: string[]
  /** The journalposts that the archive really holds or will hold for an inquiry: one for each send that got through. */
  journalposts(inquiryId: string): readonly Receipt[]
  /** The skjerming (M500 ff.) of a journalpost as the archive has it. */
  skjermingOf(inquiryId: string): SkjermingPlan | undefined
  /** Journalposter that people have made in the archive. */
  readonly byHand: Receipt[]
}

export interface Manners {
  readonly usually?: SendAnswer
  /** From a send until the archive itself can find the journalpost. */
  readonly processingMs?: number
  readonly pollMs?: number
  readonly giveUpMs?: number
  /** The files go along with the send; otherwise each is uploaded before, in a step of its own. */
  readonly inOneStep?: boolean
  /** Without it, no lookup finds anything out, ever. */
  readonly canBeAsked?: boolean
  /** It lets what is journaled be restricted. */
  readonly amends?: boolean
  /** Where its receipts come; without one it must be asked for them. */
  readonly mailbox?: LyingMailbox
}

interface Held {
  readonly inquiryId: string
  readonly receipt: Receipt
  readonly correlation: string
  readonly findableAt: Date
}

const failure = ({ kind, message, retryAfterMs }: ArchiveError) =>
  new ArchiveFailure(kind, message, retryAfterMs === undefined ? {} : { retryAfterMs })

/**
 * An archive at the border that does as it is told, well or badly. It refuses no doubles: a plan that is sent twice
 * stands there twice, so that whoever sends blindly is found out.
 */
export function lyingArchive(manners: Manners = {}): LyingArchive {
  const { mailbox, processingMs = 0, pollMs = 5_000, giveUpMs = 600_000, inOneStep = false } = manners
  const { usually = mailbox ? 'accepted' : 'archived', canBeAsked = true, amends = false } = manners
  const held: Held[] = []
  const sends: SendAnswer[] = []
  const lookups: LookupAnswer[] = []
  const settles: SettleAnswer[] = []
  const amendments: AmendAnswer[] = []
  const skjermet = new Map<string, SkjermingPlan | undefined>()
  const calls: string[] = []
  const byHand: Receipt[] = []
  const records = new Map<string, number>()

  function take(plan: ArchivePlan, files: readonly ReceivedFile[], now: Date): Receipt {
    const saksnummer =
      plan.casePolicy.mode === 'existing'
        ? plan.casePolicy.saksnummer
        : { saksaar: 2026, sakssekvensnummer: held.length + 1 }
    const label = `${saksnummer.saksaar}/${saksnummer.sakssekvensnummer}`
    records.set(label, (records.get(label) ?? 0) + 1)
    const receipt: Receipt = {
      archive: 'lying',
      ...saksnummer,
      journalpostnummer: records.get(label) ?? 1,
      saksmappeSystemID: plan.casePolicy.mode === 'new' ? plan.casePolicy.saksmappe.systemID : label,
      journalpostSystemID: plan.record.systemID,
      arkivertDato: now,
      files
    }
    skjermet.set(plan.inquiryId, plan.record.skjerming)
    const correlation = mailbox ? plan.planId : `${plan.planId} ${held.length}`
    held.push({ inquiryId: plan.inquiryId, receipt, correlation, findableAt: new Date(now.getTime() + processingMs) })
    mailbox?.answer(plan, receipt, now)
    return receipt
  }

  /** One send over the wire. What it gives back is kept in the ledger. */
  async function send(plan: ArchivePlan, answer: SendAnswer, files: readonly ReceivedFile[], ctx: CallContext) {
    if (typeof answer === 'object') throw failure(answer)
    if (answer === 'throws') throw new TypeError('Cannot read properties of undefined')
    if (answer === 'hangs-deaf') await new Promise(() => undefined)
    if (answer === 'hangs') await untilAborted(ctx.signal)
    if (answer === 'timeout-before-commit') throw failure(timeout)
    if (answer === 'swallowed') return { correlation: `${plan.planId} lost` }
    take(plan, files, ctx.now())
    if (mailbox?.isPrompt) await mailbox.handOut()
    if (answer === 'timeout-after-commit') throw failure(timeout)
    if (answer === 'busy-after-commit') throw failure(busy)
    return { correlation: held.at(-1)?.correlation ?? '' }
  }

  const holding = (correlation: string, now: Date) =>
    held.find((one) => one.correlation === correlation && one.findableAt <= now)?.receipt

  const waiting = (now: Date) => ({
    pollAfter: new Date(now.getTime() + pollMs),
    giveUpAt: new Date(now.getTime() + giveUpMs)
  })

  const amend: ArchiveConnector['amend'] = (plan, _, ctx): Promise<AmendResult> => {
    calls.push('amend')
    const answer = amendments.shift() ?? 'truth'
    return answering(async () => {
      await ctx.step(
        'skjerm',
        async () => {
          if (typeof answer === 'object') throw failure(answer)
          if (answer === 'throws') throw new TypeError('Cannot read properties of undefined')
          skjermet.set(plan.inquiryId, plan.record.skjerming)
          if (answer === 'timeout-after-commit') throw failure(timeout)
          return true
        },
        { safeToRepeat: true }
      )
      return { state: 'amended' }
    })
  }

  const connector: ArchiveConnector = {
    name: 'lying',
    capabilities: {
      deliveriesAtOnceMax: 4,
      titleLengthMax: 250,
      skjerming: true,
      ...(amends && { amends: ['skjerming'] })
    },
    health: async () => ({ state: 'up', message: 'Arkivet svarer.' }),
    lacking: async () => [],
    async lookup(plan, ctx): Promise<LookupResult | { state: 'failed'; error: ArchiveError }> {
      calls.push('lookup')
      const answer = canBeAsked ? (lookups.shift() ?? 'truth') : 'unsupported'
      if (typeof answer === 'object') return { state: 'failed', error: answer }
      if (answer === 'throws') throw new TypeError('Cannot read properties of undefined')
      if (answer === 'unsupported') return { state: 'unsupported' }
      const hits = held.filter((one) => one.inquiryId === plan.inquiryId && one.findableAt <= ctx.now())
      const receipts = hits.map(({ receipt }) => receipt)
      if (answer === 'several') return { state: 'hits', hits: [...receipts, ...receipts], complete: true }
      return { state: 'hits', hits: answer === 'incomplete' ? [] : receipts, complete: answer !== 'incomplete' }
    },
    async find(wanted): Promise<LookupResult | { state: 'failed'; error: ArchiveError }> {
      calls.push('find')
      const answer = lookups.shift() ?? 'truth'
      if (typeof answer === 'object') return { state: 'failed', error: answer }
      if (answer === 'unsupported') return { state: 'unsupported' }
      const receipts = [...held.map(({ receipt }) => receipt), ...byHand]
      const hits = receipts.filter((receipt) => journalpostLabel(receipt) === journalpostLabel(wanted))
      return { state: 'hits', hits: hits.map((hit) => ({ ...hit, files: [] })), complete: true }
    },
    async submit(plan, ctx): Promise<SubmitResult> {
      calls.push('submit')
      const answer = sends.shift() ?? usually
      return answering(async () => {
        const files = inOneStep ? undefined : await upload(plan, ctx)
        const { correlation } = await ctx.step('send', async () =>
          send(plan, answer, files ?? (await Promise.all(filesOf(plan).map((file) => read(file, ctx)))), ctx)
        )
        const receipt = holding(correlation, ctx.now())
        if (!receipt || answer === 'accepted' || answer === 'swallowed') {
          return { state: 'accepted', handle: { correlation, sentAt: ctx.now() }, ...waiting(ctx.now()) }
        }
        return { state: 'archived', receipt: distorted(receipt, answer) }
      })
    },
    ...(mailbox && { inbound: mailbox.inbound }),
    ...(amends && { amend }),
    async settle(_plan, { correlation }, ctx): Promise<SubmitResult> {
      calls.push('settle')
      const answer = settles.shift() ?? 'truth'
      if (typeof answer === 'object') return { state: 'failed', error: answer }
      if (answer === 'throws') throw new TypeError('Cannot read properties of undefined')
      const written = readMessages(ctx.messages)
      if (written) return written
      const receipt = mailbox ? undefined : holding(correlation, ctx.now())
      if (!receipt) return { state: 'accepted', handle: { correlation, sentAt: ctx.now() }, ...waiting(ctx.now()) }
      return { state: 'archived', receipt: answer === 'truth' ? receipt : distorted(receipt, answer) }
    }
  }
  const journalposts = (inquiryId: string) =>
    held.filter((one) => one.inquiryId === inquiryId).map(({ receipt }) => receipt)
  const skjermingOf = (inquiryId: string) => skjermet.get(inquiryId)
  return { connector, sends, lookups, settles, amendments, calls, journalposts, skjermingOf, byHand }
}

const timeout: ArchiveError = { kind: 'unknown-outcome', message: 'Arkivet svarte ikke i tide.' }
const busy: ArchiveError = { kind: 'transient', message: 'Arkivet er opptatt.' }

/** Every file goes over the wire by itself, and may do so again. */
async function upload(plan: ArchivePlan, ctx: CallContext): Promise<readonly ReceivedFile[]> {
  const files: ReceivedFile[] = []
  for (const [n, file] of filesOf(plan).entries()) {
    files.push(await ctx.step(`fil ${n + 1}`, () => read(file, ctx), { safeToRepeat: true }))
  }
  return files
}

async function read({ referanseDokumentfil, sha256 }: ReturnType<typeof filesOf>[number], ctx: CallContext) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of await ctx.open(sha256)) {
    hash.update(chunk)
    size += chunk.length
  }
  return { referanseDokumentfil, sha256: hash.digest('hex'), size }
}

function distorted(receipt: Receipt, answer: SendAnswer | SettleAnswer): Receipt {
  const [first, ...others] = receipt.files
  switch (answer) {
    case 'wrong-checksum':
      return { ...receipt, files: [...others, ...(first ? [{ ...first, sha256: '0'.repeat(64) }] : [])] }
    case 'missing-file':
      return { ...receipt, files: others }
    case 'other-journalpost':
      return { ...receipt, journalpostSystemID: '00000000-0000-4000-8000-000000000000' }
    case 'other-case':
      return { ...receipt, sakssekvensnummer: receipt.sakssekvensnummer + 1 }
    default:
      return receipt
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
