import type { ArchiveErrorKind } from '../../src/domain/archive-answer.ts'
import type { Chance } from '../support/chance.ts'
import {
  type AmendAnswer,
  type LookupAnswer,
  type LyingArchive,
  lyingArchive,
  type SendAnswer,
  type SettleAnswer
} from '../support/lying-archive.ts'
import { type Letter, type LyingMailbox, lyingMailbox } from '../support/lying-mailbox.ts'

const error = (kind: ArchiveErrorKind) => ({ kind, message: 'Nei.' })

const sendAnswers: readonly SendAnswer[] = [
  ...(['archived', 'archived', 'accepted', 'accepted', 'swallowed', 'timeout-after-commit'] as const),
  ...([
    'timeout-before-commit',
    'wrong-checksum',
    'missing-file',
    'other-journalpost',
    'other-case',
    'throws',
    'hangs',
    'hangs-deaf'
  ] as const),
  ...(['transient', 'rate-limited', 'conflict', 'auth', 'config', 'payload', 'duplicate', 'not-found'] as const).map(
    error
  )
]

const lookupAnswers: readonly LookupAnswer[] = [
  ...(['truth', 'truth', 'incomplete', 'throws'] as const),
  ...(['transient', 'auth', 'not-found'] as const).map(error)
]

const settleAnswers: readonly SettleAnswer[] = [
  ...(['truth', 'wrong-checksum', 'throws'] as const),
  ...(['transient', 'auth', 'payload', 'unknown-outcome'] as const).map(error)
]

const amendAnswers: readonly AmendAnswer[] = [
  ...(['truth', 'timeout-after-commit', 'throws'] as const),
  ...(['transient', 'rate-limited', 'conflict', 'auth', 'not-found', 'unsupported', 'needs-human'] as const).map(error)
]

const letters: readonly (readonly Letter[])[] = [
  ...([[], ['mottatt'], ['kvittering', 'mottatt'], ['kvittering', 'kvittering'], ['kvittering-uten-nummer']] as const),
  ...(['payload', 'unknown-outcome'] as const).map((kind) => ['mottatt', error(kind)] as const)
]

const some = <Answer>(chance: Chance, answers: readonly Answer[]): readonly Answer[] =>
  Array.from({ length: chance.below(7) }, () => chance.oneOf(answers))

export const someAmendAnswers = (chance: Chance): readonly AmendAnswer[] => some(chance, amendAnswers)

export interface Misleading extends LyingArchive {
  /** Where it writes to us, when it does. */
  readonly mailbox?: LyingMailbox
}

/**
 * An archive with habits and some answers that chance has given it. What cannot be asked for our key may mislead in other
 * ways, but when it says that it has refused what it took, there is nothing but its word to go by.
 */
export function misleadingArchive(chance: Chance): Misleading {
  const canBeAsked = chance.happens(0.9)
  const isBelieved = (answer: SettleAnswer | Letter) =>
    canBeAsked || typeof answer === 'string' || answer.kind !== 'payload'
  const mailbox = chance.happens(0.25) ? lyingMailbox() : undefined
  const archive = lyingArchive({
    usually: chance.oneOf(['archived', 'accepted']),
    processingMs: chance.oneOf([0, 0, 5_000, 50_000]),
    inOneStep: chance.happens(0.5),
    canBeAsked,
    amends: chance.happens(0.7),
    pollMs: 30_000,
    giveUpMs: 300_000,
    ...(mailbox && { mailbox })
  })
  archive.sends.push(...some(chance, sendAnswers))
  archive.lookups.push(...some(chance, lookupAnswers))
  archive.settles.push(...some(chance, settleAnswers.filter(isBelieved)))
  mailbox?.letters.push(
    ...some(
      chance,
      letters.filter((written) => written.every(isBelieved))
    )
  )
  return { ...archive, ...(mailbox && { mailbox }) }
}
