import type { ArchivePlan } from '../domain/archive-plan.ts'
import type { Trouble } from '../domain/inquiry.ts'

const MB = 1_048_576

/** Why a person must look when a file is larger than the archive takes, in bytes. Names no file: it goes to the log. */
export function fileSizeTrouble({ record }: ArchivePlan, fileBytesMax: number | undefined): Trouble | undefined {
  if (fileBytesMax === undefined) return undefined
  for (const { dokumentnummer, tilknyttetRegistreringSom, objekter } of record.dokumenter) {
    const largest = Math.max(...objekter.map(({ filstoerrelse }) => filstoerrelse))
    if (largest <= fileBytesMax) continue
    const which = tilknyttetRegistreringSom === 'V' ? `Vedlegg ${dokumentnummer - 1}` : 'Hoveddokumentet'
    return {
      code: 'file-too-large-for-archive',
      message:
        `${which} er ${Math.ceil(largest / MB)} MB, og arkivet tar ikke imot filer over ${Math.floor(fileBytesMax / MB)} MB. ` +
        'Ingenting er sendt til arkivet. Få grensen hevet og prøv igjen, eller arkiver henvendelsen for hånd.'
    }
  }
  return undefined
}
