import { Type } from 'typebox'
import { ArchiveStatus } from './archive.ts'
import { LinkedJournalpost } from './follow-ups.ts'
import { AuthorInput, ContextMessageInput, EventInput, MarkInput } from './inquiry.ts'
import { Reply } from './policy.ts'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

const states = [
  'received',
  'in-review',
  'ready',
  'sending',
  'awaiting-receipt',
  'unknown-outcome',
  'needs-action',
  'journaled',
  'amending',
  'amend-stopped',
  'dismissed',
  'handled-manually'
] as const

export const State = Type.Unsafe<(typeof states)[number]>({ type: 'string', enum: [...states] })
const instant = Type.String({ format: 'date-time' })
const uuid = Uuid()
/** A text, with an example for whoever reads the API description. */
const like = (example: string, description?: string) =>
  Type.String({ examples: [example], ...(description !== undefined && { description }) })
const troubleShape = Type.Object({
  code: like('archive-transient'),
  message: like('Arkivet svarte ikke. Arkivbro prøver igjen av seg selv.')
})

export const InquiryAccepted = Type.Object(
  {
    id: uuid,
    receivedAt: instant,
    isNew: Type.Boolean({
      description: 'false: den samme henvendelsen er mottatt før, og dette er det første svaret.'
    }),
    status: like('/v1/inquiries/019a8f3c-5b1e-7c44-9d2a-3f60b1c7e8d5', 'Adressen der du følger henvendelsen.'),
    category: Type.Optional(like('question', 'Kategorien den er avgjort etter.')),
    isEmergency: Type.Boolean({
      description:
        'Teksten eller merkingen sier at noen kan være i fare. Dette er ikke en nødkanal: ring 112, 113 eller 110.'
    }),
    emergencyNotice: Type.Optional(
      like(
        'Dette er ikke en nødkanal, og ingen nødetat er varslet. Er det fare for liv, ring 113 (ambulanse), 112 (politi) eller 110 (brann).',
        'Når noen kan være i fare: til den som sender inn. Står her også når svaret holdes tilbake.'
      )
    ),
    proposals: Type.Array(
      Type.Object({ category: like('political'), rule: like('til-de-folkevalgte', 'Regelen som foreslår.') }),
      { description: 'Andre kategorier reglene foreslår. Et forslag avgjør ingenting.' }
    ),
    review: Type.Optional(like('Teksten nevner barnevern. Avgjør skjermingen.', 'Hva noen må se på før den sendes.')),
    reply: Type.Optional(ref(Reply)),
    deletionPermit: Type.Optional(
      like(
        '/v1/inquiries/019a8f3c-5b1e-7c44-9d2a-3f60b1c7e8d5/deletion-permit',
        'Innlegget skal slettes. Adressen gir tillatelsen når arkivet har det; ikke slett før.'
      )
    )
  },
  { $id: 'InquiryAccepted' }
)

export const Status = Type.Object(
  {
    state: State,
    label: like('Mottatt', 'Tilstanden på norsk.'),
    meaning: like('Henvendelsen er trygt lagret.', 'Hva det betyr.'),
    whatToDo: like('Du trenger ikke gjøre noe.', 'Hva du gjør.'),
    trouble: Type.Optional(troubleShape),
    proposed: Type.Optional(
      Type.Object(
        { journalpost: like('2026/412-3'), by: like('key:4f1d0a7c9be2') },
        { description: 'Journalposten noen sier den er håndtert med. En annen må bekrefte.' }
      )
    ),
    choices: Type.Optional(
      Type.Array(like('2026/412-1'), { description: 'Journalpostene i arkivet som noen må velge mellom.' })
    ),
    nextTryAt: Type.Optional(instant),
    tries: Type.Optional(Type.Integer({ description: 'Mislykkede forsøk på steget den står i.' })),
    deadline: Type.Optional(
      Type.String({ format: 'date-time', description: 'Når Arkivbro slutter å prøve selv og ber om hjelp.' })
    )
  },
  { $id: 'Status' }
)

export const ArchiveNumbers = Type.Object(
  {
    saksnummer: like('2026/412'),
    journalpostnummer: Type.Integer(),
    journalpost: like('2026/412-1'),
    journalpostSystemID: uuid,
    arkivertDato: instant,
    archive: like('folder', 'Arkivet den er levert til.'),
    location: Type.Optional(like('2026/412/1', 'Hvor den ligger der.'))
  },
  { $id: 'ArchiveNumbers' }
)

