import { expect, test } from 'vitest'
import type { PreparedAttachment } from '../../src/domain/prepared-attachment.ts'
import { vedlegg } from '../../src/flow/plan-attachment.ts'

const receivedAt = new Date('2026-11-22T09:00:00Z')
const made = {
  sha256: 'b'.repeat(64),
  size: 20,
  mediaType: 'image/png',
  tool: 'sharp 0.35.5',
  comments: ['Første av 3 bilder']
}

const planOf = (mediaType: string, fileName: string, prepared: Partial<PreparedAttachment>) =>
  vedlegg({
    attachment: { id: 'x', fileName, mediaType, size: 10, sha256: 'a'.repeat(64) },
    prepared: { outcome: { kind: 'kept' }, findings: [], ...prepared },
    number: 2,
    receivedAt,
    titleLengthMax: 250,
    neutralTitles: false,
    idFor: (name) => `id of ${name}`
  })

test('a file in an archive format is variant A as it came, and nothing else', () => {
  const { objekter, merknad } = planOf('image/jpeg', 'hull.jpg', { formatDetaljer: 'JFIF 1.01' })
  expect(objekter).toEqual([
    {
      systemID: 'id of objekt-3-A',
      versjonsnummer: 1,
      variantformat: 'A',
      format: 'JPEG',
      formatDetaljer: 'JFIF 1.01',
      mimeType: 'image/jpeg',
      filnavn: 'hull.jpg',
      referanseDokumentfil: 'vedlegg-02.jpg',
      sha256: 'a'.repeat(64),
      filstoerrelse: 10
    }
  ])
  expect(merknad).toBeUndefined()
})

test('a converted file is variant A with its konvertering, dated when the inquiry came, beside the original as P', () => {
  const { objekter } = planOf('image/gif', 'hull.i.veien.gif', { outcome: { kind: 'converted', made } })
  expect(objekter).toMatchObject([
    {
      variantformat: 'A',
      format: 'PNG',
      filnavn: 'hull.i.veien-arkiv.png',
      referanseDokumentfil: 'vedlegg-02-arkiv.png',
      konvertering: {
        konvertertDato: receivedAt,
        konvertertAv: 'Arkivbro',
        konvertertFraFormat: 'GIF',
        konvertertTilFormat: 'PNG',
        konverteringsverktoey: 'sharp 0.35.5',
        konverteringskommentar: 'Første av 3 bilder'
      }
    },
    { variantformat: 'P', format: 'GIF', filnavn: 'hull.i.veien.gif', referanseDokumentfil: 'vedlegg-02.gif' }
  ])
})

test.each<[string, Partial<PreparedAttachment>, string]>([
  [
    'image/webp',
    { outcome: { kind: 'not-converted', reason: 'damaged' } },
    'Vedlegget kunne ikke konverteres til arkivformat: filen er skadet eller ufullstendig. Originalen er arkivert slik den kom.'
  ],
  [
    'application/pdf',
    { outcome: { kind: 'not-converted', reason: 'encrypted' }, findings: [{ kind: 'encrypted' }] },
    'Vedlegget er kryptert og kan ikke leses uten passord. Originalen er arkivert slik den kom.'
  ],
  ['image/jpeg', { findings: [{ kind: 'gps-position' }] }, 'Filen inneholder GPS-posisjon.'],
  [
    'image/png',
    { findings: [{ kind: 'name-mismatch', named: 'PDF', is: 'PNG' }] },
    'Filnavnet sier PDF, men innholdet er PNG.'
  ],
  [
    'video/webm',
    { outcome: { kind: 'still', made } },
    'Filmen er ikke i arkivformat. Den er arkivert slik den kom, sammen med et stillbilde fra den.'
  ]
])('a reader of %s with %j is told', (mediaType, prepared, merknad) => {
  expect(planOf(mediaType, 'fil', prepared)).toMatchObject({ merknad })
})

test.each([
  ['image/gif', 'FOTO'],
  ['video/webm', 'VIDEO'],
  ['audio/mpeg', 'LYD'],
  ['application/pdf', 'KORR']
])('%s is filed as %s', (mediaType, dokumenttype) => {
  expect(planOf(mediaType, 'fil', {})).toMatchObject({
    dokumenttype,
    tilknyttetRegistreringSom: 'V',
    dokumentnummer: 3
  })
})

test('a preview says that a file will be looked at', () => {
  expect(planOf('image/webp', 'a.webp', { outcome: { kind: 'to-be-converted' } })).toMatchObject({
    merknad: 'Vedlegget undersøkes, og konverteres om det trengs, når arkivposten lages.',
    objekter: [{ variantformat: 'P', format: 'WEBP' }]
  })
})

test('a PDF that claims to be PDF/A is told apart from other PDFs', () => {
  const findings = [{ kind: 'claims-pdfa', level: '2b' }] as const
  expect(planOf('application/pdf', 'brev.pdf', { findings, formatDetaljer: 'PDF/A-2b' })).toMatchObject({
    merknad: 'PDF-en oppgir selv at den er PDF/A-2b. Det er ikke kontrollert.',
    findings,
    objekter: [{ variantformat: 'A', format: 'PDF/A', formatDetaljer: 'PDF/A-2b' }]
  })
})
