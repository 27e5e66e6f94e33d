import { type Static, type TProperties, Type } from 'typebox'
import { reason } from './actions.ts'
import { WORD_PATTERN } from './inquiry.ts'
import { Timeline } from './inquiry-views.ts'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

const NAMES_MAX = 20
const closed = { additionalProperties: false } as const
const rights = ['mark', 'reply', 'delete'] as const

const word = (maxLength: number, description: string) => Type.String({ pattern: WORD_PATTERN, maxLength, description })
const moment = (description: string) =>
  Type.String({ format: 'date-time', maxLength: 40, description: `${description} RFC 3339 med tidssone.` })

const name = word(200, 'Navnet. Den som merker, kan stå med det i «mark.by».')
const actsAs = Type.Array(Type.String({ pattern: WORD_PATTERN, maxLength: 200 }), {
  maxItems: NAMES_MAX,
  uniqueItems: true,
  description:
    'Andre navn vedkommende kan stå med i «mark.by»: e-post, bruker-id i moderasjonsverktøyet. Store og små bokstaver og blanke rundt skiller ikke; ellers må navnet være helt likt.'
})
const unit = word(200, 'Enheten vedkommende hører til.')
const may = Type.Array(Type.Unsafe<(typeof rights)[number]>({ type: 'string', enum: [...rights] }), {
  minItems: 1,
  maxItems: rights.length,
  uniqueItems: true,
  description: 'Hva vedkommende kan gjøre på vegne av kommunen: merke henvendelser, svare, få innlegg slettet.'
})
const version = Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Utgaven du så da du hentet den.' })

const properties = {
  name,
  actsAs: Type.Optional(actsAs),
  unit,
  may,
  from: Type.Optional(moment('Utnevnt fra og med. Utelatt: fra nå.')),
  to: Type.Optional(moment('Utnevnt til, men ikke med. Utelatt: inntil videre.'))
}

export const AdministratorInput = Type.Object(
  { reason, ...properties },
  {
    $id: 'AdministratorInput',
    ...closed,
    examples: [
      {
        name: 'Kari Eksempel',
        actsAs: ['kari.eksempel@eksempel.kommune.no', 'servicetorget'],
        unit: 'Servicetorget',
        may: ['mark', 'reply'],
        from: '2026-01-01T00:00:00+01:00',
        reason: 'Utnevnt av kommunikasjonssjefen.'
      }
    ]
  }
)
export type AdministratorInput = Static<typeof AdministratorInput>

export const AdministratorChangeInput = Type.Object(
  {
    reason,
    version,
    name: Type.Optional(name),
    actsAs: Type.Optional(actsAs),
    unit: Type.Optional(unit),
    may: Type.Optional(may),
    to: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'date-time',
        maxLength: 40,
        description: 'Utnevnt til, men ikke med; null: inntil videre.'
      })
    )
  },
  {
    $id: 'AdministratorChangeInput',
    ...closed,
    minProperties: 3,
    examples: [{ version: 1, to: '2026-12-31T23:00:00Z', reason: 'Slutter ved årsskiftet.' }]
  }
)
export type AdministratorChangeInput = Static<typeof AdministratorChangeInput>

export const EndAppointmentInput = Type.Object(
  { reason, at: Type.Optional(moment('Når den slutter. Utelatt: nå.')) },
  { $id: 'EndAppointmentInput', ...closed, examples: [{ reason: 'Har byttet stilling.' }] }
)

const instant = Type.String({ format: 'date-time' })
const shown = {
  id: Uuid(),
  version: Type.Integer({ description: '1 da vedkommende ble utnevnt, én mer for hver endring.' }),
  name: Type.String(),
  actsAs: Type.Array(Type.String()),
  unit: Type.String(),
  may,
  from: instant,
  to: Type.Optional(instant),
  changedAt: instant,
  changedBy: Type.String({ examples: ['key:4f1d0a7c9be2'] })
} satisfies TProperties

export const Administrator = Type.Object(shown, { $id: 'Administrator' })
export const AdministratorDetails = Type.Object(
  {
    ...shown,
    earlier: Type.Array(ref(Administrator), { description: 'Slik utnevningen sto før, nyeste først.' }),
    events: Timeline.properties.events
  },
  { $id: 'AdministratorDetails' }
)
export const AdministratorList = Type.Object(
  { administrators: Type.Array(ref(Administrator)) },
  { $id: 'AdministratorList' }
)

const PAGES_MAX = 200

export const OwnPage = Type.Object(
  {
    source: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,59}$', description: 'Kanalen, som facebook.' }),
    name: word(200, 'Hva siden heter. Brukes ikke til å kjenne den igjen.'),
    accountId: Type.Optional(
      word(500, 'Plattformens egen id på kontoen. På Mastodon gjelder den bare på serveren innlegget er hentet fra.')
    ),
    handle: Type.Optional(word(500, 'Brukernavnet, som eksempelkommune@sosial.example.')),
    profileUrl: Type.Optional(
      Type.String({ pattern: '^https?://', maxLength: 4_000, description: 'Adressen til profilen.' })
    )
  },
  {
    $id: 'OwnPage',
    ...closed,
    description:
      'En konto som er kommunens egen. Minst én av accountId, handle og profileUrl må med; det sikreste av det både siden og innlegget har, avgjør.'
  }
)

const pages = Type.Array(ref(OwnPage), { maxItems: PAGES_MAX })

export const OwnPagesInput = Type.Object(
  { reason, version, pages },
  {
    $id: 'OwnPagesInput',
    ...closed,
    examples: [
      {
        version: 0,
        pages: [
          { source: 'facebook', name: 'Eksempel kommune', accountId: '100064512345678' },
          { source: 'mastodon', name: 'Eksempel kommune', handle: 'eksempelkommune@sosial.example' }
        ],
        reason: 'Kommunens to sider.'
      }
    ]
  }
)

export const OwnPages = Type.Object(
  {
    version: Type.Integer({ description: 'Hvor mange ganger listen er satt. Send den med når du endrer.' }),
    pages,
    changedAt: Type.Optional(instant),
    changedBy: Type.Optional(Type.String())
  },
  { $id: 'OwnPages' }
)

export const whoMayShapes = [
  AdministratorInput,
  AdministratorChangeInput,
  EndAppointmentInput,
  Administrator,
  AdministratorDetails,
  AdministratorList,
  OwnPage,
  OwnPagesInput,
  OwnPages
]
