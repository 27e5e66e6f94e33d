import { readFile } from 'node:fs/promises'
import type { AttachmentFinding } from '../../domain/prepared-attachment.ts'
import type { Look, ToLookProcess } from './look-messages.ts'

/** A ZIP, or a document that is one. Its directory is read, its files are not. */
export async function lookAtZip({ path }: ToLookProcess): Promise<Look> {
  return { outcome: { kind: 'kept' }, findings: entryFindings(await readFile(path)) }
}

const ENTRY = Buffer.from('PK\u0001\u0002', 'latin1')

/** What the entries of the central directory say (APPNOTE 4.3.12). */
function entryFindings(bytes: Buffer): readonly AttachmentFinding[] {
  let isEncrypted = false
  let isScripted = false
  for (let at = bytes.indexOf(ENTRY); at >= 0 && at + 46 <= bytes.length; at = bytes.indexOf(ENTRY, at + 46)) {
    const name = bytes.toString('latin1', at + 46, at + 46 + bytes.readUInt16LE(at + 28))
    isEncrypted ||= (bytes.readUInt16LE(at + 8) & 1) === 1
    isScripted ||= /(^|\/)(vbaProject\.bin$|Basic\/)/i.test(name)
  }
  return [
    ...(isEncrypted ? [{ kind: 'encrypted' } as const] : []),
    ...(isScripted ? [{ kind: 'scripted' } as const] : [])
  ]
}
