import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { CallContext } from '../../../src/flow/ports.ts'
import { claimName, makeFolder, syncFolder, writeFileDurably } from './durable-files.ts'
import { absent, onDisk, refuseWhenLate } from './failure.ts'
import { ARKIVMELDING, CHANGES } from './package.ts'
import type { TemporaryFolders } from './temporary-folders.ts'

const TRIES_MAX = 20

/**
 * Lays the plan's arkivmelding under a package, durably: whole under another name first, then linked to the next free
 * number, which only one process can do. When the newest one there says the same, to the letter, that one stays.
 */
export async function addChange(
  place: string,
  { planId, temporary }: { readonly planId: string; readonly temporary: TemporaryFolders },
  ctx: CallContext
): Promise<void> {
  const recordXml = await ctx.recordXml()
  const isThere = () => onDisk(async () => (await newestIn(place)).recordXml === recordXml)
  if (!(await isThere())) {
    const folder = await onDisk(() => temporary.make(planId))
    try {
      const draft = join(folder, ARKIVMELDING)
      await onDisk(() => writeFileDurably(draft, recordXml))
      refuseWhenLate(ctx)
      await ctx.step('endring', () => onDisk(() => lay(draft, place, recordXml)), { safeToRepeat: true })
    } finally {
      await temporary.discard(folder)
    }
    if (!(await isThere())) throw unseen()
  }
  // Also for one that was there already: who linked it may not have come this far.
  await onDisk(() => syncFolder(join(place, CHANGES)).catch(absent))
}

async function lay(draft: string, place: string, recordXml: string): Promise<number> {
  const folder = join(place, CHANGES)
  await makeFolder(folder)
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const newest = await newestIn(place)
    if (newest.recordXml === recordXml) return newest.number
    const number = newest.number + 1
    if (await claimName(draft, join(folder, fileName(number)))) return number
  }
  throw new ArchiveFailure('transient', 'Arkivmappen er opptatt. Endringen prøves igjen av seg selv.')
}

/** The arkivmelding that holds for a package: the one of its latest change, or its own, which is number 0. */
async function newestIn(place: string): Promise<{ readonly number: number; readonly recordXml: string | undefined }> {
  const names = (await readdir(join(place, CHANGES)).catch(absent)) ?? []
  const number = Math.max(0, ...names.map((name) => (/^\d+\.xml$/.test(name) ? Number.parseInt(name, 10) : 0)))
  const path = number === 0 ? join(place, ARKIVMELDING) : join(place, CHANGES, fileName(number))
  return { number, recordXml: await readFile(path, 'utf8').catch(absent) }
}

const fileName = (number: number): string => `${String(number).padStart(4, '0')}.xml`

const unseen = () =>
  new ArchiveFailure(
    'needs-human',
    'Arkivmappen viser ikke endringen av en pakke som den har tatt imot. Kontroller mappen «endringer» i pakken.'
  )
