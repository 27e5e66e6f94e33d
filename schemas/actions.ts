import { type Static, Type } from 'typebox'
import { ATTACHMENTS_MAX, WORD_PATTERN } from './inquiry.ts'
import { Uuid } from './uuid.ts'

const closed = { additionalProperties: false } as const

/** Why a person does something. Every action asks for it. */
export const reason = Type.String({
  pattern: WORD_PATTERN,
  minLength: 3,
  maxLength: 2_000,
  description: 'Begrunnelsen. Den tas vare på og vises i tidslinjen.'
})

export const DecisionInput = Type.Object(
  { reason },
  { $id: 'DecisionInput', ...closed, examples: [{ reason: 'Innlegget gjelder en annen kommune.' }] }
)

const title = (description: string) => Type.String({ pattern: WORD_PATTERN, maxLength: 250, description })
const name = (description: string) => Type.String({ pattern: WORD_PATTERN, maxLength: 200, description })
/** A saksnummer, or a new case. */
export const CASE_CHOICE_PATTERN = '^([0-9]{4}/[0-9]{1,7}|new)$'
/** How a journalpost is written: saksnummer, hyphen, journalpostnummer. */
export const JOURNALPOST_PATTERN = '^[0-9]{4}/[1-9][0-9]{0,6}-[1-9][0-9]{0,6}$'

const caseNumber = Type.String({
  pattern: CASE_CHOICE_PATTERN,
  maxLength: 12,
  description: 'Saken den skal journalføres i, som 2026/412, eller «new» for en ny sak.'
})

export const ChooseCaseInput = Type.Object(
  { reason, caseNumber },
  {
    $id: 'ChooseCaseInput',
    ...closed,
    examples: [{ caseNumber: '2026/412', reason: 'Saken om brøyting i Storgata finnes fra før.' }]
  }
)

const RestrictionChoice = Type.Union(
  [
    Type.Literal('open', { description: 'Ingenting skjermes. Gjelder ikke den som har beskyttet adresse.' }),
    Type.Object(
      {
        tilgangsrestriksjon: Type.String({
          pattern: WORD_PATTERN,
          maxLength: 70,
          description: 'Tilgangsrestriksjon (M500), en av kodene kommunen har.'
        }),
        skjermingshjemmel: Type.String({
          pattern: WORD_PATTERN,
          maxLength: 500,
          description: 'Hjemmelen (M501), som «offl. § 13 jf. fvl. § 13 første ledd nr. 1».'
        }),
        skjermingsvarighet: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 150, description: 'Hvor lenge, i år (M504).' })
        ),
        screens: Type.Array(
          Type.Unsafe<'titles' | 'parties' | 'documents'>({ type: 'string', enum: ['titles', 'parties', 'documents'] }),
          { minItems: 1, maxItems: 3, uniqueItems: true, description: 'Hva som skjermes.' }
        )
      },
      closed
    )
  ],
  { description: 'Hvordan posten skjermes, eller «open».' }
)

export const CorrectInput = Type.Object(
  {
    reason,
    caseNumber: Type.Optional(caseNumber),
    title: Type.Optional(title('Tittel (M020) for saksbehandleren.')),
    publicTitle: Type.Optional(title('Offentlig tittel (M025). Skal ikke røpe hvem som skrev, eller hva det gjelder.')),
    administrativEnhet: Type.Optional(name('Enheten som har saken (M305).')),
    saksansvarlig: Type.Optional(name('Den som er ansvarlig for saken (M306).')),
    restriction: Type.Optional(RestrictionChoice),
    withoutAttachments: Type.Optional(
      Type.Array(Uuid('Vedleggets id, slik henvendelsen viser den.'), {
        maxItems: ATTACHMENTS_MAX,
        uniqueItems: true,
        description: 'Vedlegg som ikke skal arkiveres, som et med skadevare. Erstatter et tidligere valg.'
      })
    )
  },
  {
    $id: 'CorrectInput',
    ...closed,
    minProperties: 2,
    examples: [{ title: 'Spørsmål om brøyting av Storgata', reason: 'Tittelen sa ikke hva det gjelder.' }]
  }
)
export type CorrectInput = Static<typeof CorrectInput>

export const JournalpostInput = Type.Object(
  { reason, journalpost: Type.String({ pattern: JOURNALPOST_PATTERN, description: 'Journalposten, som 2026/412-3.' }) },
  {
    $id: 'JournalpostInput',
    ...closed,
    examples: [{ journalpost: '2026/412-3', reason: 'Journalført for hånd mens arkivet var nede.' }]
  }
)

export const ChangeCategoryInput = Type.Object(
  {
    reason,
    category: Type.String({
      pattern: WORD_PATTERN,
      maxLength: 60,
      description: 'Kategorien den skal ha, en av dem i retningslinjen som gjelder.'
    }),
    restrictedInArchive: Type.Optional(
      Type.Boolean({
        description:
          'For det som er journalført der Arkivbro ikke kan endre det: true når du har skjermet journalposten i arkivet. Arkivbro kan ikke se det, og tar deg på ordet.'
      })
    )
  },
  {
    $id: 'ChangeCategoryInput',
    ...closed,
    examples: [{ category: 'unlawful', reason: 'Innlegget henger ut en ansatt.' }]
  }
)

export const actionInputs = [DecisionInput, ChooseCaseInput, CorrectInput, JournalpostInput, ChangeCategoryInput]
