import { readFile } from 'node:fs/promises'
import type { AttachmentFinding } from '../../domain/prepared-attachment.ts'
import { type Look, notConverted, type ToLookProcess } from './look-messages.ts'

/**
 * SVG, HTML and XML are read as text and never drawn or run. SVG is in no archive format: drawing it means running a
 * program that the sender wrote, and without the sender's fonts and pictures its words would silently be gone.
 */
export async function lookAtMarkup({ path, mediaType }: ToLookProcess): Promise<Look> {
  const findings = markupFindings(await readFile(path, 'utf8'))
  if (mediaType === 'image/svg+xml') return notConverted('drawing', findings)
  return { outcome: { kind: 'kept' }, findings }
}

const script =
  /<(?:[\w-]+:)?script[\s>/]|\son\w+\s*=|(?:href|src)\s*=\s*(?:["']\s*)?javascript:|<(?:[\w-]+:)?foreignObject[\s>/]/i
const outside =
  /(?:href|src|data|action)\s*=\s*(?:["']\s*)?(?:[a-z][a-z0-9+.-]*:)?\/\/|url\(\s*(?:["']\s*)?(?:[a-z][a-z0-9+.-]*:)?\/\/|@import|<!ENTITY\s/i

/** Words that make a reader run or fetch something. Too many are found rather than too few. */
function markupFindings(text: string): readonly AttachmentFinding[] {
  return [
    ...(script.test(text) ? [{ kind: 'scripted' } as const] : []),
    ...(outside.test(text) ? [{ kind: 'external-references' } as const] : [])
  ]
}
