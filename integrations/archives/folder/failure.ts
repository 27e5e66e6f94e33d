import type { ArchiveErrorKind } from '../../../src/domain/archive-answer.ts'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { ArchiveCall } from '../../../src/flow/ports.ts'

const FULL = 'Det er fullt på disken der arkivmappen ligger. Frigjør plass; sendingen prøves igjen av seg selv.'
const CLOSED = 'Tjenesten har ikke skrivetilgang til arkivmappen. Rett tilgangen og prøv igjen.'
const GONE = 'Arkivmappen finnes ikke, eller noe annet ligger på plassen. Kontroller ARCHIVE_FOLDER.'
const BUSY = 'Arkivmappen svarer ikke nå. Sendingen prøves igjen av seg selv.'

const classes: Partial<Record<string, readonly [ArchiveErrorKind, string]>> = {
  ENOSPC: ['transient', FULL],
  EDQUOT: ['transient', FULL],
  EACCES: ['config', CLOSED],
  EPERM: ['config', CLOSED],
  EROFS: ['config', CLOSED],
  // After the start the folder is there; now its disk is not.
  ENOENT: ['transient', GONE],
  ENOTDIR: ['config', GONE],
  ENOTSUP: ['config', 'Filsystemet til arkivmappen har ikke harde lenker. Velg en mappe på et annet filsystem.'],
  ENAMETOOLONG: ['payload', 'Et filnavn i pakken er for langt for filsystemet til arkivmappen.']
}

/**
 * Runs something against the file system and classes what goes wrong; everything unknown is `transient`. The words never
 * hold the system's own message, since paths hold file names.
 */
export async function onDisk<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const code = errorCode(cause)
    if (code === undefined) throw cause
    const [kind, message] = classes[code] ?? ['transient', BUSY]
    throw new ArchiveFailure(kind, message, { cause })
  }
}

/** Nothing, for a file that is not there; every other error is thrown on. */
export function absent(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error
}

/** The system's code of an error, such as ENOENT; undefined for an error that is not the system's. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** To be asked before a write that nobody may wait for any longer. */
export function refuseWhenLate({ signal, now, deadline }: ArchiveCall): void {
  signal.throwIfAborted()
  if (now() > deadline)
    throw new ArchiveFailure('transient', 'Arkivmappen var for treg. Sendingen prøves igjen av seg selv.')
}
