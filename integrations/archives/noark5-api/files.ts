import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { DokumentobjektPlan } from '../../../src/domain/archive-plan.ts'
import { NotFound, Unavailable } from '../../../src/domain/errors.ts'
import type { CallContext } from '../../../src/flow/ports.ts'
import { ArchiveFailure } from './failure.ts'

/**
 * Reads every file through and compares it with the plan, before the archive hears of anything: what cannot be
 * delivered whole must leave nothing behind.
 */
export async function refuseWrongFiles(files: readonly DokumentobjektPlan[], ctx: CallContext): Promise<void> {
  for (const [at, { sha256, filstoerrelse }] of files.entries()) {
    const hash = createHash('sha256')
    let size = 0
    const source = await openFile(sha256, ctx)
    try {
      for await (const chunk of source) {
        ctx.signal.throwIfAborted()
        hash.update(chunk)
        size += chunk.length
        if (size > filstoerrelse) break
      }
    } catch (error) {
      ctx.signal.throwIfAborted()
      throw unreadable(error)
    } finally {
      source.destroy()
    }
    if (size !== filstoerrelse || hash.digest('hex') !== sha256) {
      const words = `Fil ${at + 1} har et annet innhold enn da posten ble gjort klar. Ingenting er sendt til arkivet.`
      throw new ArchiveFailure('payload', words)
    }
  }
}

/** The bytes of a file of the plan. Throws ArchiveFailure when they are not to be had. */
export async function openFile(sha256: string, ctx: CallContext): Promise<Readable> {
  ctx.signal.throwIfAborted()
  return ctx.open(sha256).catch((cause: unknown) => {
    if (cause instanceof Unavailable) throw new ArchiveFailure('transient', cause.message, { cause })
    if (!(cause instanceof NotFound)) throw cause
    const message = 'En fil som hører til posten, finnes ikke i fillageret. Hent den fra sikkerhetskopi.'
    throw new ArchiveFailure('needs-human', message, { cause })
  })
}

const unreadable = (cause: unknown) =>
  new ArchiveFailure(
    'transient',
    'En fil lot seg ikke lese ferdig fra fillageret. Sendingen prøves igjen av seg selv.',
    { cause }
  )