const summary = {
  id: uuid,
  source: like('facebook'),
  externalId: like('1029384756_5647382910'),
  kind: like('comment'),
  event: ref(EventInput),
  author: ref(AuthorInput),
  direction: Type.Unsafe<'incoming' | 'outgoing'>({
    type: 'string',
    enum: ['incoming', 'outgoing'],
    description: 'Fra publikum, eller kommunens eget svar.'
  }),
  receivedAt: instant,
  changedAt: instant,
  category: Type.Optional(like('question', 'Kategorien den er avgjort etter.')),
  isEmergency: Type.Boolean({ description: 'Noen kan være i fare.' }),
  answer: Type.Optional(
    Type.Object(
      {
        dueAt: instant,
        warning: Type.Optional(
          Type.Integer({ description: 'Hvor mye av tiden som er gått, i prosent: 50, 70, 90 eller 100.' })
        ),
        answeredAt: Type.Optional(instant)
      },
      { description: 'Fristen for å svare den som skrev.' }
    )
  ),
  status: ref(Status),
  archive: Type.Optional(ref(ArchiveNumbers))
}

export const InquirySummary = Type.Object(
  { ...summary, textStart: Type.String({ description: 'De første tegnene av teksten.' }) },
  { $id: 'InquirySummary' }
)

export const InquiryList = Type.Object(
  {
    inquiries: Type.Array(ref(InquirySummary)),
    next: Type.Optional(Type.String({ description: 'Send som «cursor» for å få de neste.' }))
  },
  { $id: 'InquiryList' }
)

export const Attachment = Type.Object(
  {
    id: uuid,
    fileName: like('hull-i-veien.jpg'),
    mediaType: like('image/jpeg', 'Hva filen er, etter sitt eget innhold.'),
    size: Type.Integer({ description: 'Byte.' }),
    sha256: like('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
    description: Type.Optional(like('Et hull i veien'))
  },
  { $id: 'Attachment' }
)

export const Assessment = Type.Object(
  {
    guideline: Type.Integer({ description: 'Versjonen av retningslinjen som avgjorde.' }),
    category: like('question'),
    proposals: Type.Array(Type.Object({ category: like('political'), rule: like('til-de-folkevalgte') })),
    decisions: Type.Array(
      Type.Object({
        field: like('administrativEnhet'),
        value: Type.Unsafe<unknown>({ description: 'Det som er avgjort.' }),
        rule: like('politisk', 'Regelen som avgjorde det; «otherwise» er retningslinjens siste ord.')
      })
    ),
    hits: Type.Array(
      Type.Object({
        kind: like('phone'),
        start: Type.Integer({ description: 'Fra og med, i kodepunkter.' }),
        end: Type.Integer({ description: 'Til, i kodepunkter.' })
      }),
      { description: 'Det kontrollen fant i teksten.' }
    ),
    threadHits: Type.Optional(
      Type.Array(
        Type.Object({
          kind: like('health'),
          among: Type.Unsafe<'parents' | 'siblings'>({
            type: 'string',
            enum: ['parents', 'siblings'],
            description: 'Hvor i «context».'
          }),
          post: Type.Integer({ description: 'Hvilket innlegg der, fra 0.' })
        }),
        { description: 'Det kontrollen fant i tråden rundt. Mangler når ingen regel spør etter det.' }
      )
    ),
    crisis: Type.Optional(Uuid('Krisen den kom under.'))
  },
  { $id: 'Assessment', description: 'Det retningslinjen har avgjort, og hvilken regel som avgjorde det.' }
)

export const InquiryDetails = Type.Object(
  {
    ...summary,
    permalink: Type.Optional(like('https://www.facebook.com/eksempelkommune/posts/1029384756')),
    text: like('Når blir Storgata brøytet?'),
    language: Type.Optional(like('nb')),
    publishedAt: Type.Optional(instant),
    editedAt: Type.Optional(instant),
    context: Type.Object({
      parents: Type.Array(ref(ContextMessageInput)),
      siblings: Type.Array(ref(ContextMessageInput))
    }),
    attachments: Type.Array(ref(Attachment)),
    mark: Type.Object({
      ...MarkInput.properties,
      administrator: Type.Optional(Uuid('Administratoren som merket, slik listen viser vedkommende.'))
    }),
    assessment: Type.Optional(ref(Assessment)),
    corrections: Type.Optional(
      Type.Object(
        {
          category: Type.Optional(like('unlawful', 'Kategorien noen har endret den til.')),
          caseNumber: Type.Optional(like('2026/412')),
          title: Type.Optional(like('Spørsmål om brøyting av Storgata')),
          publicTitle: Type.Optional(like('Kommentar på Facebook')),
          administrativEnhet: Type.Optional(like('Teknisk')),
          saksansvarlig: Type.Optional(like('Ola Saksbehandler')),
          withoutAttachments: Type.Optional(Type.Array(uuid)),
          restriction: Type.Optional(
            Type.Unsafe<unknown>({ description: 'Skjermingen slik noen har satt den, eller «open».' })
          ),
          isApproved: Type.Optional(Type.Boolean({ description: 'Noen har kontrollert og godkjent den.' }))
        },
        { description: 'Det noen har rettet.' }
      )
    ),
    note: Type.Optional(like('Ring innbyggeren.')),
    follows: Type.Optional(Uuid('Henvendelsen denne hører til.')),
    received: Type.Object(
      {
        sha256: like('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
        size: Type.Integer({ description: 'Byte.' }),
        secretsBlanked: Type.Integer({ description: 'Antall tilgangsnøkler som er blanket ut.' })
      },
      { description: 'Innholdet slik det kom.' }
    ),
    related: Type.Array(
      Type.Object({
        id: uuid,
        event: like('edited'),
        direction: like('incoming'),
        state: State,
        label: like('Journalført')
      }),
      { description: 'Andre hendelser for det samme innlegget, og henvendelser som hører til.' }
    ),
    linked: Type.Array(ref(LinkedJournalpost), {
      description: 'Journalposter i samme sak som andre har laget av det som kom senere på e-post eller brev.'
    }),
    documents: Type.Integer({ description: 'Antall filer i arkivposten; hentes med /documents/1 og oppover.' }),
    attempts: Type.Array(
      Type.Object({
        task: like('deliver'),
        startedAt: instant,
        endedAt: instant,
        outcome: like('try-again'),
        trouble: Type.Optional(troubleShape)
      })
    )
  },
  { $id: 'InquiryDetails' }
)

export const Timeline = Type.Object(
  {
    events: Type.Array(
      Type.Object({
        at: instant,
        actor: like('key:4f1d0a7c9be2', 'Hvem som gjorde det.'),
        action: like('inquiry.journaled'),
        text: like('Journalført', 'Hendelsen på norsk.'),
        reason: Type.Optional(like('Arkivet er rettet.', 'Begrunnelsen til den som gjorde det.')),
        facts: Type.Record(
          Type.String(),
          Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] })
        )
      })
    )
  },
  { $id: 'Timeline' }
)

