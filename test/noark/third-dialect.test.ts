import { expect, test } from 'vitest'
import { checkTree } from '../../src/noark/check-tree.ts'
import { standardCodes } from '../../src/noark/codes/code-book.ts'
import { caseDetails } from '../../src/noark/dialects/case-details.ts'
import type { Dialect } from '../../src/noark/dialects/dialect.ts'
import type { Tree } from '../../src/noark/dialects/tree.ts'
import { readTree } from '../../src/noark/xml/read-tree.ts'
import { writeTree } from '../../src/noark/xml/write-tree.ts'
import { xsdOf } from '../../src/noark/xsd.ts'
import { openSchemaText } from '../support/xsd.ts'

/**
 * Some of the older arkivmelding that eFormidling carries: the registrering lies in its mappe, codes are words, moments
 * have an offset, and the order is another. Nothing outside this file knows of it.
 */
const olderArkivmelding = {
  name: 'eldre arkivmelding',
  root: 'arkivmelding',
  schemas: [
    {
      file: 'eldre-arkivmelding.xsd',
      namespace: 'http://www.arkivverket.no/standarder/noark5/arkivmelding',
      prefix: '',
      title: 'Eldre arkivmelding, i utdrag.',
      objects: {
        arkivmelding: { system: '1', antallFiler: '1', mappe: 'either 1-M', registrering: 'or 1-M' },
        mappe: { systemID: '0-1', tittel: '1', opprettetDato: '1', opprettetAv: '1', registrering: '0-M' },
        saksmappe: { saksdato: '1', administrativEnhet: '1', saksstatus: '1', presedens: '0-M' },
        registrering: {
          opprettetDato: '1',
          systemID: '0-1',
          dokumentbeskrivelse: '0-M',
          tittel: '1',
          korrespondansepart: '0-M'
        },
        journalpost: { journalposttype: '1', journaldato: '1' },
        dokumentbeskrivelse: { tittel: '1', tilknyttetRegistreringSom: '1', dokumentobjekt: '0-M' },
        dokumentobjekt: { versjonsnummer: '1', variantformat: '1', referanseDokumentfil: '1' },
        korrespondansepart: { korrespondansepartNavn: '1', korrespondanseparttype: '1' },
        presedens: caseDetails.presedens
      }
    }
  ],
  extensions: [],
  holds: { antallFiler: 'ordinal' },
  extended: [],
  codes: 'text',
  moments: 'with-offset',
  integers: 'xs:integer',
  isDeposit: false
} as const satisfies Dialect

const tree: Tree<typeof olderArkivmelding, 'arkivmelding'> = {
  antallFiler: 1,
  system: 'Arkivbro',
  mappe: [
    {
      type: 'saksmappe',
      tittel: 'Henvendelse på Facebook',
      opprettetDato: new Date('2026-11-04T07:15:30Z'),
      opprettetAv: 'Arkivbro',
      saksdato: '2026-11-04',
      administrativEnhet: 'Vei og park',
      saksstatus: 'B',
      registrering: [
        {
          type: 'journalpost',
          tittel: 'Henvendelse på Facebook',
          opprettetDato: new Date('2026-11-04T07:15:30Z'),
          journalposttype: 'I',
          journaldato: '2026-11-04',
          korrespondansepart: [{ korrespondanseparttype: 'EA', korrespondansepartNavn: 'Kari Eksempel' }],
          dokumentbeskrivelse: [
            {
              tittel: 'Henvendelse',
              tilknyttetRegistreringSom: 'H',
              dokumentobjekt: [{ versjonsnummer: 1, variantformat: 'A', referanseDokumentfil: 'henvendelse.pdf' }]
            }
          ]
        }
      ]
    }
  ]
}

test('another dialect needs a table of its own and nothing else', async () => {
  const xml = writeTree(olderArkivmelding, tree)

  expect(xml.replace(/\n\s*/g, '')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<arkivmelding xmlns="http://www.arkivverket.no/standarder/noark5/arkivmelding" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      '<system>Arkivbro</system><antallFiler>1</antallFiler><mappe xsi:type="saksmappe">' +
      '<tittel>Henvendelse på Facebook</tittel><opprettetDato>2026-11-04T08:15:30+01:00</opprettetDato>' +
      '<opprettetAv>Arkivbro</opprettetAv><registrering xsi:type="journalpost">' +
      '<opprettetDato>2026-11-04T08:15:30+01:00</opprettetDato><dokumentbeskrivelse><tittel>Henvendelse</tittel>' +
      '<tilknyttetRegistreringSom>Hoveddokument</tilknyttetRegistreringSom><dokumentobjekt>' +
      '<versjonsnummer>1</versjonsnummer><variantformat>Arkivformat</variantformat>' +
      '<referanseDokumentfil>henvendelse.pdf</referanseDokumentfil></dokumentobjekt></dokumentbeskrivelse>' +
      '<tittel>Henvendelse på Facebook</tittel><korrespondansepart>' +
      '<korrespondansepartNavn>Kari Eksempel</korrespondansepartNavn>' +
      '<korrespondanseparttype>Avsender</korrespondanseparttype></korrespondansepart>' +
      '<journalposttype>Inngående dokument</journalposttype><journaldato>2026-11-04</journaldato></registrering>' +
      '<saksdato>2026-11-04</saksdato><administrativEnhet>Vei og park</administrativEnhet>' +
      '<saksstatus>Under behandling</saksstatus></mappe></arkivmelding>'
  )
  expect(await readTree(olderArkivmelding, xml)).toEqual(tree)
  expect(checkTree(olderArkivmelding, tree, standardCodes)).toEqual([])
  expect(checkTree(olderArkivmelding, { ...tree, antallFiler: 0 }, standardCodes)).toHaveLength(1)
})

test('its schema takes what is written and nothing out of order', () => {
  const schema = openSchemaText(xsdOf(olderArkivmelding, olderArkivmelding.schemas[0]))
  const xml = writeTree(olderArkivmelding, tree)

  expect(schema.validate(xml)).toEqual([])
  expect(schema.validate(xml.replace(/(<system>.*<\/system>)\s*(<antallFiler>.*<\/antallFiler>)/, '$2$1'))).not.toEqual(
    []
  )
})
