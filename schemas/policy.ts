import { type Static, Type } from 'typebox'
import { reason } from './actions.ts'
import { Guideline } from './guideline.ts'
import { URL_PATTERN, WORD_PATTERN } from './inquiry.ts'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

const closed = { additionalProperties: false } as const
const instant = (description: string) =>
  Type.String({ format: 'date-time', maxLength: 40, description: `${description} RFC 3339 med tidssone.` })
const moment = Type.String({ format: 'date-time' })

export const GuidelineVersion = Type.Object(
  {
    version: Type.Integer({ examples: [1] }),
    name: Type.String({ examples: ['Standard retningslinje for sosiale medier'] }),
    madeAt: moment,
    madeBy: Type.String({ examples: ['arkivbro'] }),
    activatedAt: Type.Optional(moment),
    isInForce: Type.Boolean({ description: 'Om det er den som gjelder nå.' })
  },
  { $id: 'GuidelineVersion' }
)

export const GuidelineVersions = Type.Object(
  { versions: Type.Array(ref(GuidelineVersion)) },
  { $id: 'GuidelineVersions' }
)

export const KeptGuideline = Type.Object(
  { version: Type.Integer(), guideline: ref(Guideline) },
  { $id: 'KeptGuideline' }
)

export const GuidelineAdded = Type.Object(
  {
    version: Type.Integer(),
    isNew: Type.Boolean({ description: 'false: den samme retningslinjen var lagret fra før.' })
  },
  { $id: 'GuidelineAdded' }
)

export const GuidelineChanges = Type.Object(
  {
    changes: Type.Array(
      Type.Object({
        what: Type.String({
          description:
            'Hva det gjelder: rule, category, restriction, reply, otherwise, name, language eller default-category.'
        }),
        id: Type.Optional(Type.String({ description: 'Regelen, kategorien, skjermingen eller svaret.' })),
        change: Type.String({ description: 'added, removed, changed eller moved.' }),
        before: Type.Optional(Type.Unsafe<unknown>({ description: 'Slik det var.' })),
        after: Type.Optional(Type.Unsafe<unknown>({ description: 'Slik det er.' }))
      })
    )
  },
  { $id: 'GuidelineChanges' }
)

export const GuidelineTrial = Type.Object(
  {
    seen: Type.Integer({ description: 'Så mange henvendelser ble prøvd.' }),
    changedCount: Type.Integer({ description: 'Så mange av dem ville blitt avgjort annerledes.' }),
    changed: Type.Array(
      Type.Object({
        id: Uuid(),
        fields: Type.Unsafe<Record<string, { before?: unknown; after?: unknown }>>({
          type: 'object',
          additionalProperties: true,
          description: 'Det som ville blitt annerledes, felt for felt.'
        })
      }),
      { description: 'De nyeste av dem, høyst 200.' }
    )
  },
  { $id: 'GuidelineTrial' }
)

export const Crisis = Type.Object(
  {
    id: Uuid(),
    startedAt: moment,
    startedBy: Type.String(),
    endedAt: Type.Optional(moment),
    endedBy: Type.Optional(Type.String())
  },
  { $id: 'Crisis' }
)

export const CrisisState = Type.Object(
  {
    isOn: Type.Boolean({ description: 'Om krisemodus er på.' }),
    crisis: Type.Optional(ref(Crisis)),
    earlier: Type.Array(ref(Crisis), { description: 'Tidligere kriser, nyeste først.' })
  },
  { $id: 'CrisisState' }
)

export const HeldReplies = Type.Object({ inquiries: Type.Array(Uuid()) }, { $id: 'HeldReplies' })

export const ReleasedReplies = Type.Object(
  {
    released: Type.Integer({ description: 'Så mange ble sluppet.' }),
    more: Type.Boolean({ description: 'Om flere er holdt tilbake.' })
  },
  { $id: 'ReleasedReplies' }
)

const Words = Type.Object(
  {
    nb: Type.String({ pattern: WORD_PATTERN, maxLength: 4_000, description: 'Teksten på bokmål.' }),
    nn: Type.String({ pattern: WORD_PATTERN, maxLength: 4_000, description: 'Teksten på nynorsk.' })
  },
  { $id: 'ReplyWords', ...closed }
)

