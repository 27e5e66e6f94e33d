import { v5 as uuidv5 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { type ArchivePlan, skjermingerOf } from '../../src/domain/archive-plan.ts'
import { composeThread } from '../../src/domain/compose-thread.ts'
import type { Inquiry } from '../../src/domain/inquiry.ts'
import type { Restriction, Screened } from '../../src/domain/restriction.ts'
import { type PlanInput, planRecord } from '../../src/flow/plan-record.ts'
import { checkedArkivmelding } from '../../src/noark/checked-arkivmelding.ts'
import { arrival } from '../store/arrival.ts'

const municipality = {
  name: 'Eksempel kommune',
  administrativEnhet: 'Servicetorget',
  saksansvarlig: 'Ufordelt',
  language: 'nb' as const
}
const blob = { sha256: 'a'.repeat(64), size: 1, mediaType: 'application/pdf' }
const law = {
  tilgangsrestriksjon: 'Unntatt offentlighet',
  skjermingshjemmel: 'Offl. § 13 jf. fvl. § 13 første ledd nr. 1'
}
const restrictionOn = (...screens: [Screened, ...Screened[]]): Restriction => ({ ...law, screens })

const inquiryWith = (changes: Partial<Inquiry> = {}): Inquiry => ({
  ...arrival({
    author: {
      displayName: 'Kari Eksempel',
      handle: 'kari.eksempel',
      profileUrl: 'https://www.facebook.com/kari.eksempel'
    },
    attachments: [
      { id: 'v', fileName: 'Kari Eksempels bil.jpg', mediaType: 'image/jpeg', size: 1, sha256: 'c'.repeat(64) }
    ]
  }).inquiry,
  ...changes
})

function planOf(restriction?: Restriction, changes: Partial<PlanInput> = {}): ArchivePlan {
  const idFor = (name: string) => uuidv5(name, uuidv5.URL)
  const { inquiry = inquiryWith() } = changes
  const prepared = inquiry.attachments.map(() => ({ outcome: { kind: 'kept' } as const, findings: [] }))
  return planRecord({
    ...{ inquiry, municipality, prepared, idFor },
    thread: { ...blob, formatDetaljer: 'PDF/A-2a' },
    original: { ...blob, sha256: 'b'.repeat(64) },
    ...(restriction && { restriction }),
    ...changes
  })
}

/** What is screened where, by the standard's own codes (M502), and whether the document is (M503). */
function screenedIn({ casePolicy, record }: ArchivePlan) {
  const said = (one: { skjerming?: { skjermingMetadata: readonly string[]; skjermingDokument?: string } }) => [
    ...(one.skjerming?.skjermingMetadata ?? []).map((code) => code.replace('Skjerming ', '')),
    ...(one.skjerming?.skjermingDokument ? ['dokument'] : [])
  ]
  return {
    saksmappe: casePolicy.mode === 'new' ? said(casePolicy.saksmappe) : undefined,
    journalpost: said(record),
    dokumenter: record.dokumenter.map(said),
    names: record.korrespondanseparter.filter(({ erSkjermet }) => erSkjermet).map(({ navn }) => navn)
  }
}

const caseTitle = 'tittel mappe - utvalgte ord'
const recordTitle = 'tittel registrering - utvalgte ord'
const onDocument = ['tittel dokumentbeskrivelse', 'merknadstekst']

test.each<[string, Restriction, ReturnType<typeof screenedIn>]>([
  [
    'documents alone',
    restrictionOn('documents'),
    {
      saksmappe: [],
      journalpost: ['merknadstekst', 'dokument'],
      dokumenter: [
        [...onDocument, 'dokument'],
        [...onDocument, 'dokument']
      ],
      names: []
    }
  ],
  [
    'titles alone',
    restrictionOn('titles'),
    {
      saksmappe: [caseTitle],
      journalpost: [recordTitle, 'merknadstekst'],
      dokumenter: [onDocument, onDocument],
      names: []
    }
  ],
  [
    'a name, which also stands in the title and the document',
    restrictionOn('parties'),
    {
      saksmappe: [caseTitle],
      journalpost: [recordTitle, 'navn avsender', 'merknadstekst', 'dokument'],
      dokumenter: [
        [...onDocument, 'dokument'],
        [...onDocument, 'dokument']
      ],
      names: ['Kari Eksempel']
    }
  ],
  [
    'a protected person, whatever else is said',
    { ...restrictionOn('titles'), protectedPerson: { contact: [] } },
    {
      saksmappe: [caseTitle],
      journalpost: [recordTitle, 'navn avsender', 'merknadstekst', 'dokument'],
      dokumenter: [
        [...onDocument, 'dokument'],
        [...onDocument, 'dokument']
      ],
      names: ['Kari Eksempel']
    }
  ]
])('the record screens %s', (_, restriction, expected) => {
  const plan = planOf(restriction)
  expect(screenedIn(plan)).toEqual(expected)
  for (const skjerming of skjermingerOf(plan)) expect(skjerming).toMatchObject(law)
  expect(checkedArkivmelding(plan).faults).toEqual([])
})

test('without a restriction nothing is screened, and everything is called what it was', () => {
  const plan = planOf()
  expect(skjermingerOf(plan)).toEqual([])
  expect(plan.record.dokumenter.map(({ tittel }) => tittel)).toEqual([
    'Kommentar på Facebook fra Kari Eksempel',
    'Vedlegg 1: Kari Eksempels bil.jpg'
  ])
})

test('the public title stays neutral, and documents and files bear no name when titles are screened', () => {
  const { record } = planOf(restrictionOn('titles'))
  expect(record).toMatchObject({
    tittel: 'Kommentar på Facebook fra Kari Eksempel',
    offentligTittel: 'Kommentar på Facebook'
  })
  expect(JSON.stringify(record.dokumenter)).not.toMatch(/Kari|bil\.jpg/)
  expect(record.dokumenter.map(({ tittel }) => tittel)).toEqual(['Kommentar på Facebook', 'Vedlegg 1'])
  const thread = composeThread(inquiryWith(), municipality, undefined, {}, restrictionOn('titles'))
  expect(thread.title).toBe('Kommentar på Facebook')
})

test('in a saksmappe that is there already, only the journalpost is restricted', () => {
  const plan = planOf(restrictionOn('parties'), { saksnummer: { saksaar: 2026, sakssekvensnummer: 412 } })
  expect(plan.casePolicy).toEqual({ mode: 'existing', saksnummer: { saksaar: 2026, sakssekvensnummer: 412 } })
  expect(plan.record.skjerming).toMatchObject(law)
})

test('of an answer, the receiver is the one whose name is screened', () => {
  const earlier = { inquiry: inquiryWith() }
  const answer = inquiryWith({ direction: 'outgoing', author: { displayName: 'Eksempel kommune' } })
  const plan = planOf(restrictionOn('parties'), { inquiry: answer, earlier })
  expect(plan.record.avskriver).toBeUndefined()
  expect(screenedIn(plan)).toMatchObject({
    journalpost: [recordTitle, 'navn mottaker', 'merknadstekst', 'dokument'],
    names: ['Kari Eksempel']
  })
  expect(checkedArkivmelding(plan).faults).toEqual([])
})

test.each([
  ['2026-11-22T09:00:00Z', 60, '2086-11-22'],
  ['2028-02-29T09:00:00Z', 1, '2029-03-01'],
  // In Norway it is the next day already.
  ['2026-12-31T23:30:00Z', 5, '2032-01-01']
])('what came at %s and is screened for %d years is open on %s', (receivedAt, years, end) => {
  const restriction = { ...restrictionOn('documents'), skjermingsvarighet: years }
  const plan = planOf(restriction, { inquiry: inquiryWith({ receivedAt: new Date(receivedAt) }) })
  expect(plan.record.skjerming).toMatchObject({ skjermingsvarighet: years, skjermingOpphoererDato: end })
  expect(checkedArkivmelding(plan).xml).toContain(`<skjermingOpphoererDato>${end}</skjermingOpphoererDato>`)
})

test('a code that the installation does not have is found before anything is sent', () => {
  const plan = planOf({ ...restrictionOn('documents'), tilgangsrestriksjon: '13' })
  expect(checkedArkivmelding(plan).faults).toEqual([
    { element: 'tilgangsrestriksjon (M500)', message: 'Koden for tilgangsrestriksjon er ukjent.' }
  ])
})

test('only an answer to what came in, and is journaled, writes it off', () => {
  const receipt = {
    ...{ archive: 'prove', saksaar: 2026, sakssekvensnummer: 1, journalpostnummer: 1, files: [] },
    ...{ saksmappeSystemID: 'sak', journalpostSystemID: 'journalpost', arkivertDato: new Date() }
  }
  const answer = inquiryWith({ direction: 'outgoing', attachments: [] })
  const question = inquiryWith()
  const writtenOff = (inquiry: Inquiry, earlier: PlanInput['earlier']) =>
    planOf(undefined, { inquiry, ...(earlier && { earlier }) }).record.avskriver
  expect(writtenOff(answer, { inquiry: question, receipt })).toEqual(['journalpost'])
  expect(writtenOff(answer, { inquiry: question })).toBeUndefined()
  expect(writtenOff(answer, { inquiry: answer, receipt })).toBeUndefined()
  expect(writtenOff(question, { inquiry: question, receipt })).toBeUndefined()
})

describe('of a protected person', () => {
  const leading = {
    permalink: 'https://www.facebook.com/kari.eksempel/posts/77?ref=1',
    externalId: 'kari.eksempel_77',
    text: 'Ring meg på 99 88 77 66, eller se facebook.com/kari.eksempel. Hilsen Kari i Storgata 5B, @kari.eksempel!',
    note: 'Skrev fra kari.eksempel, bor i Storgata 5B',
    mark: { by: 'servicetorget', reason: 'Vil ha svar på 99 88 77 66', at: new Date('2026-11-21T18:00:00Z') },
    media: [{ kind: 'image', url: 'https://cdn.example/kari.eksempel.jpg', description: 'Storgata 5B' }],
    context: {
      parents: [
        {
          externalId: 'kari.eksempel_1',
          author: {
            displayName: '@kari.eksempel',
            handle: 'kari.eksempel',
            profileUrl: 'https://x.example/kari.eksempel'
          },
          text: 'Storgata 5B igjen',
          permalink: 'https://www.facebook.com/kari.eksempel/posts/1'
        }
      ],
      siblings: []
    }
  } satisfies Partial<Inquiry>
  const restriction: Restriction = {
    ...restrictionOn('documents'),
    protectedPerson: { contact: ['Storgata 5B', '99 88 77 66'] }
  }
  const inquiry = inquiryWith(leading)
  const secrets = [
    'kari.eksempel',
    'Storgata 5',
    '99 88',
    'facebook.com',
    'cdn.example',
    'x.example',
    'posts/77',
    'bil.jpg'
  ]

  test('nothing that leads there goes along: neither in the record nor in the document', () => {
    const corrections = { tittel: 'Fra @kari.eksempel', offentligTittel: 'Om Storgata 5B' }
    const plan = planOf(restriction, { inquiry, corrections })
    const document = composeThread(inquiry, municipality, undefined, corrections, restriction)
    for (const secret of secrets) {
      expect(JSON.stringify(plan), secret).not.toContain(secret)
      expect(JSON.stringify(document), secret).not.toContain(secret)
      expect(checkedArkivmelding(plan).xml, secret).not.toContain(secret)
    }
    expect(checkedArkivmelding(plan).faults).toEqual([])
  })

  test('the name and the words stay, and the received data stay with us', () => {
    const plan = planOf(restriction, { inquiry })
    const document = composeThread(inquiry, municipality, undefined, {}, restriction)
    expect(plan.record.korrespondanseparter[0]).toMatchObject({ navn: 'Kari Eksempel', erSkjermet: true })
    expect(document.messages.map(({ text }) => text)).toContain(
      'Ring meg på [skjermet], eller se [skjermet] Hilsen Kari i [skjermet], [skjermet]'
    )
    expect(plan.record.dokumenter[0]?.objekter.map(({ filnavn }) => filnavn)).toEqual(['henvendelse.pdf'])
    expect(document.files.map(({ name }) => name)).toEqual(['Vedlegg 1: vedlegg.jpg'])
  })

  test('an answer leads nowhere either', () => {
    const answer = inquiryWith({
      direction: 'outgoing',
      author: { displayName: 'Eksempel kommune' },
      text: 'Takk, @kari.eksempel, vi kommer til Storgata 5B.',
      attachments: []
    })
    const changes = { inquiry: answer, earlier: { inquiry } }
    const document = composeThread(answer, municipality, changes.earlier, {}, restriction)
    for (const secret of secrets) expect(JSON.stringify([planOf(restriction, changes), document])).not.toContain(secret)
  })

  test.each([
    ['a handle for a name', { displayName: 'kari.eksempel', handle: 'Kari.Eksempel' }],
    ['an address for a name', { displayName: 'kari@eksempel.no' }],
    ['a handle alone', { handle: 'kari.eksempel' }]
  ])('%s is no name', (_, author) => {
    const plan = planOf(restriction, { inquiry: inquiryWith({ author }) })
    expect(plan.record.korrespondanseparter[0]?.navn).toBe('Ukjent avsender')
    expect(JSON.stringify(plan)).not.toMatch(/kari[.@]eksempel/i)
  })
})
