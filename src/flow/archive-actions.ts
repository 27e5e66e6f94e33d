import type { ArchiveStatusDeps } from './archive-status.ts'

/** A person says: send nothing for now. What comes in is kept and made ready all the same. */
export const pauseArchive = ({ store, archive, now }: ArchiveStatusDeps, reason: string, by: string): Promise<void> =>
  store.gate.pause(archive.name, { at: now(), by, reason })

/** A person says: send again, whatever had stopped it. What has waited is brought by the next sweep. */
export const resumeArchive = ({ store, archive, now }: ArchiveStatusDeps, by: string): Promise<void> =>
  store.gate.resume(archive.name, now(), by)
