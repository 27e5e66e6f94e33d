import { readFile } from 'node:fs/promises'
import { archivedPdfLevels } from '../../domain/file-formats.ts'
import type { AttachmentFinding, NotConverted } from '../../domain/prepared-attachment.ts'
import type { Look, ToLookProcess } from './look-messages.ts'
import { type PdfFacts, pdfFacts } from './pdf-facts.ts'
import { polyglot } from './polyglot.ts'

/** Says what a PDF is. It is never converted, shown or run. One that claims to be PDF/A is taken at its word. */
export async function lookAtPdf({ path, mediaType }: ToLookProcess): Promise<Look> {
  const bytes = await readFile(path)
  const facts = pdfFacts(bytes)
  const reason = whyNotArchived(facts)
  const detaljer = facts.level === undefined ? facts.version && `PDF ${facts.version}` : `PDF/A-${facts.level}`
  return {
    outcome: reason === undefined ? { kind: 'kept' } : { kind: 'not-converted', reason },
    findings: [...findingsOf(facts), ...polyglot(bytes, mediaType)],
    ...(detaljer && { formatDetaljer: detaljer })
  }
}

/** What contradicts a claim comes before the claim: PDF/A has no encryption and no scripts (ISO 19005-2 §6.1.3, 6.5). */
function whyNotArchived({ isEncrypted, isScripted, isWhole, level }: PdfFacts): NotConverted | undefined {
  if (isEncrypted) return 'encrypted'
  if (isScripted) return 'scripted'
  if (!isWhole) return 'damaged'
  return level !== undefined && Object.hasOwn(archivedPdfLevels, level) ? undefined : 'not-pdfa'
}

function findingsOf({ isEncrypted, isScripted, hasFiles, level }: PdfFacts): readonly AttachmentFinding[] {
  return [
    ...(isEncrypted ? [{ kind: 'encrypted' } as const] : []),
    ...(isScripted ? [{ kind: 'scripted' } as const] : []),
    ...(hasFiles ? [{ kind: 'embedded-files' } as const] : []),
    ...(level === undefined ? [] : [{ kind: 'claims-pdfa', level } as const])
  ]
}
