import { randomUUID } from 'node:crypto'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { ArchiveFailure, answering } from '../../../src/domain/archive-failure.ts'
import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'
import type { Receipt } from '../../../src/domain/receipt.ts'
import type { ArchiveConnector, ArchiveHealth, CallContext } from '../../../src/flow/ports.ts'
import { TITLE_LENGTH_MAX } from '../../../src/noark/titles.ts'
import { addChange } from './changes.ts'
import { onDisk, refuseWhenLate } from './failure.ts'
import { pack, placeOf, publish, readReceipt, refuseBadNames } from './package.ts'
import { openRegister, type Register } from './register.ts'
import { type TemporaryFolders, temporaryFolders } from './temporary-folders.ts'

const MB = 1_000_000
const SPACE_LOW_BYTES = 100 * MB
const SPACE_OUT_BYTES = 10 * MB

export const Settings = Type.Object({
  ARCHIVE_FOLDER: Type.String({
    minLength: 1,
    description: 'Mappen som er arkivet: register og én pakke for hver journalpost. Fra roten eller fra arbeidsmappen.'
  })
})
export type Settings = Readonly<Static<typeof Settings>>

/** A small archive of its own in a folder: it gives the numbers, keeps the packages and answers at once. */
export const folderArchive = {
  name: 'folder',
  settings: Settings,
  open({ ARCHIVE_FOLDER }: Settings): ArchiveConnector {
    const root = resolve(ARCHIVE_FOLDER)
    const archive = { root, register: openRegister(join(root, 'register')), temporary: temporaryFolders(root) }
    return {
      name: folderArchive.name,
      capabilities: {
        deliveriesAtOnceMax: 16,
        titleLengthMax: TITLE_LENGTH_MAX,
        skjerming: true,
        amends: ['skjerming']
      },
      health: () => health(archive),
      lacking: async () => [],
      lookup: (plan, ctx) =>
        answering(async () => {
          const receipt = await find(archive, plan, ctx)
          return { state: 'hits', hits: receipt ? [receipt] : [], complete: true }
        }),
      find: (wanted, { signal }) =>
        answering(async () => {
          await archive.register.refresh()
          const entry = archive.register.numbered(wanted)
          const receipt = entry && (await readReceipt(root, entry, signal))
          return { state: 'hits', hits: receipt ? [{ ...receipt, files: [] }] : [], complete: true }
        }),
      submit: (plan, ctx) =>
        answering(async () => {
          refuseBadNames(plan)
          const receipt = (await find(archive, plan, ctx)) ?? (await keep(archive, plan, ctx))
          return { state: 'archived', receipt }
        }),
      settle: (plan, _handle, ctx) =>
        answering(async () => {
          const receipt = await find(archive, plan, ctx)
          if (receipt) return { state: 'archived', receipt }
          throw new ArchiveFailure('unknown-outcome', 'Arkivmappen har ingen pakke for denne posten.')
        }),
      amend: (plan, { receipt }, ctx) =>
        answering(async () => {
          await amend(archive, plan, receipt, ctx)
          return { state: 'amended' }
        })
    }
  }
} as const

interface FolderArchive {
  readonly root: string
  readonly register: Register
  readonly temporary: TemporaryFolders
}

async function find(
  { root, register }: FolderArchive,
  plan: ArchivePlan,
  ctx: CallContext
): Promise<Receipt | undefined> {
  ctx.signal.throwIfAborted()
  await register.refresh()
  const entry = register.find(plan.externalKey.recordKey)
  return entry && readReceipt(root, entry, ctx.signal)
}

/**
 * Files first, so that what cannot be packed gets no number; then the number; then the package moves to its place. Each
 * part can be run again, so a crash anywhere leaves one package and no gap.
 */
async function keep(
  { root, register, temporary }: FolderArchive,
  plan: ArchivePlan,
  ctx: CallContext
): Promise<Receipt> {
  const folder = await onDisk(() => temporary.make(plan.planId))
  try {
    await pack(folder, plan, ctx)
    refuseWhenLate(ctx)
    const seq = await ctx.step('registrer', async () => (await register.append(plan, ctx.now(), ctx.signal)).seq, {
      safeToRepeat: true
    })
    await register.refresh()
    const entry = register.at(seq)
    if (entry?.recordKey !== plan.externalKey.recordKey) throw lost('oppføringen i registeret')

    const { at: _, ...numbers } = entry
    const manifest = { ...numbers, fagsystem: plan.externalKey.fagsystem, arkivertDato: ctx.now().toISOString() }
    refuseWhenLate(ctx)
    await ctx.step('publiser', () => publish(folder, root, manifest).then(() => true), { safeToRepeat: true })
    const receipt = await readReceipt(root, entry, ctx.signal)
    if (!receipt) throw lost('pakken')
    return receipt
  } finally {
    await temporary.discard(folder)
  }
}

/** The package stays as it is: what the plan says now lies beside it, and whoever publishes reads that. */
async function amend(archive: FolderArchive, plan: ArchivePlan, receipt: Receipt, ctx: CallContext): Promise<void> {
  const held = await find(archive, plan, ctx)
  if (!held) throw lost('pakken')
  if (held.journalpostSystemID !== receipt.journalpostSystemID) {
    const words = 'Pakken i arkivmappen er en annen enn den det ble kvittert for. Kontroller den.'
    throw new ArchiveFailure('needs-human', words)
  }
  await addChange(join(archive.root, placeOf(held)), { planId: plan.planId, temporary: archive.temporary }, ctx)
}

const lost = (what: string) =>
  new ArchiveFailure(
    'needs-human',
    `Arkivmappen har mistet ${what} for en post den har tatt imot. Hent fra sikkerhetskopi.`
  )

async function health({ root, register }: FolderArchive): Promise<ArchiveHealth> {
  try {
    await register.refresh()
    const probe = join(root, `.tmp-health-${randomUUID()}`)
    await onDisk(() => writeFile(probe, '').finally(() => rm(probe, { force: true })))
    const { bavail, bsize } = await onDisk(() => statfs(root))
    return healthAt(bavail * bsize)
  } catch (error) {
    if (error instanceof ArchiveFailure) return { state: 'down', message: error.error.message }
    throw error
  }
}

/** What the free space says, in bytes. */
export function healthAt(free: number): ArchiveHealth {
  if (free >= SPACE_LOW_BYTES) return { state: 'up', message: 'Arkivmappen er klar.' }
  const message = `Det er bare ${Math.floor(free / MB)} MB ledig der arkivmappen ligger. Frigjør plass.`
  return { state: free >= SPACE_OUT_BYTES ? 'slow' : 'down', message }
}
