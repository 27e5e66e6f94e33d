import { createHash } from 'node:crypto'
import { ArchiveFailure, unreadable } from '../../../src/domain/archive-failure.ts'
import type { DokumentobjektPlan } from '../../../src/domain/archive-plan.ts'
import type { CallContext } from '../../../src/flow/ports.ts'

/**
 * Reads every file through and compares it with the plan, before the archive hears of anything: what cannot be
 * delivered whole must leave nothing behind.
 */
export async function refuseWrongFiles(files: readonly DokumentobjektPlan[], ctx: CallContext): Promise<void> {
  for (const [at, { sha256, filstoerrelse }] of files.entries()) {
    const hash = createHash('sha256')
    let size = 0
    const source = await ctx.open(sha256)
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
