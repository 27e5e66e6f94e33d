import { Refused } from '../domain/errors.ts'
import type { Inquiry, InquiryContent } from '../domain/inquiry.ts'
import { isOurs, type OwnPages } from '../domain/own-page.ts'
import type { LatelyRead } from './lately-read.ts'
import type { Store, StoredInquiry } from './store-port.ts'

export interface RecogniseAnswerDeps {
  readonly store: Pick<Store, 'inquiries'>
  readonly ownPages: Pick<LatelyRead<OwnPages>, 'get'>
}

interface Said {
  readonly content: InquiryContent
  readonly direction?: Inquiry['direction']
  readonly follows?: string
}

type Way = Pick<Inquiry, 'direction' | 'follows'>

/** A thread may be long, and what is answered is near. */
const PARENTS_LOOKED_AT_MAX = 50

/**
 * Whether an inquiry is from the public or the municipality's own answer, and to what. What one of our own pages wrote
 * is an answer to the inquiry in `follows`, else to the nearest one above it in the thread. Throws Refused:
 * `own-page-cannot-inquire`, `answer-to-nobody`.
 */
export async function recogniseAnswer(deps: RecogniseAnswerDeps, said: Said): Promise<Way> {
  const { content, follows } = said
  const { pages } = await deps.ownPages.get()
  if (!isOurs(pages, content.source, content.author)) {
    if (said.direction === 'outgoing' && follows === undefined) throw toNobody()
    return { direction: said.direction ?? 'incoming', ...(follows !== undefined && { follows }) }
  }
  if (said.direction === 'incoming') throw ownPage()
  const answered = follows ?? (await answeredBefore(deps, content)) ?? (await nearestAbove(deps, content))
  if (answered === undefined) throw ourAnswerToNobody()
  return { direction: 'outgoing', follows: answered }
}

/** What happens to an answer of ours that we hold belongs where the answer does. */
async function answeredBefore({ store }: RecogniseAnswerDeps, content: InquiryContent): Promise<string | undefined> {
  const held = await store.inquiries.ofPost(content.source, content.externalId)
  return held.findLast(({ inquiry }) => inquiry.direction === 'outgoing')?.inquiry.follows
}

async function nearestAbove({ store }: RecogniseAnswerDeps, content: InquiryContent): Promise<string | undefined> {
  const { source, context } = content
  const above = context.parents.flatMap(({ externalId }) => externalId ?? []).slice(-PARENTS_LOOKED_AT_MAX)
  for (const externalId of above.reverse()) {
    const answered = (await store.inquiries.ofPost(source, externalId)).findLast(canBeAnswered)
    if (answered) return answered.inquiry.id
  }
  return undefined
}

const canBeAnswered = ({ inquiry, status }: StoredInquiry): boolean =>
  inquiry.direction === 'incoming' && status.state !== 'dismissed'

const toNobody = () =>
  new Refused(
    'answer-to-nobody',
    'Et utgående svar må si hvilken henvendelse det svarer på. Sett «follows» til id-en Arkivbro ga den.',
    [{ pointer: '/follows', detail: 'mangler' }]
  )

const ourAnswerToNobody = () =>
  new Refused(
    'answer-to-nobody',
    'Innlegget er skrevet av en av kommunens egne sider, og er derfor kommunens svar. Arkivbro kjenner ingen henvendelse over det i tråden, så svaret har ingen sak. Ingenting er lagret. Send først inn henvendelsen det svarer på, eller sett «follows» til id-en Arkivbro ga den.',
    [{ pointer: '/follows', detail: 'mangler, og fant ingen henvendelse i tråden' }]
  )

const ownPage = () =>
  new Refused(
    'own-page-cannot-inquire',
    'Innlegget er skrevet av en av kommunens egne sider, og kan ikke være en henvendelse fra publikum. Ingenting er lagret. Utelat «direction», så blir det journalført som kommunens svar. Er siden ikke kommunens, må den bort fra listen på /v1/pages.',
    [{ pointer: '/direction', detail: 'er «incoming», men kommunen har skrevet innlegget' }]
  )
