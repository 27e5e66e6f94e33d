import type { InquiryContent } from '../../../src/domain/inquiry.ts'
import { type Reading, theOneInquiry } from '../../../src/domain/one-inquiry.ts'
import { type Fields, fieldsOf, listFrom, notUnderstood } from '../../../src/domain/payload-fields.ts'
import { isGraphObject, readGraphObject } from './graph.ts'
import { isMessagingEvent, readMessagingEvent } from './messaging.ts'
import { readChange } from './webhook.ts'

const at = '/payload'

/**
 * The one inquiry in a payload from Facebook: a Graph object, a list of them with one element, a webhook body or a part
 * of one. Throws Refused as PlatformNormaliser says.
 */
export function normalise(payload: unknown): InquiryContent {
  if (Array.isArray(payload)) return theOneInquiry(listFrom(payload, at).map(readObject))
  const body = fieldsOf(payload, at)
  if (body.has('entry')) return theOneInquiry(readWebhook(body))
  if (body.has('changes') || body.has('messaging') || body.has('standby')) return theOneInquiry(readEntry(body))
  if (Array.isArray(body.value('data'))) return theOneInquiry(body.list('data').map(readObject))
  const objects = objectsById(payload as object)
  return theOneInquiry(objects ? objects.map(readObject) : [readPart(body)])
}

function readWebhook(body: Fields): readonly Reading[] {
  const object = body.text('object')
  if (object !== undefined && object !== 'page') {
    throw body.trouble('object', `er «${object.slice(0, 40)}»; bare varsler om en side («page») hører hjemme her`)
  }
  return body.list('entry').flatMap(readEntry)
}

/** One page's share of a webhook body. The entry's id is the page's own. */
function readEntry(entry: Fields): readonly Reading[] {
  const page = { id: entry.id('id'), noticedAt: entry.time('time') }
  return [
    ...entry.list('changes').map((change) => readChange(change, page)),
    ...[...entry.list('messaging'), ...entry.list('standby')].map((event) => readMessagingEvent(event, page.id))
  ]
}

/** A single change or messaging event without the body around it, or a Graph object. */
function readPart(body: Fields): Reading {
  if (body.has('field') && body.has('value')) return readChange(body, { id: undefined, noticedAt: body.time('time') })
  if (isMessagingEvent(body)) return readMessagingEvent(body, undefined)
  return readObject(body)
}

function readObject(body: Fields): Reading {
  if (isGraphObject(body)) return readGraphObject(body)
  if (body.has('error')) {
    return { notInquiry: 'Innholdet er en feilmelding fra Facebook, ikke en henvendelse.', at: body.at }
  }
  throw notUnderstood(body.at, 'er verken et innlegg, en kommentar, en melding eller et varsel vi kjenner fra Facebook')
}

/** The answer to a lookup of several ids is an object with the objects under their ids. */
function objectsById(payload: object): readonly Fields[] | undefined {
  const entries: readonly [string, unknown][] = Object.entries(payload)
  const isById = ([key, value]: readonly [string, unknown]) =>
    typeof value === 'object' && value !== null && 'id' in value && String(value.id) === key
  if (entries.length === 0 || !entries.every(isById)) return undefined
  return entries.map(([key, value]) => fieldsOf(value, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))
}
