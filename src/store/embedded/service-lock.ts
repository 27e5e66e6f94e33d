import { randomUUID } from 'node:crypto'
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { pid } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { processStart, processWorld } from './process-identity.ts'

const HEARTBEAT_MS = 1_000
/** A holder whose process we cannot see is believed gone when its file has not been touched for this long. */
const SILENCE_MS = 5_000
const ATTEMPTS_MAX = 20

/**
 * A lock file that says which process holds it. It outlives a killed holder, so its content decides, not its presence.
 */
export interface ServiceLock {
  release(): Promise<void>
}

interface Claim {
  readonly nonce: string
  readonly pid: number
  readonly startedAt: string | undefined
  readonly world: string
}

/**
 * Takes the lock, or answers who holds it. A lock left behind by a dead process is taken over, by exactly one taker.
 */
export async function takeServiceLock(path: string): Promise<ServiceLock | { readonly heldBy: string }> {
  const claim: Claim = { nonce: randomUUID(), pid, startedAt: processStart(pid), world: processWorld() }
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    if (await place(path, claim)) return hold(path, claim)
    const held = await readClaim(path)
    if (held === undefined) continue
    if (await isAlive(path, held)) return { heldBy: `prosess ${held.pid}` }
    // Only the holder of the lock named after this very claim may remove it. Without that, a slow taker who has seen
    // the dead claim could remove the claim of a faster one.
    const removal = await takeServiceLock(`${path}.${held.nonce}`)
    if ('heldBy' in removal) return removal
    if ((await readClaim(path))?.nonce === held.nonce) await rm(path, { force: true })
    await removal.release()
  }
  return { heldBy: 'flere tjenester som starter samtidig' }
}

/** Creates the file with its content in one step; false when it exists. */
async function place(path: string, claim: Claim): Promise<boolean> {
  const draft = `${path}-${claim.nonce}`
  await writeFile(draft, JSON.stringify(claim), { mode: 0o600, flush: true })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

function hold(path: string, claim: Claim): ServiceLock {
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, HEARTBEAT_MS).unref()
  return {
    async release() {
      clearInterval(heartbeat)
      if ((await readClaim(path))?.nonce === claim.nonce) await rm(path, { force: true })
    }
  }
}

async function readClaim(path: string): Promise<Claim | undefined> {
  try {
    const text = await readFile(path, 'utf8')
    // A power cut can leave the name without the content. Its holder is then of a world we do not know.
    return (
      parseClaim(text) ?? { nonce: `unreadable-${(await stat(path)).ino}`, pid: 0, startedAt: undefined, world: '' }
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function parseClaim(text: string): Claim | undefined {
  try {
    const claim = JSON.parse(text) as Claim
    return /^[0-9a-f-]{36}$/.test(claim.nonce) ? claim : undefined
  } catch {
    return undefined
  }
}

/**
 * Within our own world the process table is exact; in another (container, machine, before a reboot) the heartbeat
 * tells.
 */
async function isAlive(path: string, held: Claim): Promise<boolean> {
  if (held.world === processWorld()) return held.startedAt !== undefined && processStart(held.pid) === held.startedAt
  const before = await touchedAt(path)
  for (let waitedMs = 0; waitedMs < SILENCE_MS; waitedMs += HEARTBEAT_MS / 2) {
    await wait(HEARTBEAT_MS / 2)
    const now = await touchedAt(path)
    if (now === undefined) return false
    if (now !== before) return true
  }
  return false
}

const touchedAt = (path: string) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined
  )
