import type { ArchiveError, ArchiveErrorKind } from './archive-answer.ts'

/** A failure at an archive on its way up to the connector, which gives it back as a value. */
export class ArchiveFailure extends Error {
  error: ArchiveError

  constructor(kind: ArchiveErrorKind, message: string, { retryAfterMs, cause }: FailureOptions = {}) {
    super(message, { cause })
    this.name = 'ArchiveFailure'
    this.error = { kind, message, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }

  /** The same, knowing where it happened; the innermost step says it first. */
  during(step: string): this {
    this.error = { step, ...this.error }
    return this
  }
}

interface FailureOptions extends ErrorOptions, Pick<ArchiveError, 'retryAfterMs'> {}

/** A failure becomes an answer; what is stopped, left open by an earlier try, or a fault of our own goes on up. */
export async function answering<T>(run: () => Promise<T>): Promise<T | { state: 'failed'; error: ArchiveError }> {
  try {
    return await run()
  } catch (failure) {
    if (failure instanceof ArchiveFailure) return { state: 'failed', error: failure.error }
    throw failure
  }
}

/** A file of the plan that could be opened and not be read to its end. */
export const unreadable = (cause: unknown) =>
  new ArchiveFailure(
    'transient',
    'En fil lot seg ikke lese ferdig fra fillageret. Sendingen prøves igjen av seg selv.',
    { cause }
  )