export const Reply = Type.Object(
  {
    name: Type.String({ examples: ['standard'], description: 'Svarets navn i retningslinjen.' }),
    rule: Type.String({ examples: ['otherwise'], description: 'Regelen som valgte det.' }),
    guideline: Type.Integer({ description: 'Versjonen av retningslinjen.' }),
    language: Type.Unsafe<'nb' | 'nn'>({ type: 'string', enum: ['nb', 'nn'], description: 'Språket som passer best.' }),
    isHeld: Type.Boolean({ description: 'Kriseledelsen holder det tilbake. Gi ikke noe svar før det er sluppet.' }),
    words: Type.Optional(ref(Words)),
    dueAt: Type.Optional(Type.String({ format: 'date-time', description: 'Fristen for å svare den som skrev.' })),
    warning: Type.Optional(
      Type.Integer({ description: 'Hvor mye av tiden som er gått, i prosent: 50, 70, 90 eller 100.', examples: [50] })
    ),
    answeredAt: Type.Optional(Type.String({ format: 'date-time', description: 'Når svaret ble registrert her.' }))
  },
  { $id: 'Reply', description: 'Det den som skrev, skal få vite.' }
)

export const ReleaseReplyInput = Type.Object(
  { reason, words: Type.Optional(ref(Words)) },
  {
    $id: 'ReleaseReplyInput',
    ...closed,
    examples: [{ reason: 'Avklart med kriseledelsen kl. 14.' }]
  }
)

export const GivenReplyInput = Type.Object(
  {
    by: Type.String({
      pattern: WORD_PATTERN,
      maxLength: 200,
      description: 'Den som svarte. På plattformen må det være en utnevnt administrator.'
    }),
    channel: Type.Optional(
      Type.Unsafe<'platform' | 'email' | 'letter' | 'phone' | 'in-person'>({
        type: 'string',
        enum: ['platform', 'email', 'letter', 'phone', 'in-person'],
        description:
          'Hvor svaret ble gitt: på plattformen, på e-post, i brev, på telefon eller ved oppmøte. Utelatt: på plattformen.'
      })
    ),
    at: instant('Når svaret ble gitt.'),
    text: Type.String({
      pattern: WORD_PATTERN,
      maxLength: 10_000,
      description: 'Svaret, ordrett; det som ble sagt, når det var muntlig.'
    }),
    language: Type.Unsafe<'nb' | 'nn'>({ type: 'string', enum: ['nb', 'nn'], description: 'Språket det er på.' }),
    externalId: Type.Optional(
      Type.String({
        pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]{1,500}$',
        description: 'Plattformens id på svaret. Utelatt: Bare ett svar kan registreres.'
      })
    ),
    permalink: Type.Optional(Type.String({ pattern: URL_PATTERN, maxLength: 4_000, description: 'Der svaret står.' }))
  },
  {
    $id: 'GivenReplyInput',
    ...closed,
    examples: [
      {
        by: 'servicetorget',
        at: '2026-11-21T19:10:00+01:00',
        text: 'Hei. Vi behandler ikke saker her. Send e-post eller brev til postmottaket.',
        language: 'nb'
      }
    ]
  }
)
export type GivenReplyInput = Static<typeof GivenReplyInput>

export const DeletionPermit = Type.Object(
  {
    permit: Type.String({
      description: 'Tillatelsen, signert: en JWS med Ed25519. Kontrolleres med arkivbro verify permit.'
    }),
    journalpost: Type.String({ examples: ['2026/412-3'] }),
    receivedSha256: Type.String({ description: 'SHA-256 av innlegget slik det kom.' }),
    rule: Type.String({ examples: ['ulovlig'], description: 'Regelen som sier at det skal slettes.' }),
    guideline: Type.Integer()
  },
  { $id: 'DeletionPermit' }
)

export const DeletedInput = Type.Object(
  {
    by: Type.String({ pattern: WORD_PATTERN, maxLength: 200, description: 'Administratoren som slettet innlegget.' }),
    at: instant('Når det ble slettet.'),
    reason
  },
  {
    $id: 'DeletedInput',
    ...closed,
    examples: [{ by: 'servicetorget', at: '2026-11-21T19:30:00+01:00', reason: 'Uthenging av en ansatt.' }]
  }
)
export type DeletedInput = Static<typeof DeletedInput>

export const PermitKeys = Type.Object(
  { keys: Type.Array(Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })) },
  { $id: 'PermitKeys', description: 'Offentlige nøkler som JWK Set (RFC 7517).' }
)

export const policyShapes = [
  GuidelineVersion,
  GuidelineVersions,
  KeptGuideline,
  GuidelineAdded,
  GuidelineChanges,
  GuidelineTrial,
  Crisis,
  CrisisState,
  HeldReplies,
  ReleasedReplies,
  Words,
  Reply,
  ReleaseReplyInput,
  GivenReplyInput,
  DeletionPermit,
  DeletedInput,
  PermitKeys
]
