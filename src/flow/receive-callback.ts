import type { CallbackClient } from '../domain/callback-client.ts'
import { Refused } from '../domain/errors.ts'
import { contentOf, type ModerationCallback, meaningOf, reasonOf } from '../domain/moderation-callback.ts'
import { type HandedIn, type Received, type ReceiveInquiryDeps, receiveInquiry } from './receive-inquiry.ts'

/**
 * Keeps the post that a user of a moderation tool has acted on, as an inquiry that this user marked. The same action on
 * the same item again gets the first answer, whatever else has changed. Nothing when the action is nothing to us. Throws
 * Refused, Unavailable.
 */
export async function receiveCallback(
  deps: ReceiveInquiryDeps,
  client: CallbackClient,
  callback: ModerationCallback,
  handedIn: HandedIn
): Promise<Received | undefined> {
  const meaning = meaningOf(client, callback)
  if (meaning.means === 'ignore') return undefined
  const { actorEmail } = callback
  if (actorEmail === undefined || !/\S/.test(actorEmail)) throw noPerson()
  const { category } = meaning
  const submission = {
    content: contentOf(client, callback, handedIn.body),
    mark: { by: actorEmail, reason: reasonOf(callback), ...(category !== undefined && { category }) },
    attachments: [],
    tellingApart: itemAndAction,
    ...handedIn
  }
  return receiveInquiry(deps, submission).catch((error: unknown) => {
    throw error instanceof Refused ? pointedIn(error, client) : error
  })
}

/** Of two callbacks about the same post: whether they say the same. */
function itemAndAction(body: unknown) {
  const { item, action } = body as Partial<ModerationCallback>
  return { item: { id: item?.id }, action: { id: action?.id } }
}

/** The same refusal, pointing at places in the callback. */
function pointedIn({ code, message, pointers }: Refused, { fields }: CallbackClient): Refused {
  const places: Readonly<Record<string, string>> = {
    '/mark/by': '/actorEmail',
    '/mark/category': '/action/id',
    '/text': fields.text
  }
  return new Refused(
    code,
    message,
    pointers.map(({ pointer, detail }) => ({ pointer: places[pointer] ?? pointer, detail }))
  )
}

const noPerson = () =>
  new Refused(
    'marker-missing',
    'Handlingen er ikke gjort av noen person. Bare et menneske kan avgjøre at et innlegg er en henvendelse. Ingenting er lagret. La en utnevnt administrator gjøre handlingen i verktøyet.',
    [{ pointer: '/actorEmail', detail: 'mangler' }]
  )
