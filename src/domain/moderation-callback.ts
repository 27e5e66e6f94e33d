import type { CallbackRegistration, ContentFields } from './callback-client.ts'
import { Refused } from './errors.ts'
import type { InquiryContent } from './inquiry.ts'
import { type Fields, fieldsOf, known, notUnderstood } from './payload-fields.ts'

/** What a moderation tool says when one of its users has acted on an item, in the shape that ROOST Coop gives it. */
export interface ModerationCallback {
  readonly item: { readonly id: string; readonly typeId?: string }
  readonly action: { readonly id: string }
  readonly policies?: readonly { readonly id: string; readonly name?: string }[]
  /** The user who acted; absent when a rule did. */
  readonly actorEmail?: string
  readonly decisionReason?: string
  readonly actorNote?: string
}

export const TEXT_LENGTH_MAX = 100_000

/**
 * What a callback means by its registration: the action's own category, else that of the weightiest policy, else none.
 * Throws Refused: `action-unknown`, `policy-unknown`.
 */
export function meaningOf(
  { actions, policies }: CallbackRegistration,
  callback: ModerationCallback
): { readonly means: 'inquiry'; readonly category?: string } | { readonly means: 'ignore' } {
  const action = actions.find(({ id }) => id === callback.action.id)
  if (!action) throw unknownAction()
  if (action.means === 'ignore') return action
  const named = (callback.policies ?? []).map(({ id }) => id)
  const unknown = named.flatMap((id, n) => (policies.some((policy) => policy.id === id) ? [] : [n]))
  if (unknown.length > 0) throw unknownPolicies(unknown)
  const category = action.category ?? policies.find(({ id }) => named.includes(id))?.category
  return { means: 'inquiry', ...(category !== undefined && { category }) }
}

/** The post in a callback. Throws Refused('payload-not-understood') with a pointer to the field. */
export function contentOf(
  { source, fields, kinds }: CallbackRegistration,
  { item }: ModerationCallback,
  body: unknown
): InquiryContent {
  const read = <T>(field: keyof ContentFields, as: (object: Fields, name: string) => T | undefined) => {
    const pointer = fields[field]
    return pointer === undefined ? undefined : valueAt(body, pointer, as)
  }
  const text = read('text', (object, name) => object.text(name)) ?? ''
  if (text.length > TEXT_LENGTH_MAX) throw notUnderstood(fields.text, `er lengre enn ${TEXT_LENGTH_MAX} tegn`)
  return {
    ...{ source, externalId: item.id, text, media: [] },
    kind: kinds.find(({ typeId }) => typeId === item.typeId)?.kind ?? 'post',
    event: { type: 'created' },
    author: known({
      id: read('authorId', (object, name) => object.id(name)),
      displayName: read('authorName', (object, name) => object.text(name))
    }),
    ...known({
      permalink: read('permalink', (object, name) => object.address(name)),
      publishedAt: read('publishedAt', (object, name) => object.time(name))
    }),
    context: { parents: [], siblings: [] }
  }
}

/** What stands where a pointer leads; nothing when the way there is not. */
function valueAt<T>(body: unknown, pointer: string, as: (object: Fields, name: string) => T | undefined) {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = names.pop() ?? ''
  const object = names.reduce<Fields | undefined>((within, name) => within?.object(name), fieldsOf(body, ''))
  return object && as(object, last)
}

/** Why the one who acted did it, in their words, or what is known when they wrote none. */
export function reasonOf({ decisionReason, actorNote, policies = [] }: ModerationCallback): string {
  const said = [decisionReason, actorNote].find((words) => words !== undefined && /\S/.test(words))
  if (said !== undefined) return said
  const names = policies.flatMap(({ name }) => name ?? [])
  return names.length > 0 ? `Moderert etter: ${names.join(', ')}` : 'Moderert uten oppgitt begrunnelse.'
}

const unknownAction = () =>
  new Refused(
    'action-unknown',
    'Arkivbro vet ikke hva handlingen betyr. Ingenting er lagret. Be den som styrer Arkivbro, om å føye den til registreringen av verktøyet (/v1/callback-clients), og gjør handlingen på nytt.',
    [{ pointer: '/action/id', detail: 'er ikke registrert' }]
  )

const unknownPolicies = (places: readonly number[]) =>
  new Refused(
    'policy-unknown',
    'Arkivbro vet ikke hva en av reglene betyr. Ingenting er lagret. Be den som styrer Arkivbro, om å føye den til registreringen av verktøyet (/v1/callback-clients), og gjør handlingen på nytt.',
    places.map((n) => ({ pointer: `/policies/${n}/id`, detail: 'er ikke registrert' }))
  )
