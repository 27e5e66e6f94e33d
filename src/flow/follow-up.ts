import { createHash } from 'node:crypto'
import { Refused } from '../domain/errors.ts'
import type { LetterChannel } from '../domain/inquiry.ts'
import { type JournalpostNumbers, journalpostLabel } from '../domain/receipt.ts'
import { wrongState } from './decide.ts'
import { type FindDeps, findJournalpost } from './find-journalpost.ts'
import {
  type HandedIn,
  type Received,
  type ReceiveInquiryDeps,
  receiveInquiry,
  type Submission
} from './receive-inquiry.ts'
import type { FollowUpStore, LinkedJournalpost, Store } from './store-port.ts'

export interface FollowUpDeps extends FindDeps {
  readonly store: Pick<Store, 'inquiries'>
  readonly followUps: FollowUpStore
}

/**
 * Links an inquiry to a journalpost that somebody has made of what came later, after the archive has shown that it is
 * there. Linking twice changes nothing. Throws NotFound, Conflict (`inquiry-in-wrong-state` until the inquiry has a case,
 * `archive-cannot-be-asked`), Refused (`journalpost-elsewhere`, `journalpost-not-found`), Unavailable.
 */
export async function linkJournalpost(
  deps: FollowUpDeps,
  id: string,
  journalpost: JournalpostNumbers,
  actor: string
): Promise<LinkedJournalpost> {
  const { status } = await deps.store.inquiries.get(id)
  if (!('receipt' in status)) throw noCaseYet(id)
  const { saksaar, sakssekvensnummer } = status.receipt
  if (saksaar !== journalpost.saksaar || sakssekvensnummer !== journalpost.sakssekvensnummer) {
    throw elsewhere(journalpost, `${saksaar}/${sakssekvensnummer}`)
  }
  const receipt = await findJournalpost(deps, id, journalpost)
  return deps.followUps.link(id, receipt, deps.now(), actor)
}

/** What came later by e-mail or letter, as somebody hands it in. */
export interface LaterLetter extends Pick<Submission, 'attachments'> {
  readonly channel: LetterChannel
  /** Who hands it in. */
  readonly by: string
  readonly receivedAt: Date
  /** Name or address of who wrote, as it stands in the letter. */
  readonly from?: string
  readonly subject?: string
  readonly text?: string
  /** Message-ID, or the number of a letter. Absent: the same words at the same time are the same letter. */
  readonly externalId?: string
  readonly category?: string
}

/**
 * Keeps an e-mail or letter that follows an inquiry: journaled in the same saksmappe, as surely as anything that comes
 * in. Throws NotFound, Refused, Unavailable.
 */
export async function receiveFollowUp(
  deps: ReceiveInquiryDeps,
  id: string,
  letter: LaterLetter,
  handedIn: HandedIn
): Promise<Received> {
  const { inquiry } = await deps.store.inquiries.get(id)
  const { channel, by, receivedAt, from, subject, text, attachments, externalId, category } = letter
  const { protectedPerson } = inquiry.mark
  return receiveInquiry(deps, {
    content: {
      ...{ source: channel, kind: 'message', event: { type: 'created' }, publishedAt: receivedAt, media: [] },
      externalId: externalId ?? ownName(id, letter),
      author: from === undefined ? {} : { displayName: from },
      text: [subject, text].filter((part) => part !== undefined && part !== '').join('\n\n'),
      context: { parents: [], siblings: [] }
    },
    mark: {
      ...{ by, reason: 'Kom på e-post eller brev etter en henvendelse i sosiale medier.' },
      ...(category !== undefined && { category }),
      ...(protectedPerson !== undefined && { protectedPerson })
    },
    attachments,
    follows: id,
    direction: 'incoming',
    ...handedIn
  })
}

function ownName(id: string, { channel, receivedAt, from, subject, text, attachments }: LaterLetter): string {
  const told = JSON.stringify([channel, receivedAt, from, subject, text, attachments.map((file) => file.id)])
  return `${id}#${createHash('sha256').update(told).digest('hex').slice(0, 32)}`
}

const noCaseYet = (id: string) =>
  wrongState(`Henvendelsen ${id} er ikke journalført ennå, så den har ingen sak. Prøv igjen når den er det.`)

const elsewhere = (journalpost: JournalpostNumbers, saksnummer: string) =>
  new Refused(
    'journalpost-elsewhere',
    `Henvendelsen er journalført i sak ${saksnummer}, og ${journalpostLabel(journalpost)} ligger i en annen. Ingenting er lagret. Flytt journalposten til saken i arkivet, og knytt den så med nummeret den får der.`,
    [{ pointer: '/journalpost', detail: `er ikke i sak ${saksnummer}` }]
  )
