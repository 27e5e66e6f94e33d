import { open } from 'node:fs/promises'
import { type Look, notConverted, type ToLookProcess } from './look-messages.ts'

/** Ogg is an archive format with FLAC in it (PRONOM fmt/947), and with nothing else. */
export async function lookAtSound({ path }: ToLookProcess): Promise<Look> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(4096)
    await file.read(head, 0, head.length, 0)
    if (!head.includes('\u007fFLAC', 0, 'latin1')) return notConverted('no-converter')
    return { outcome: { kind: 'kept' }, findings: [], formatDetaljer: 'Ogg FLAC' }
  } finally {
    await file.close()
  }
}
