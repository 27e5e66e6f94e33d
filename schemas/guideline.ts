import { type Static, Type } from 'typebox'
import { CASE_NUMBER_PATTERN, WORD_PATTERN } from './inquiry.ts'
import { ref } from './ref.ts'

const closed = { additionalProperties: false } as const

/** Names that rules, categories and replies go by. */
const KEY_PATTERN = '^[a-z][a-z0-9-]{0,59}$'

const key = (description: string) => Type.String({ pattern: KEY_PATTERN, description })
const line = (maxLength: number, description: string) => Type.String({ pattern: WORD_PATTERN, maxLength, description })
const someOf = <Value extends string>(values: readonly Value[], description: string) =>
  Type.Array(Type.Unsafe<Value>({ type: 'string', enum: [...values] }), {
    ...{ minItems: 1, maxItems: values.length, uniqueItems: true, description }
  })
const keys = (description: string) =>
  Type.Array(key('Et navn.'), { minItems: 1, maxItems: 100, uniqueItems: true, description })

export const screenedKinds = [
  'fodselsnummer',
  'd-number',
  'account-number',
  'phone',
  'email',
  'street-address',
  'third-party-name',
  'child',
  'health',
  'child-welfare',
  'social-benefits',
  'crime',
  'religion',
  'union',
  'sexuality',
  'political-view',
  'licence-plate'
] as const

const words = (description: string) =>
  Type.Array(
    Type.String({
      pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,98}\\*?$',
      maxLength: 100,
      description: 'Ett eller flere ord.'
    }),
    { minItems: 1, maxItems: 500, uniqueItems: true, description }
  )

const Pattern = Type.Object(
  {
    categories: Type.Optional(keys('Kategorien den som merket, valgte.')),
    sources: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,59}$', description: 'En kanal.' }), {
        ...{ minItems: 1, maxItems: 50, uniqueItems: true, description: 'Kanalen den kom fra, som facebook.' }
      })
    ),
    kinds: Type.Optional(someOf(['post', 'comment', 'message', 'review'], 'Hva slags innlegg det er.')),
    events: Type.Optional(someOf(['created', 'edited', 'deleted', 'hidden'], 'Hva som skjedde med innlegget.')),
    words: Type.Optional(
      words(
        'Ord i teksten, uten hensyn til store bokstaver. Ett av dem er nok. Stjerne til slutt tar med alt som begynner slik: «ordfører*».'
      )
    ),
    threadWords: Type.Optional(
      words('Ord i tråden rundt: i ett av innleggene over eller ved siden av. Skrives som «words».')
    ),
    hits: Type.Optional(someOf(screenedKinds, 'Det kontrollen av teksten fant. Ett av funnene er nok.')),
    threadHits: Type.Optional(
      someOf(
        screenedKinds,
        'Det kontrollen fant i tråden rundt: i ett av innleggene over eller ved siden av. Ett av funnene er nok.'
      )
    ),
    attachments: Type.Optional(
      someOf(
        ['gps-position', 'encrypted', 'scripted', 'embedded-files'],
        'Det som ble funnet i et vedlegg. Ett av funnene er nok.'
      )
    ),
    danger: Type.Optional(Type.Boolean({ description: 'Om teksten har ord om fare for liv.' })),
    crisis: Type.Optional(Type.Boolean({ description: 'Om krisemodus er på.' })),
    protectedPerson: Type.Optional(
      Type.Boolean({ description: 'Om den som merket, sier at personen har beskyttet adresse.' })
    )
  },
  {
    $id: 'GuidelinePattern',
    ...closed,
    description: 'Alt som står her, må passe. I en liste er det nok at ett passer.'
  }
)

const Outcome = Type.Object(
  {
    propose: Type.Optional(
      key('Kategorien regelen foreslår. Et forslag avgjør ingenting; mennesket som merker, gjør det.')
    ),
    emergency: Type.Optional(Type.Boolean({ description: 'Varsle straks: Det kan være fare for liv.' })),
    administrativEnhet: Type.Optional(line(200, 'Enheten som får saken (M305).')),
    saksansvarlig: Type.Optional(line(200, 'Den som er ansvarlig for saken (M306).')),
    klassifikasjon: Type.Optional(
      Type.Object(
        { klassifikasjonssystem: line(200, 'Klassifikasjonssystemet.'), klasseID: line(100, 'Klassen (M002).') },
        closed
      )
    ),
    case: Type.Optional(
      Type.Unsafe<'inquiry' | 'thread' | 'person-and-category'>({
        type: 'string',
        enum: ['inquiry', 'thread', 'person-and-category'],
        description:
          'Ny sak for hver henvendelse, én for hver tråd, eller én for hver person og kategori. Oppgis saken ved innsending, gjelder den.'
      })
    ),
    caseNumber: Type.Optional(Type.String({ pattern: CASE_NUMBER_PATTERN, description: 'En fast sak, som 2026/412.' })),
    restriction: Type.Optional(
      Type.Union([key('Navnet på en skjerming i «restrictions».'), Type.Null()], {
        description: 'Hvordan posten skjermes. null: ikke.'
      })
    ),
    answerWithin: Type.Optional(
      Type.Union(
        [
          Type.Object({ hours: Type.Integer({ minimum: 1, maximum: 8_760, description: 'Timer.' }) }, closed),
          Type.Object(
            {
              workingDays: Type.Integer({
                minimum: 1,
                maximum: 250,
                description:
                  'Arbeidsdager: mandag til fredag, unntatt helligdager. Dagen den kom, teller ikke; fristen går ut kl. 16.00.'
              })
            },
            closed
          )
        ],
        { description: 'Hvor lenge innbyggeren kan vente på svaret, i timer eller arbeidsdager.' }
      )
    ),
    reply: Type.Optional(key('Navnet på svaret i «replies».')),
    review: Type.Optional(line(500, 'Et menneske må se på den før den sendes, og hvorfor.')),
    deletion: Type.Optional(
      Type.Boolean({ description: 'Innlegget skal slettes når arkivet har det: Det gis en slettetillatelse.' })
    )
  },
  { $id: 'GuidelineOutcome', ...closed, minProperties: 1, description: 'Det regelen avgjør.' }
)

