import type { ArchiveErrorKind } from '../../src/domain/archive-answer.ts'
import type { Chance } from '../support/chance.ts'
import {
  type LookupAnswer,
  type LyingArchive,
  lyingArchive,
  type SendAnswer,
  type SettleAnswer
} from '../support/lying-archive.ts'

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

/**
 * An archive with habits and some answers that chance has given it. What cannot be asked for our key may mislead in other
 * ways, but when it says that it has refused what it took, there is nothing but its word to go by.
 */
export function misleadingArchive(chance: Chance): LyingArchive {
  const canBeAsked = chance.happens(0.9)
  const settles = settleAnswers.filter(
    (answer) => canBeAsked || typeof answer === 'string' || answer.kind !== 'payload'
  )
  const archive = lyingArchive({
    usually: chance.oneOf(['archived', 'accepted']),
    processingMs: chance.oneOf([0, 0, 5_000, 50_000]),
    inOneStep: chance.happens(0.5),
    canBeAsked,
    pollMs: 30_000,
    giveUpMs: 300_000
  })
  const some = <Answer>(answers: readonly Answer[]) =>
    Array.from({ length: chance.below(7) }, () => chance.oneOf(answers))
  archive.sends.push(...some(sendAnswers))
  archive.lookups.push(...some(lookupAnswers))
  archive.settles.push(...some(settles))
  return archive
}
