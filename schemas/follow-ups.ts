import { type Static, Type } from 'typebox'
import { JOURNALPOST_PATTERN } from './actions.ts'
import { ATTACHMENTS_MAX, AttachmentUse, TEXT_LENGTH_MAX, WORD_PATTERN } from './inquiry.ts'
import { ref } from './ref.ts'

const closed = { additionalProperties: false } as const

export const JournaledFollowUp = Type.Object(
  {
    journalpost: Type.String({
      pattern: JOURNALPOST_PATTERN,
      description: 'Journalposten i arkivet, i samme sak som henvendelsen: 2026/412-7.'
    })
  },
  { $id: 'JournaledFollowUp', ...closed, description: 'Det som kom, er alt journalført av andre.' }
)

export const LetterFollowUp = Type.Object(
  {
    channel: Type.Unsafe<'email' | 'letter'>({
      type: 'string',
      enum: ['email', 'letter'],
      description: 'Hvordan det kom.'
    }),
    by: Type.String({ pattern: WORD_PATTERN, maxLength: 200, description: 'Administratoren som leverer det inn.' }),
    receivedAt: Type.String({ format: 'date-time', maxLength: 40, description: 'Når det kom. RFC 3339 med tidssone.' }),
    from: Type.Optional(
      Type.String({ pattern: WORD_PATTERN, maxLength: 500, description: 'Hvem det er fra, slik det står.' })
    ),
    subject: Type.Optional(Type.String({ maxLength: 1_000, description: 'Emnet. Blir teksten sin første linje.' })),
    text: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX - 2_000, description: 'Teksten, ordrett.' })),
    attachments: Type.Optional(Type.Array(ref(AttachmentUse), { maxItems: ATTACHMENTS_MAX })),
    externalId: Type.Optional(
      Type.String({
        pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]{1,500}$',
        description:
          'E-postens Message-ID, eller brevets nummer. Utelatt: De samme ordene til samme tid er det samme brevet.'
      })
    ),
    category: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'En kategori i retningslinjen.' }))
  },
  { $id: 'LetterFollowUp', ...closed, description: 'En e-post eller et brev som skal journalføres i samme sak.' }
)

type Input = Static<typeof JournaledFollowUp> | Static<typeof LetterFollowUp>

export const FollowUpInput = Type.Unsafe<Input>({
  $id: 'FollowUpInput',
  type: 'object',
  // Not oneOf: what is wrong would be told of both.
  if: { required: ['journalpost'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: ref(JournaledFollowUp),
  else: ref(LetterFollowUp),
  description: '«journalpost» når det er journalført fra før; ellers selve e-posten eller brevet.',
  examples: [
    {
      channel: 'email',
      by: 'servicetorget',
      receivedAt: '2026-11-22T09:12:00+01:00',
      from: 'Kari Nordmann',
      subject: 'Brøyting i Storgata',
      text: 'Som avtalt sender jeg spørsmålet på e-post.'
    },
    { journalpost: '2026/412-7' }
  ]
})

export const LinkedJournalpost = Type.Object(
  {
    journalpost: Type.String({ examples: ['2026/412-7'] }),
    archive: Type.String({ examples: ['folder'] }),
    linkedAt: Type.String({ format: 'date-time' }),
    linkedBy: Type.String({ examples: ['key:4f1d0a7c9be2'] })
  },
  { $id: 'LinkedJournalpost' }
)

export const followUpShapes = [JournaledFollowUp, LetterFollowUp, FollowUpInput, LinkedJournalpost]
