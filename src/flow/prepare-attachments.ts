import type { Attachment, Trouble } from '../domain/inquiry.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import type { AttachmentPreparer, Clock } from './ports.ts'

/** How long the attachments of one inquiry may be worked on; those that are left are only scanned for viruses. */
export const CONVERTING_MS_MAX = 600_000

/** Prepares the attachments one by one, so that few bytes are on their way at a time. Stops at one that is not safe. */
export async function prepareAttachments(
  { preparer, now }: { readonly preparer: AttachmentPreparer; readonly now: Clock },
  attachments: readonly Attachment[],
  signal: AbortSignal
): Promise<readonly PreparedAttachment[]> {
  const convertUntil = now().getTime() + CONVERTING_MS_MAX
  const prepared: PreparedAttachment[] = []
  for (const attachment of attachments) {
    const convert = now().getTime() < convertUntil
    prepared.push(await preparer.prepare(attachment, { convert, signal }))
    if (attachmentTrouble(prepared)) break
  }
  return prepared
}

/** Why a person must look before anything of the inquiry is shown or sent. Names no file: what it says goes to the log. */
export function attachmentTrouble(prepared: readonly PreparedAttachment[]): Trouble | undefined {
  const [trouble] = prepared.flatMap(({ outcome }, index) => {
    const which = `Vedlegg ${index + 1}`
    if (outcome.kind === 'infected') return [infected(which, outcome.signature)]
    return outcome.kind === 'not-scanned' ? [notScanned(which)] : []
  })
  return trouble
}

const infected = (which: string, signature: string): Trouble => ({
  code: 'attachment-infected',
  message:
    `${which} inneholder skadevare (${signature}). Ingenting er sendt til arkivet, og filen er verken vist eller ` +
    'konvertert, men den er lagret som den kom. Avvis henvendelsen, eller velg «rett og send» uten vedlegget.'
})

const notScanned = (which: string): Trouble => ({
  code: 'attachment-not-scanned',
  message:
    `${which} er større enn virusskanneren tar imot. Ingenting er sendt til arkivet. Øk StreamMaxLength for clamd og ` +
    'prøv igjen, eller velg «rett og send» uten vedlegget.'
})
