import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'
import { type JournalpostNumbers, journalpostLabel } from '../../../src/domain/receipt.ts'
import { claimName, makeFolder, syncFolder, writeFileDurably } from './durable-files.ts'
import { Entry } from './entry.ts'
import { absent, onDisk } from './failure.ts'
import { type Ledger, newLedger, next } from './numbering.ts'

export interface Register {
  /** Reads what others have added since the last time. */
  refresh(): Promise<void>
  find(recordKey: string): Entry | undefined
  at(seq: number): Entry | undefined
  numbered(numbers: JournalpostNumbers): Entry | undefined
  /** Gives the plan's journalpost its numbers, durably; the same numbers when it has got them before. */
  append(plan: ArchivePlan, now: Date, signal: AbortSignal): Promise<Entry>
}

// Compiled, since a register is read whole at the start.
const isEntry = Compile(Entry)
const READ_AT_ONCE = 64
const STUCK_TRIES = 20
const STUCK_WAIT_MS = 25
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * The register: an append-only log in total order, one small file for each entry. An entry is linked to the next free
 * name, which only one process can do; who comes second reads the winner's entry and decides again. So several processes
 * share it without a lock, and numbers follow from the log alone.
 */
export function openRegister(folder: string): Register {
  const ledger = newLedger()
  const { entries } = ledger
  let opened = false

  async function refresh(): Promise<void> {
    if (!opened) {
      await onDisk(() => makeFolder(folder))
      await onDisk(() => removeAbandoned(folder))
    }
    await readOn(folder, ledger)
    if (!opened) await refuseHoles(folder, ledger)
    opened = true
  }

  async function append(plan: ArchivePlan, now: Date, signal: AbortSignal): Promise<Entry> {
    let wanted = 0
    for (let stuck = 0; stuck < STUCK_TRIES; ) {
      signal.throwIfAborted()
      await refresh()
      const entry = next(ledger, plan, now)
      if (entry.seq <= entries.length || (await claim(folder, entry))) {
        // Also for one that was there already: who linked it may not have come this far.
        await onDisk(() => syncFolder(folder))
        await refresh()
        return entry
      }
      // Taken again, and yet nothing new to read: the file system shows us something old.
      stuck = entry.seq > wanted ? 0 : stuck + 1
      wanted = entry.seq
      if (stuck > 0) await wait(STUCK_WAIT_MS, undefined, { signal })
    }
    throw new ArchiveFailure('transient', 'Registeret i arkivmappen er opptatt. Sendingen prøves igjen av seg selv.')
  }

  // Those of one process wait for each other, and only processes race.
  let last: Promise<unknown> = Promise.resolve()
  return {
    refresh,
    find: (recordKey) => ledger.byRecord.get(recordKey),
    at: (seq) => entries[seq - 1],
    numbered: (numbers) => entries.find((entry) => journalpostLabel(entry) === journalpostLabel(numbers)),
    append(plan, now, signal) {
      const appended = last.then(() => append(plan, now, signal))
      last = appended.catch(() => undefined)
      return appended
    }
  }
}

/** Reads to the end, at most 64 entries in one go: the event loop gets a turn between, and few turns are lost on it. */
async function readOn(folder: string, ledger: Ledger): Promise<void> {
  for (;;) {
    const entry = await readEntry(folder, ledger.entries.length + 1)
    if (!entry) return
    ledger.add(entry)
    await onDisk(async () => {
      for (let more = 1; more < READ_AT_ONCE; more += 1) {
        const seq = ledger.entries.length + 1
        const text = orAbsent(() => readFileSync(join(folder, fileName(seq)), 'utf8'))
        if (text === undefined) return
        ledger.add(entryOf(text, seq))
      }
    })
  }
}

async function readEntry(folder: string, seq: number): Promise<Entry | undefined> {
  const text = await onDisk(() => readFile(join(folder, fileName(seq)), 'utf8').catch(absent))
  return text === undefined ? undefined : entryOf(text, seq)
}

function orAbsent<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    return absent(error)
  }
}

function entryOf(text: string, seq: number): Entry {
  try {
    const entry: unknown = JSON.parse(text)
    if (isEntry.Check(entry) && entry.seq === seq) return entry
  } catch {
    // Said below, in words.
  }
  throw needsHuman(`Oppføring ${seq} i registeret er skadet. Hent den fra sikkerhetskopi før noe mer arkiveres.`)
}

/** Whether this process got the place; false when another was first. */
async function claim(folder: string, entry: Entry): Promise<boolean> {
  const path = join(folder, `.tmp-${randomUUID()}`)
  return onDisk(async () => {
    try {
      await writeFileDurably(path, `${JSON.stringify(entry)}\n`)
      return await claimName(path, join(folder, fileName(entry.seq)))
    } finally {
      await rm(path, { force: true })
    }
  })
}

/** An entry that was lost would have its numbers given out again. */
async function refuseHoles(folder: string, { entries }: Ledger): Promise<void> {
  const names = await onDisk(() => readdir(folder))
  const last = Math.max(0, ...names.map((name) => (/^\d+\.json$/.test(name) ? Number.parseInt(name, 10) : 0)))
  // Others may have added since the names were read, never removed.
  if (last <= entries.length || (await readEntry(folder, entries.length + 1))) return
  throw needsHuman(
    `Oppføring ${entries.length + 1} mangler i registeret. Hent den fra sikkerhetskopi før noe mer arkiveres.`
  )
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((name) => name.startsWith('.tmp-'))) {
    const path = join(folder, name)
    const file = await stat(path).catch(() => undefined)
    if (file && file.mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(path, { force: true })
  }
}

const fileName = (seq: number) => `${String(seq).padStart(9, '0')}.json`

const needsHuman = (message: string) => new ArchiveFailure('needs-human', message)
