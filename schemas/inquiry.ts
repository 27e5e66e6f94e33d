import { type Static, Type } from 'typebox'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

export const TEXT_LENGTH_MAX = 100_000
export const CONTEXT_MESSAGES_MAX = 500
export const ATTACHMENTS_MAX = 100

const instant = (description: string) =>
  Type.String({ format: 'date-time', maxLength: 40, description: `${description} RFC 3339 med tidssone.` })
export const URL_PATTERN = '^https?://'
export const CASE_NUMBER_PATTERN = '^[0-9]{4}/[0-9]{1,7}$'
/** Something else than blanks. */
export const WORD_PATTERN = '\\S'

const url = (description: string) => Type.String({ pattern: URL_PATTERN, maxLength: 4_000, description })
const closed = { additionalProperties: false } as const

export const AuthorInput = Type.Object(
  {
    id: Type.Optional(Type.String({ maxLength: 500, description: 'Plattformens egen id på kontoen.' })),
    displayName: Type.Optional(Type.String({ maxLength: 500, description: 'Navnet som vises på plattformen.' })),
    handle: Type.Optional(Type.String({ maxLength: 500, description: 'Brukernavnet, som @kari@eksempel.no.' })),
    profileUrl: Type.Optional(url('Adressen til profilen.'))
  },
  { $id: 'Author', ...closed, description: 'Den som skrev, slik plattformen viser det. Aldri en bekreftet identitet.' }
)

const message = {
  author: ref(AuthorInput),
  text: Type.String({ maxLength: TEXT_LENGTH_MAX, description: 'Teksten, ordrett.' }),
  language: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$',
      maxLength: 35,
      description: 'Språk, BCP 47: nb, nn, se, ar …'
    })
  ),
  publishedAt: Type.Optional(instant('Når det ble publisert.')),
  editedAt: Type.Optional(instant('Når det sist ble endret.')),
  permalink: Type.Optional(url('Der det sto.'))
}

export const ContextMessageInput = Type.Object(
  { externalId: Type.Optional(Type.String({ maxLength: 500 })), ...message },
  { $id: 'ContextMessage', ...closed, description: 'En melding rundt den merkede.' }
)

export const MarkInput = Type.Object(
  {
    by: Type.String({
      pattern: WORD_PATTERN,
      maxLength: 200,
      description: 'Hvem som merket henvendelsen: et navn på listen over administratorer.'
    }),
    reason: Type.String({ pattern: WORD_PATTERN, maxLength: 2_000, description: 'Hvorfor den må saksbehandles.' }),
    at: Type.Optional(instant('Når den ble merket. Utelatt: når den ble mottatt.')),
    category: Type.Optional(
      Type.String({
        maxLength: 60,
        description:
          'En av kategoriene i retningslinjen som gjelder; se GET /v1/guideline. Utelatt: retningslinjens egen.'
      })
    ),
    protectedPerson: Type.Optional(
      Type.Boolean({ description: 'Den som skrev, har fortrolig eller strengt fortrolig adresse (kode 7 eller 6).' })
    )
  },
  { $id: 'Mark', ...closed, description: 'Beslutningen om at innlegget er en henvendelse.' }
)

const events = [
  Type.Object({ type: Type.Literal('created') }, { title: 'Publisert', ...closed }),
  Type.Object(
    { type: Type.Literal('edited'), at: instant('Når innlegget ble endret.') },
    { title: 'Endret', ...closed }
  ),
  Type.Object({ type: Type.Literal('deleted') }, { title: 'Slettet', ...closed }),
  Type.Object({ type: Type.Literal('hidden') }, { title: 'Skjult', ...closed })
] as const

export const EventInput = Type.Unsafe<Static<(typeof events)[number]>>({
  $id: 'Event',
  type: 'object',
  required: ['type'],
  oneOf: events,
  discriminator: { propertyName: 'type' },
  description: 'Hva som skjedde med innlegget. Sammen med source og externalId er den henvendelsens nøkkel.'
})

export const AttachmentUse = Type.Object(
  {
    id: Uuid('Id fra POST /v1/attachments.'),
    fileName: Type.Optional(Type.String({ pattern: WORD_PATTERN, maxLength: 255 })),
    description: Type.Optional(
      Type.String({ maxLength: 2_000, description: 'Alternativ tekst for den som ikke ser bildet.' })
    )
  },
  { $id: 'AttachmentUse', ...closed }
)

