import { type Static, Type } from 'typebox'
import { WORD_PATTERN } from './inquiry.ts'
import { Timeline } from './inquiry-views.ts'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

const closed = { additionalProperties: false } as const
const typeTexts = {
  'inquiry.emergency': 'noen kan være i fare; kommer først, og sier i `notice` at dette ikke er en nødkanal',
  'inquiry.received': 'mottatt og lagret',
  'inquiry.needs-action': 'trenger et menneske: «Trenger handling» eller «Til kontroll»',
  'inquiry.journaled': 'journalført, eller håndtert manuelt med journalpost',
  'inquiry.failed': 'avsluttet uten journalpost: avvist',
  'reply.held': 'mottatt i en krise; svaret venter på kriseledelsen',
  'permit.ready': 'arkivet har den, og innlegget kan slettes'
} as const
const webhookTypes = Object.keys(typeTexts) as (keyof typeof typeTexts)[]
const failures = [
  'refused',
  'redirected',
  'gone',
  'too-slow',
  'unreachable',
  'untrusted',
  'address-not-allowed'
] as const

const moment = (description: string) => Type.String({ format: 'date-time', description })
const oneOf = <Value extends string>(values: readonly Value[], description: string) =>
  Type.Unsafe<Value>({ type: 'string', enum: [...values], description })

const url = Type.String({
  minLength: 1,
  maxLength: 2_000,
  description:
    'Hvor meldingene sendes. https, uten brukernavn og passord, på internett. Omdirigering følges ikke. Adressen vises til dem som kan endre webhooker, og står ikke i logger.'
})
const description = Type.String({ pattern: WORD_PATTERN, maxLength: 200, description: 'Hvem eller hva som mottar.' })
const types = Type.Array(Type.Unsafe<(typeof webhookTypes)[number]>({ type: 'string', enum: [...webhookTypes] }), {
  minItems: 1,
  maxItems: webhookTypes.length,
  uniqueItems: true,
  description: `Hva det sies fra om:\n\n${Object.entries(typeTexts)
    .map(([type, text]) => `* \`${type}\`: ${text}.`)
    .join('\n')}`
})
const isEnabled = Type.Boolean({ description: 'Om det sendes noe. Det som skjer mens den er av, blir ikke meldt.' })

export const WebhookInput = Type.Object(
  { url, description, types },
  {
    $id: 'WebhookInput',
    ...closed,
    examples: [
      {
        url: 'https://moderering.eksempel.kommune.no/arkivbro',
        description: 'Moderasjonsverktøyet',
        types: ['inquiry.needs-action', 'inquiry.journaled', 'permit.ready']
      }
    ]
  }
)

export const WebhookChangeInput = Type.Object(
  {
    url: Type.Optional(url),
    description: Type.Optional(description),
    types: Type.Optional(types),
    isEnabled: Type.Optional(isEnabled)
  },
  { $id: 'WebhookChangeInput', ...closed, minProperties: 1, examples: [{ isEnabled: true }] }
)
export type WebhookChangeInput = Static<typeof WebhookChangeInput>

export const RecoverInput = Type.Object(
  {
    since: Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'Fra og med når det skjedde. RFC 3339 med tidssone. Meldinger tas vare på i 30 dager.'
    }),
    delivered: Type.Optional(
      Type.Boolean({ description: 'Også det som kom fram. Utelatt: bare det som ikke gjorde det.' })
    )
  },
  { $id: 'RecoverInput', ...closed, examples: [{ since: '2026-01-12T08:00:00+01:00' }] }
)

const webhook = {
  id: Uuid(),
  url,
  description,
  types,
  isEnabled,
  disabled: Type.Optional(
    Type.Object(
      {
        at: moment('Når den ble slått av.'),
        because: oneOf(
          ['person', 'removed', 'gone', 'failing'],
          'Hvorfor: slått av av noen, fjernet for godt, mottakeren svarte 410, eller ingenting kom fram på fem dager.'
        )
      },
      closed
    )
  ),
  madeAt: moment('Når den ble laget.'),
  madeBy: Type.String({ description: 'Hvem som laget den.' }),
  earlierSecretUntil: Type.Optional(moment('Så lenge signeres det også med hemmeligheten før denne.')),
  health: Type.Object(
    {
      lastSuccessAt: Type.Optional(moment('Sist noe kom fram.')),
      lastFailureAt: Type.Optional(moment('Sist noe ikke kom fram.')),
      lastFailure: Type.Optional(oneOf(failures, 'Hvorfor det ikke kom fram.')),
      failingSince: Type.Optional(moment('Siden da har ingenting kommet fram.')),
      backlog: Type.Integer({ minimum: 0, description: 'Meldinger som ikke er kommet fram ennå.' })
    },
    closed
  )
}

export const WebhookView = Type.Object(webhook, { $id: 'Webhook', ...closed })
export const WebhookDetails = Type.Object(
  { ...webhook, events: Timeline.properties.events },
  { $id: 'WebhookDetails', ...closed }
)
export const WebhookList = Type.Object({ webhooks: Type.Array(ref(WebhookView)) }, { $id: 'WebhookList', ...closed })

const secret = Type.String({
  description: 'Det meldingene signeres med, «whsec_…». Vises bare i dette svaret. Ta vare på den nå.'
})
export const MadeWebhook = Type.Object({ webhook: ref(WebhookView), secret }, { $id: 'MadeWebhook', ...closed })
export const RotatedSecret = Type.Object(
  { secret, earlierSecretUntil: moment('Så lenge signeres det også med hemmeligheten før denne.') },
  { $id: 'RotatedSecret', ...closed }
)

export const WebhookMessage = Type.Object(
  {
    id: Uuid('Det samme som «webhook-id» i meldingen, i hvert forsøk.'),
    inquiryId: Type.Optional(Uuid('Henvendelsen.')),
    type: oneOf([...webhookTypes, 'ping'], 'Hva det sies fra om.'),
    at: moment('Når det skjedde.'),
    state: oneOf(
      ['waiting', 'delivered', 'given-up', 'dropped'],
      'Venter, kom fram, oppgitt etter ti forsøk, eller droppet fordi webhooken ble fjernet.'
    ),
    nextTryAt: Type.Optional(moment('Når det prøves igjen, om ingenting foran venter.')),
    attempts: Type.Array(
      Type.Object(
        {
          at: moment('Når det ble prøvd.'),
          milliseconds: Type.Integer({ minimum: 0, description: 'Hvor lenge det tok.' }),
          status: Type.Optional(Type.Integer({ description: 'HTTP-status i svaret.' })),
          failure: Type.Optional(oneOf(failures, 'Hvorfor det ikke kom fram.'))
        },
        closed
      )
    )
  },
  { $id: 'WebhookMessage', ...closed }
)
export const WebhookMessages = Type.Object(
  {
    messages: Type.Array(ref(WebhookMessage)),
    next: Type.Optional(Uuid('Send den som «before» for å få de eldre.'))
  },
  { $id: 'WebhookMessages', ...closed }
)
export const Ordered = Type.Object(
  { count: Type.Integer({ minimum: 0, description: 'Så mange meldinger sendes på nytt.' }) },
  { $id: 'OrderedMessages', ...closed }
)
export const Pinged = Type.Object({ message: Uuid('Meldingens id, «webhook-id».') }, { $id: 'Pinged', ...closed })

export const webhookShapes = [
  WebhookInput,
  WebhookChangeInput,
  RecoverInput,
  WebhookView,
  WebhookDetails,
  WebhookList,
  MadeWebhook,
  RotatedSecret,
  WebhookMessage,
  WebhookMessages,
  Ordered,
  Pinged
]
