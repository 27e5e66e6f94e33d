import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LimitExceeded, Unavailable } from '../../domain/errors.ts'
import type { StoredBlob } from '../../flow/ports.ts'
import { SNIFF_BYTES, sniff } from './sniff.ts'

export interface SpoolOptions {
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Writes a stream to an open file and tells what went by. Throws LimitExceeded above `maxBytes`, Unavailable when the
 * disk fails, and the stream's own error or the abort reason unchanged. The stream is destroyed on each of these.
 */
export async function spool(bytes: Readable, file: FileHandle, options: SpoolOptions): Promise<StoredBlob> {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let size = 0
  const write = async (chunks: AsyncIterable<Buffer | string>) => {
    for await (const piece of chunks) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece
      if (size < SNIFF_BYTES) head.push(chunk.subarray(0, SNIFF_BYTES - size))
      size += chunk.length
      if (size > options.maxBytes) throw tooLarge(options.maxBytes)
      hash.update(chunk)
      await file.writeFile(chunk).catch(filesUnavailable)
    }
  }
  await pipeline(bytes, write, options.signal ? { signal: options.signal } : {})
  return { sha256: hash.digest('hex'), size, mediaType: await sniff(Buffer.concat(head)) }
}

const tooLarge = (maxBytes: number) =>
  new LimitExceeded(`Filen er større enn grensen på ${maxBytes.toLocaleString('nb-NO')} byte. Ingenting er lagret.`)

const explanations: Partial<Record<string, string>> = {
  ENOSPC: 'Det er fullt på disken der filene lagres. Frigjør plass og prøv igjen.',
  EDQUOT: 'Diskkvoten for fillageret er brukt opp. Øk kvoten og prøv igjen.',
  EROFS: 'Disken der filene lagres, kan bare leses. Gjør den skrivbar og prøv igjen.',
  EACCES: 'Tjenesten har ikke tilgang til mappen der filene lagres. Rett tilgangen og prøv igjen.',
  EPERM: 'Tjenesten har ikke tilgang til mappen der filene lagres. Rett tilgangen og prøv igjen.'
}

/** Throws Unavailable('files-unavailable') for a fault of the file system; the fault itself is the cause. */
export function filesUnavailable(cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  const message = explanations[code] ?? 'Fillageret svarer ikke. Prøv igjen om litt.'
  throw new Unavailable('files-unavailable', message, { cause })
}