/** What a person adds to a post when handing it in, whichever way. */
const handingIn = {
  mark: ref(MarkInput),
  attachments: Type.Optional(Type.Array(ref(AttachmentUse), { maxItems: ATTACHMENTS_MAX })),
  caseNumber: Type.Optional(
    Type.String({ pattern: CASE_NUMBER_PATTERN, description: 'Saken den hører til, når du vet det: 2026/412.' })
  ),
  note: Type.Optional(Type.String({ maxLength: 4_000, description: 'Merknad til saksbehandleren.' })),
  follows: Type.Optional(
    Uuid(
      'Id-en til henvendelsen denne hører til, som en kommentar til i samme tråd. Den blir en egen journalpost i samme saksmappe, med kryssreferanse.'
    )
  ),
  direction: Type.Optional(
    Type.Unsafe<'incoming' | 'outgoing'>({
      type: 'string',
      enum: ['incoming', 'outgoing'],
      description:
        'incoming: fra publikum. outgoing: kommunens eget svar til den som skrev henvendelsen i «follows»; det blir journalført som utgående. Utelatt: outgoing når en av kommunens egne sider (/v1/pages) har skrevet det, ellers incoming. Er «follows» utelatt også, svarer kommunens side på den nærmeste henvendelsen over i tråden.'
    })
  )
}

export const InquiryInput = Type.Object(
  {
    source: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,59}$', description: 'Kanalen, som facebook.' }),
    externalId: Type.String({
      pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]{1,500}$',
      description: 'Plattformens egen id på innlegget.'
    }),
    kind: Type.Unsafe<'post' | 'comment' | 'message' | 'review'>({
      type: 'string',
      enum: ['post', 'comment', 'message', 'review'],
      description: 'Innlegg, kommentar, melding eller anmeldelse.'
    }),
    event: Type.Optional(ref(EventInput)),
    ...message,
    context: Type.Optional(
      Type.Object(
        {
          parents: Type.Optional(
            Type.Array(ref(ContextMessageInput), {
              maxItems: CONTEXT_MESSAGES_MAX,
              description: 'Fra trådens begynnelse ned til det henvendelsen svarer på.'
            })
          ),
          siblings: Type.Optional(
            Type.Array(ref(ContextMessageInput), {
              maxItems: CONTEXT_MESSAGES_MAX,
              description: 'Det som står ved siden av.'
            })
          )
        },
        closed
      )
    ),
    ...handingIn
  },
  {
    $id: 'InquiryInput',
    ...closed,
    examples: [
      {
        source: 'facebook',
        externalId: '1029384756_5647382910',
        kind: 'comment',
        permalink: 'https://www.facebook.com/eksempelkommune/posts/1029384756?comment_id=5647382910',
        author: { displayName: 'Kari Nordmann', profileUrl: 'https://www.facebook.com/kari.eksempel' },
        text: 'Hei! Når blir Storgata brøytet? Det har ikke vært bil her siden mandag.',
        language: 'nb',
        publishedAt: '2026-11-21T18:42:10+01:00',
        context: {
          parents: [
            {
              author: { displayName: 'Eksempel kommune' },
              text: 'Det er meldt mye snø i helgen.',
              publishedAt: '2026-11-20T09:00:00+01:00'
            }
          ]
        },
        mark: { by: 'servicetorget', reason: 'Spørsmål om brøyting som må besvares', category: 'question' }
      }
    ]
  }
)
export type InquiryInput = Static<typeof InquiryInput>

export const PlatformInput = Type.Object(
  {
    payload: Type.Unsafe<unknown>({
      type: ['object', 'array'],
      description: 'Plattformens egen melding, uendret. Tilgangsnøkler i adresser blankes ut før noe lagres.'
    }),
    ...handingIn
  },
  {
    $id: 'PlatformInput',
    ...closed,
    description: 'Plattformens egen melding, med beslutningen om at den er en henvendelse.',
    examples: [
      {
        payload: {
          id: '1029384756_5647382910',
          created_time: '2026-11-21T17:42:10+0000',
          message: 'Hei! Når blir Storgata brøytet?',
          permalink_url: 'https://www.facebook.com/eksempelkommune/posts/1029384756?comment_id=5647382910',
          from: { id: '24680135792468', name: 'Kari Nordmann' }
        },
        mark: { by: 'servicetorget', reason: 'Spørsmål om brøyting som må besvares', category: 'question' }
      }
    ]
  }
)
export type PlatformInput = Static<typeof PlatformInput>
