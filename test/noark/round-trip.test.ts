import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { UnreadableXml } from '../../src/noark/xml/parsed-element.ts'
import { readTree } from '../../src/noark/xml/read-tree.ts'
import { writeTree } from '../../src/noark/xml/write-tree.ts'
import { arbitraryTree } from './arbitrary-tree.ts'

const numRuns = 400

test('any arkivmelding reads back as it was written', async () => {
  let bytes = 0
  await fc.assert(
    fc.asyncProperty(arbitraryTree(fiksArkiv), async (tree) => {
      const xml = writeTree(fiksArkiv, tree)
      bytes += xml.length
      expect(await readTree(fiksArkiv, xml)).toEqual(tree)
    }),
    { numRuns }
  )
  process.stdout.write(`round trip, Fiks Arkiv: ${numRuns} messages, ${Math.round(bytes / 1024)} KiB\n`)
}, 120_000)

test('any arkivstruktur reads back as it was written', async () => {
  let bytes = 0
  await fc.assert(
    fc.asyncProperty(arbitraryTree(arkivstruktur), async (tree) => {
      const xml = writeTree(arkivstruktur, tree)
      bytes += xml.length
      expect(await readTree(arkivstruktur, xml)).toEqual(tree)
    }),
    { numRuns }
  )
  process.stdout.write(`round trip, arkivstruktur: ${numRuns} deposits, ${Math.round(bytes / 1024)} KiB\n`)
}, 120_000)

describe('a reader refuses', () => {
  const good = writeTree(fiksArkiv, {
    system: 'Arkivbro',
    antallFiler: 0,
    registrering: { type: 'journalpost', tittel: 'Henvendelse', journalposttype: 'I' }
  })

  test.each([
    ['what is not XML', good.replace('</arkivmelding>', ''), /ikke gyldig XML/],
    [
      'another root',
      good.replaceAll('arkivmelding>', 'melding>').replace('<arkivmelding', '<melding'),
      /roten skal være/
    ],
    ['another namespace', good.replace('opprett/v1', 'opprett/v9'), /roten skal være arkivmelding/],
    ['an unknown element', good.replace('<system>', '<farge>rød</farge><system>'), /ukjent element, farge/],
    [
      'an element of another object',
      good.replace('<tittel>', '<filnavn>a</filnavn><tittel>'),
      /registrering har et ukjent element, filnavn/
    ],
    [
      'an element in another namespace',
      good.replaceAll('m:kode>', 'kode>'),
      /journalposttype\/kode står i feil navnerom/
    ],
    ['an unknown kind', good.replace('"journalpost"', '"saksmappe"'), /ukjent xsi:type/],
    ['an unknown attribute', good.replace('<tittel>', '<tittel lang="nb">'), /ukjent attributt, lang/],
    ['an element twice', good.replace('<system>', '<system>a</system><system>'), /system står flere ganger/],
    ['what must be there and is not', good.replace(/<tittel>.*<\/tittel>/, ''), /registrering mangler tittel/],
    ['a number that is none', good.replace('>0<', '>null<'), /antallFiler har en verdi av feil slag/],
    ['text among elements', good.replace('<system>', 'hei<system>'), /tekst der det skal stå elementer/],
    ['elements in a text', good.replace('Henvendelse<', '<b>Henvendelse</b><'), /elementer der det skal stå tekst/]
  ])('%s, and says where', async (_, xml, message) => {
    const reading = readTree(fiksArkiv, xml)

    await expect(reading).rejects.toThrow(message)
    await expect(reading).rejects.toBeInstanceOf(UnreadableXml)
    await expect(reading).rejects.not.toThrow(/Henvendelse/)
  })

  test('both parents of a registrering', async () => {
    const both =
      '<referanseForelderMappe><m:mappeID>1</m:mappeID></referanseForelderMappe><arkivdel><m:kode>A</m:kode></arkivdel>'

    await expect(readTree(fiksArkiv, good.replace('<tittel>', `${both}<tittel>`))).rejects.toThrow(/kan ikke ha både/)
  })
})
