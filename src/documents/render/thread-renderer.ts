import { addAbortSignal } from 'node:stream'
import type { BlobStore, DocumentRenderer } from '../../flow/ports.ts'
import { processPool } from '../processes/process-pool.ts'
import { startProcess } from '../processes/start-process.ts'
import { notRendered, type RenderJob, renderKind } from './render-kind.ts'
import { type PdfaLevel, PICTURE_SIZE_MAX } from './render-messages.ts'

export interface ThreadRendererDeps {
  readonly blobs: Pick<BlobStore, 'open'>
  readonly log: (facts: Record<string, unknown>, message: string) => void
  /** Documents rendered at the same time. */
  readonly processes?: number
  /** For one document, from when a process takes it. */
  readonly timeoutMs?: number
  /** What the documents claim to be, and are held to. */
  readonly level?: PdfaLevel
}

/** Renders threads as PDF/A-2 with Typst, in processes of their own. `close` ends them. */
export function threadRenderer({
  blobs,
  log,
  processes = 1,
  timeoutMs = 30_000,
  level = '2a'
}: ThreadRendererDeps): DocumentRenderer & { close(): Promise<void> } {
  const pool = processPool<RenderJob, Uint8Array>({
    ...{ processes, timeoutMs },
    start: () => startProcess(renderKind(), log),
    refusal: notRendered
  })

  async function openPicture(sha256: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of addAbortSignal(signal, await blobs.open(sha256))) {
      chunks.push(chunk)
      size += chunk.length
      if (size > PICTURE_SIZE_MAX) return undefined
    }
    return Buffer.concat(chunks)
  }

  return {
    formatDetaljer: `PDF/A-${level}`,
    render: (document, signal) => pool.run({ document, level, openPicture, ...(signal && { signal }) }),
    close: pool.close
  }
}
