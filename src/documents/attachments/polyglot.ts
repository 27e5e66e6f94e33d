import type { AttachmentFinding } from '../../domain/prepared-attachment.ts'

const PDF_HEAD = 1024 // how far in readers look for the header of a PDF
const ZIP_TAIL = 65_557 // how far from the end the last record of a ZIP may begin (APPNOTE 4.3.16)

/** What else a file can be opened as: formats that readers find in other places than the start. */
export function polyglot(bytes: Buffer, mediaType: string): readonly AttachmentFinding[] {
  const also = (isIt: boolean, as: string): readonly AttachmentFinding[] =>
    isIt && mediaType !== as ? [{ kind: 'polyglot', mediaType: as }] : []
  return [...also(holdsPdf(bytes), 'application/pdf'), ...also(endsAsZip(bytes), 'application/zip')]
}

const holdsPdf = (bytes: Buffer): boolean => bytes.subarray(0, PDF_HEAD).includes('%PDF-')

/** The last record is there and the directory that it names lies right before it. */
function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(-ZIP_TAIL)
  const at = tail.lastIndexOf('PK\u0005\u0006')
  if (at < 0 || at + 22 > tail.length) return false
  const end = bytes.length - tail.length + at
  const directory = end - bytes.readUInt32LE(end + 12)
  return directory >= 0 && bytes.toString('latin1', directory, directory + 4) === 'PK\u0001\u0002'
}