export const Preview = Type.Object(
  {
    record: Type.String({ description: 'Arkivmeldingen som ville blitt sendt, som XML.' }),
    faults: Type.Array(Type.Object({ element: like('tittel'), message: like('mangler') }), {
      description: 'Hva som må rettes før den kan arkiveres. Tom: alt er i orden.'
    }),
    documentBytes: Type.Integer({ description: 'Størrelsen på PDF/A-dokumentet.' })
  },
  { $id: 'Preview' }
)

export const Overview = Type.Object(
  {
    sentence: Type.String({ examples: ['Alt er journalført.', '3 henvendelser trenger deg.'] }),
    needsAction: Type.Object({
      count: Type.Integer(),
      oldestSince: Type.Optional(instant),
      see: like('/v1/inquiries?needsAction=true')
    }),
    inProgress: Type.Object({ count: Type.Integer(), oldestSince: Type.Optional(instant) }),
    awaitingArchive: Type.Integer(),
    unknownOutcome: Type.Integer(),
    journaledToday: Type.Integer(),
    journaled: Type.Integer(),
    dismissed: Type.Integer(),
    archive: ref(ArchiveStatus),
    unanswered: Type.Object(
      {
        count: Type.Integer(),
        overdue: Type.Integer({ description: 'Så mange har fristen gått ut for.' }),
        past50: Type.Integer({ description: 'Så mange har brukt minst halve tiden.' }),
        past70: Type.Integer({ description: 'Så mange har brukt minst 70 prosent av tiden.' }),
        past90: Type.Integer({ description: 'Så mange har brukt minst 90 prosent av tiden.' }),
        nextDue: Type.Optional(instant),
        emergencies: Type.Integer({ description: 'Så mange av dem sier at noen kan være i fare.' }),
        see: like('/v1/inquiries?unanswered=true')
      },
      { description: 'Ikke besvart: Den som skrev, har ikke fått vite hvor en skal henvende seg.' }
    ),
    crisis: Type.Boolean({ description: 'Om krisemodus er på.' }),
    sources: Type.Array(Type.Object({ source: like('facebook'), lastReceivedAt: instant }))
  },
  { $id: 'Overview' }
)

export const Readiness = Type.Object(
  {
    ready: Type.Boolean({ description: 'Om nye henvendelser kan tas imot.' }),
    parts: Type.Array(
      Type.Object({
        part: Type.String({ description: 'database, queue, files eller archive.' }),
        ok: Type.Boolean(),
        message: Type.String({ description: 'Hvordan det står til, på norsk.' })
      })
    )
  },
  { $id: 'Readiness' }
)

/** Every schema with a name, in the order the API description lists them. */
export const views = [
  Assessment,
  ArchiveStatus,
  InquiryAccepted,
  Status,
  ArchiveNumbers,
  InquirySummary,
  InquiryList,
  Attachment,
  InquiryDetails,
  Timeline,
  Preview,
  Overview,
  Readiness
]
