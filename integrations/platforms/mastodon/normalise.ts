import type { InquiryContent } from '../../../src/domain/inquiry.ts'
import { type Reading, theOneInquiry } from '../../../src/domain/one-inquiry.ts'
import { type Fields, fieldsOf, listFrom, notUnderstood } from '../../../src/domain/payload-fields.ts'
import { readStatus } from './status.ts'

const at = '/payload'

/**
 * The one inquiry in a payload from Mastodon: a Status, a list with one, or one of the wrappings a Status comes in.
 * Throws Refused as PlatformNormaliser says.
 */
export function normalise(payload: unknown): InquiryContent {
  return theOneInquiry((Array.isArray(payload) ? listFrom(payload, at) : [fieldsOf(payload, at)]).map(readBody))
}

function readBody(body: Fields): Reading {
  if (body.has('event')) return readEvent(body)
  if (body.has('type') && !body.has('content') && (body.has('account') || body.has('status')))
    return readNotification(body)
  const status = body.object('status')
  if (status) return readStatus(status, body.object('context'))
  if (isStatus(body)) return readStatus(body)
  const other = otherEntity(body)
  if (other) return { notInquiry: other, at: body.at }
  throw notUnderstood(body.at, notStatus(body))
}

const isStatus = (body: Fields): boolean =>
  body.has('id') && (body.has('content') || body.has('reblog')) && !isActivity(body)

const isActivity = (body: Fields): boolean => body.has('@context') || body.has('attributedTo') || body.has('objectType')

const withNewWords = new Set(['mention', 'status', 'update', 'quote'])

function readNotification(notification: Fields): Reading {
  const type = notification.text('type') ?? ''
  if (!withNewWords.has(type)) return noise(notification, `Et varsel av typen «${short(type)}» er ikke en henvendelse.`)
  const status = notification.object('status')
  if (!status) throw notification.trouble('status', 'mangler')
  return readStatus(status)
}

/** A streaming event has its content in `payload`, as JSON in a string; a webhook to administrators has it in `object`. */
function readEvent(body: Fields): Reading {
  const event = body.text('event')
  if (event === 'update' || event === 'status.update') return readStatus(parsedPayload(body))
  if (event === 'notification') return readNotification(parsedPayload(body))
  if (event === 'delete') return noise(body, 'En hendelse om sletting har bare en id, og er ikke en henvendelse.')
  if (event !== 'status.created' && event !== 'status.updated') {
    return noise(body, `En hendelse av typen «${short(event ?? '')}» er ikke en henvendelse.`)
  }
  const object = body.object('object')
  if (!object) throw body.trouble('object', 'mangler')
  return readStatus(object)
}

/** Pointers below it go on into the string, since that is where a person must look. */
function parsedPayload(body: Fields): Fields {
  const payload = body.value('payload')
  const pointer = `${body.at}/payload`
  if (typeof payload !== 'string') return fieldsOf(payload, pointer)
  try {
    return fieldsOf(JSON.parse(payload), pointer)
  } catch (error) {
    if (error instanceof SyntaxError) throw notUnderstood(pointer, 'må være JSON i en tekst')
    throw error
  }
}

const noise = (part: Fields, notInquiry: string): Reading => ({ notInquiry, at: part.at })

const short = (name: string): string => name.slice(0, 40)

/** What else the API gives that people could send by mistake; a reason in bokmål. */
function otherEntity(body: Fields): string | undefined {
  if (body.has('ancestors') || body.has('descendants')) {
    return 'En tråd (Context) alene er ikke en henvendelse; send den sammen med innlegget, som { status, context }.'
  }
  if (body.has('error')) return 'Innholdet er en feilmelding fra Mastodon, ikke en henvendelse.'
  if (body.has('quoted_status')) return 'Et sitat (Quote) alene er ikke en henvendelse; send innlegget som siterer.'
  if (body.has('blurhash') || body.has('preview_url'))
    return 'Et vedlegg (MediaAttachment) alene er ikke en henvendelse.'
  if (body.has('options') && body.has('expires_at')) return 'En avstemning (Poll) alene er ikke en henvendelse.'
  if (body.has('accounts') && body.has('last_status')) {
    return 'En samtale (Conversation) er ikke en henvendelse; send innlegget det gjelder.'
  }
  return undefined
}

function notStatus(body: Fields): string {
  if (body.has('content') && body.has('created_at'))
    return 'er en tidligere utgave (StatusEdit) uten id; send hele innlegget (Status)'
  if (body.has('text') && body.has('id'))
    return 'er kildeteksten (StatusSource) uten forfatter og tid; send hele innlegget (Status)'
  if (isActivity(body)) {
    return 'er ActivityPub eller ActivityStreams; send innlegget slik Mastodons REST-API gir det (Status)'
  }
  return 'er ikke et innlegg (Status) eller noe annet vi kjenner fra Mastodon'
}
