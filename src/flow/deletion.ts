import { underCategory } from '../domain/corrections.ts'
import { Conflict } from '../domain/errors.ts'
import { type Inquiry, isPermissible } from '../domain/inquiry.ts'
import { journalpostLabel, type Receipt } from '../domain/receipt.ts'
import type { Clock } from './ports.ts'
import { type HandedIn, type Received, type ReceiveInquiryDeps, receiveInquiry } from './receive-inquiry.ts'
import type { Store } from './store-port.ts'

/** What a permit says: this post, as we have it, is in the archive, and the guideline wants it deleted. */
export interface DeletionClaims {
  /** Id of the inquiry. */
  readonly inquiry: string
  readonly source: string
  readonly externalId: string
  readonly permalink?: string
  /** SHA-256 of the bytes in which the post came to us. */
  readonly receivedSha256: string
  readonly archive: string
  readonly journalpost: string // 2026/412-3
  readonly journalpostSystemID: string // M001
  /** Rule and version of the guideline that wants it deleted. */
  readonly rule: string
  readonly guideline: number
}

/** Signs what others can check without us. */
export interface PermitSigner {
  /** A JWS in compact form (RFC 7515). */
  sign(claims: DeletionClaims, at: Date): Promise<string>
  /** Public keys as JWK (RFC 7517). */
  readonly publicKeys: readonly Readonly<Record<string, unknown>>[]
}

export interface DeletionDeps {
  readonly store: Pick<Store, 'inquiries' | 'audit'>
  readonly now: Clock
  /** Absent when no key is set up. */
  readonly permits?: PermitSigner
}

/**
 * A signed permit to delete the post from its platform. Throws Conflict('deletion-not-permitted') until the archive has
 * confirmed that it holds the post, and for posts that no rule wants deleted; NotFound.
 */
export async function permitDeletion({ store, now, permits }: DeletionDeps, id: string, actor: string) {
  const { inquiry, status, assessment } = await store.inquiries.get(id)
  const deletion = assessment?.decisions.deletion
  if (!assessment || deletion?.value !== true) throw notForeseen(id)
  if (!isPermissible(status)) throw notYet(id)
  if (!permits) throw noKey()
  const at = now()
  const { rule } = deletion
  const claims = claimsOf(inquiry, status.receipt, { rule, guideline: assessment.guideline })
  const permit = await permits.sign(claims, at)
  const facts = { journalpost: claims.journalpost, rule, guideline: assessment.guideline }
  await store.audit.append({ at, actor, action: 'deletion.permitted', subject: id, facts })
  return { permit, claims }
}

function claimsOf(inquiry: Inquiry, receipt: Receipt, ruling: Pick<DeletionClaims, 'rule' | 'guideline'>) {
  const { id, source, externalId, permalink, received } = inquiry
  return {
    ...{ inquiry: id, source, externalId, receivedSha256: received.sha256 },
    ...(permalink !== undefined && { permalink }),
    archive: receipt.archive,
    journalpost: journalpostLabel(receipt),
    journalpostSystemID: receipt.journalpostSystemID,
    ...ruling
  }
}

/** That a post was deleted, as somebody tells it. */
export interface Deletion {
  readonly by: string
  readonly at: Date
  readonly reason: string
}

/**
 * Keeps that the post is deleted: journaled in the same saksmappe, under the same category. Throws NotFound, Refused,
 * Unavailable.
 */
export async function recordDeletion(
  deps: ReceiveInquiryDeps,
  id: string,
  { by, at, reason }: Deletion,
  { actor, received, body }: HandedIn
): Promise<Received> {
  const { inquiry, corrections } = await deps.store.inquiries.get(id)
  const { source, externalId, kind, author, permalink, publishedAt, language } = inquiry
  const { mark } = underCategory(inquiry, corrections)
  return receiveInquiry(deps, {
    content: {
      ...{ source, externalId, kind, author, event: { type: 'deleted' }, text: '', media: [] },
      ...(permalink !== undefined && { permalink }),
      ...(publishedAt && { publishedAt }),
      ...(language !== undefined && { language }),
      context: { parents: [], siblings: [] }
    },
    mark: {
      ...{ by, at, reason },
      ...(mark.category !== undefined && { category: mark.category }),
      ...(mark.protectedPerson !== undefined && { protectedPerson: mark.protectedPerson })
    },
    right: 'delete',
    attachments: [],
    follows: id,
    direction: 'incoming',
    ...{ received, body, actor }
  })
}

const notForeseen = (id: string) =>
  new Conflict(
    'deletion-not-permitted',
    `Ingen regel i retningslinjen sier at innlegget i henvendelsen ${id} skal slettes. Skal det likevel slettes, må noen endre kategorien til en som gjelder sletting («endre kategori»).`
  )

const notYet = (id: string) =>
  new Conflict(
    'deletion-not-permitted',
    `Arkivet har ikke bekreftet at det har henvendelsen ${id}, skjermet slik den skal være. Ikke slett innlegget ennå. Prøv igjen når den er journalført.`
  )

const noKey = () =>
  new Conflict(
    'deletion-not-permitted',
    'Arkivbro har ingen nøkkel å signere slettetillatelser med. Be driften om å sette PERMIT_KEY.'
  )
