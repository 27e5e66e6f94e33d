import { statfs } from 'node:fs/promises'
import { Unavailable } from '../../domain/errors.ts'

export interface DiskRoomOptions {
  readonly folder: string
  /** What must be left on the disk. */
  readonly freeBytesMin: number
  /** Bytes free where the folder lies. */
  readonly freeBytes?: (folder: string) => Promise<number>
}

/** How long a measurement holds. A disk does not fill up in a second, and every request asks. */
const MEASURED_MS = 1_000

/**
 * Says no before the disk is full, while there is room to finish what has been taken in: throws Unavailable('disk-full').
 * A disk that cannot be measured is taken to have room; writing to it tells.
 */
export function diskRoom({ folder, freeBytesMin, freeBytes = freeOn }: DiskRoomOptions): () => Promise<void> {
  let measured: { readonly at: number; readonly free: Promise<number> } | undefined
  return async () => {
    const at = performance.now()
    if (!measured || at - measured.at > MEASURED_MS) {
      measured = { at, free: freeBytes(folder).catch(() => Number.POSITIVE_INFINITY) }
    }
    if ((await measured.free) >= freeBytesMin) return
    throw new Unavailable(
      'disk-full',
      'Disken er nesten full, så Arkivbro tar ikke imot mer nå. Ingenting av dette er lagret. Prøv igjen senere, og si fra til driften.'
    )
  }
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
