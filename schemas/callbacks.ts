import { type Static, Type } from 'typebox'
import { reason } from './actions.ts'
import { WORD_PATTERN } from './inquiry.ts'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

const closed = { additionalProperties: false } as const
const LISTED_MAX = 500
/** RFC 6901, with at least one name. */
export const POINTER_PATTERN = '^(/([^/~]|~[01])+)+$'
const ID = Type.String({ pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]{1,500}$' })

const word = (maxLength: number, description: string) => Type.String({ pattern: WORD_PATTERN, maxLength, description })
const at = (description: string) =>
  Type.String({ pattern: POINTER_PATTERN, maxLength: 500, description: `JSON-peker (RFC 6901) til ${description}.` })
const category = Type.String({ minLength: 1, maxLength: 60, description: 'En kategori i retningslinjen som gjelder.' })
const kinds = ['post', 'comment', 'message', 'review'] as const

const Action = Type.Object(
  {
    id: ID,
    means: Type.Unsafe<'inquiry' | 'ignore'>({
      type: 'string',
      enum: ['inquiry', 'ignore'],
      description: 'inquiry: Innlegget er en henvendelse. ignore: Handlingen angår ikke arkivet.'
    }),
    category: Type.Optional(category)
  },
  closed
)

const registration = {
  name: word(200, 'Hva verktøyet heter.'),
  publicKey: Type.String({
    minLength: 1,
    maxLength: 10_000,
    description: 'Den offentlige nøkkelen verktøyet signerer med: RSA på minst 2048 bit, i PEM.'
  }),
  source: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,59}$', description: 'Kanalen det modererer, som facebook.' }),
  fields: Type.Object(
    {
      text: at('teksten'),
      authorName: Type.Optional(at('navnet til den som skrev')),
      authorId: Type.Optional(at('kontoens id')),
      permalink: Type.Optional(at('adressen til innlegget')),
      publishedAt: Type.Optional(at('tidspunktet det ble publisert'))
    },
    { ...closed, description: 'Hvor i meldingen innlegget står.' }
  ),
  kinds: Type.Optional(
    Type.Array(
      Type.Object(
        { typeId: ID, kind: Type.Unsafe<(typeof kinds)[number]>({ type: 'string', enum: [...kinds] }) },
        closed
      ),
      {
        maxItems: LISTED_MAX,
        description: 'Hva verktøyets typer (item.typeId) er. Andre er innlegg.'
      }
    )
  ),
  actions: Type.Array(Action, {
    minItems: 1,
    maxItems: LISTED_MAX,
    description: 'Hva handlingene betyr. Kategorien her går foran reglenes. En handling som ikke står her, blir avvist.'
  }),
  policies: Type.Array(Type.Object({ id: ID, category }, closed), {
    maxItems: LISTED_MAX,
    description: 'Hva reglene betyr, den viktigste først. En regel som ikke står her, blir avvist.'
  })
}

const example = {
  name: 'Coop, Eksempel kommune',
  publicKey: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A…\n-----END PUBLIC KEY-----\n',
  source: 'facebook',
  fields: { text: '/custom/text', authorName: '/custom/author', authorId: '/creator/id', permalink: '/custom/url' },
  kinds: [{ typeId: 'kommentar', kind: 'comment' }],
  actions: [
    { id: 'til-saksbehandling', means: 'inquiry' },
    { id: 'slett-ulovlig', means: 'inquiry', category: 'unlawful' },
    { id: 'skjul-reklame', means: 'ignore' }
  ],
  policies: [{ id: 'trusler', category: 'unlawful' }],
  reason: 'Avtalen om moderasjonsverktøy.'
} as const

export const CallbackClientInput = Type.Object(
  { reason, ...registration },
  { $id: 'CallbackClientInput', ...closed, examples: [example] }
)
export type CallbackClientInput = Static<typeof CallbackClientInput>

export const CallbackClientChangeInput = Type.Object(
  {
    reason,
    version: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Utgaven du så da du hentet den.' }),
    ...registration
  },
  { $id: 'CallbackClientChangeInput', ...closed, examples: [{ version: 1, ...example }] }
)
export type CallbackClientChangeInput = Static<typeof CallbackClientChangeInput>

const instant = Type.String({ format: 'date-time' })
export const CallbackClient = Type.Object(
  {
    id: Uuid(),
    version: Type.Integer({ description: '1 da det ble registrert, én mer for hver endring.' }),
    ...registration,
    keySha256: Type.String({ description: 'SHA-256 av nøkkelen (DER).' }),
    address: Type.String({ examples: ['/v1/callbacks/moderation/019a8f3c-5b1e-7c44-9d2a-3f60b1c7e8d5'] }),
    changedAt: instant,
    changedBy: Type.String({ examples: ['key:4f1d0a7c9be2'] }),
    endedAt: Type.Optional(instant)
  },
  { $id: 'CallbackClient' }
)

export const CallbackClientList = Type.Object(
  { clients: Type.Array(ref(CallbackClient)) },
  { $id: 'CallbackClientList' }
)

/** What tools send beyond this is kept with the rest, and read by nobody. */
export const ModerationCallback = Type.Object(
  {
    item: Type.Object({ id: ID, typeId: Type.Optional(ID) }),
    action: Type.Object({ id: ID }),
    policies: Type.Optional(
      Type.Array(Type.Object({ id: ID, name: Type.Optional(Type.String({ maxLength: 500 })) }), {
        maxItems: LISTED_MAX
      })
    ),
    actorEmail: Type.Optional(
      Type.String({ maxLength: 200, description: 'Den som gjorde handlingen: et navn på listen over administratorer.' })
    ),
    decisionReason: Type.Optional(Type.String({ maxLength: 10_000, description: 'Begrunnelsen.' })),
    actorNote: Type.Optional(
      Type.String({ maxLength: 10_000, description: 'Begrunnelsen, når decisionReason mangler.' })
    )
  },
  {
    $id: 'ModerationCallback',
    description: 'Det verktøyet sender når noen har gjort en handling. Innlegget selv står der registreringen sier.',
    examples: [
      {
        item: { id: '1029384756_5647382910', typeId: 'kommentar', typeName: 'Kommentar' },
        action: { id: 'slett-ulovlig' },
        policies: [{ id: 'trusler', name: 'Trusler', penalty: 'HIGH' }],
        rules: [],
        custom: { text: 'Jeg vet hvor du bor.', author: 'Per Eksempel', url: 'https://www.facebook.com/eksempel/1' },
        actorEmail: 'kari.eksempel@eksempel.kommune.no',
        decisionReason: 'Trussel mot en ansatt.',
        creator: { id: '24680135792468', typeId: 'bruker' }
      }
    ]
  }
)

export const callbackShapes = [
  CallbackClientInput,
  CallbackClientChangeInput,
  CallbackClient,
  CallbackClientList,
  ModerationCallback
]