const Rule = Type.Object(
  {
    id: key('Regelens navn. Står ved hver avgjørelse den tar.'),
    title: line(200, 'Hva regelen sier, med vanlige ord.'),
    when: ref(Pattern),
    unless: Type.Optional(ref(Pattern)),
    outcome: ref(Outcome)
  },
  { $id: 'GuidelineRule', ...closed }
)

const ReplyText = Type.Object(
  {
    nb: line(4_000, 'Teksten på bokmål.'),
    nn: line(4_000, 'Teksten på nynorsk.')
  },
  {
    $id: 'GuidelineReply',
    ...closed,
    description:
      '{kommune}, {postmottak} og {saksnummer} fylles ut. En setning med {saksnummer} faller bort når det ikke kan oppgis.'
  }
)

const RestrictionShape = Type.Object(
  {
    title: line(200, 'Hva slags skjerming det er.'),
    tilgangsrestriksjon: line(
      70,
      'Tilgangsrestriksjon (M500), en av kodene kommunen har: «Unntatt offentlighet», «Personalsaker», «Klientsaker» eller en egen (CODE_LISTS).'
    ),
    skjermingshjemmel: line(500, 'Hjemmelen (M501), som «offl. § 13 jf. fvl. § 13 første ledd nr. 1».'),
    skjermingsvarighet: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 150,
        description: 'Hvor lenge, i år (M504). Utelatt: til noen opphever den.'
      })
    ),
    titles: Type.Boolean({ description: 'Om tittelen skjermes.' }),
    parties: Type.Boolean({ description: 'Om avsender og mottaker skjermes.' }),
    documents: Type.Boolean({ description: 'Om dokumentene skjermes.' })
  },
  { $id: 'GuidelineRestriction', ...closed }
)

/** What the municipality has decided about inquiries in social media, as data. */
export const Guideline = Type.Object(
  {
    name: line(200, 'Hva retningslinjen heter.'),
    language: Type.Unsafe<'nb' | 'nn'>({
      type: 'string',
      enum: ['nb', 'nn'],
      description: 'Språket svarene gis på når innlegget ikke sier noe.'
    }),
    categories: Type.Record(
      Type.String({ pattern: KEY_PATTERN }),
      Type.Object(
        { label: line(100, 'Det kategorien heter.'), description: line(1_000, 'Hva som hører dit.') },
        closed
      ),
      { minProperties: 1, maxProperties: 100, description: 'Kategoriene den som merker, velger blant.' }
    ),
    defaultCategory: key('Kategorien når den som merker, ikke velger noen.'),
    restrictions: Type.Record(Type.String({ pattern: KEY_PATTERN }), ref(RestrictionShape), {
      maxProperties: 50,
      description: 'Skjermingene reglene viser til.'
    }),
    replies: Type.Record(Type.String({ pattern: KEY_PATTERN }), ref(ReplyText), {
      ...{ minProperties: 1, maxProperties: 100, description: 'Svarene reglene viser til.' }
    }),
    rules: Type.Array(ref(Rule), {
      maxItems: 200,
      description: 'Leses ovenfra. For hvert felt gjelder den første regelen som passer og sier noe om det.'
    }),
    otherwise: ref(Outcome)
  },
  {
    $id: 'Guideline',
    ...closed,
    description: 'Kommunens retningslinje for sosiale medier, som data.',
    examples: [
      {
        name: 'Retningslinje for sosiale medier i Eksempel kommune',
        language: 'nb',
        categories: {
          case: { label: 'Sak', description: 'Det som krever saksbehandling.' },
          political: { label: 'Politisk', description: 'Henvendelser til folkevalgte.' }
        },
        defaultCategory: 'case',
        restrictions: {},
        replies: {
          standard: {
            nb: 'Vi behandler ikke saker her. Send e-post eller brev til {postmottak}.',
            nn: 'Vi handsamar ikkje saker her. Send e-post eller brev til {postmottak}.'
          }
        },
        rules: [
          {
            id: 'politisk',
            title: 'Politiske henvendelser går til politisk sekretariat.',
            when: { categories: ['political'] },
            outcome: { administrativEnhet: 'Politisk sekretariat' }
          }
        ],
        otherwise: { reply: 'standard', answerWithin: { hours: 24 } }
      }
    ]
  }
)

export const guidelineShapes = [Pattern, Outcome, Rule, ReplyText, RestrictionShape, Guideline]
export type Guideline = Static<typeof Guideline>
