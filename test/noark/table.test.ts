import { readFileSync } from 'node:fs'
import { XmlDocument, type XmlElement, type XmlNode } from 'libxml2-wasm'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/noark/catalogue/catalogue.ts'
import { own } from '../../src/noark/catalogue/own.ts'
import { codeLists } from '../../src/noark/codes/code-lists.ts'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { objectsOf } from '../../src/noark/dialects/layout.ts'
import { hasMaterial, standards } from '../support/material.ts'

interface StandardRow {
  readonly object: string
  readonly order: number
  readonly name: string
  readonly m: string
  readonly type: string
  readonly min: number
  readonly max: number | string
  readonly choice: boolean
  readonly avl: string
}

test('every element stands somewhere, and every code list belongs to an element that holds a code', () => {
  const rows = [arkivstruktur, fiksArkiv].flatMap((dialect) => objectsOf(dialect).flatMap((object) => object.own))
  const used = new Set<string>(rows.map(({ name }) => name))
  const holdingCodes = new Set<string>(rows.filter(({ holds }) => holds === 'code').map(({ name }) => name))

  expect(Object.keys(catalogue).filter((name) => !used.has(name))).toEqual([])
  expect(Object.keys(codeLists).filter((name) => !holdingCodes.has(name))).toEqual([])
})

test('an element and its code list have the same M-number', () => {
  for (const [name, list] of Object.entries(codeLists))
    if ('m' in list) expect(`${name} ${catalogue[name as keyof typeof catalogue][0]}`).toBe(`${name} ${list.m}`)
})

describe.skipIf(!hasMaterial)('by Noark 5 v5.5 [needs the official schemas]', () => {
  const all: readonly StandardRow[] = hasMaterial
    ? JSON.parse(readFileSync(standards('noark5/elements-v5.5.json'), 'utf8'))
    : []
  const isMeeting = ({ object }: StandardRow) => object.startsWith('moete')
  const kinds = { S: 'text', UUID: 'uuid', D: 'date', DT: 'dateTime', I: 'integer', any: 'any', obj: 'object' } as const

  test('arkivstruktur has every object but those of meetings, with the same elements, order, number and type', () => {
    const theirs = all
      .filter((row) => !isMeeting(row))
      .map((row) => [
        `${row.object}/${row.name}`,
        row.m,
        kinds[row.type as keyof typeof kinds],
        `${row.min}-${row.max}`,
        row.choice
      ])
    const ours = objectsOf(arkivstruktur)
      .filter(({ schema }) => schema === arkivstruktur.schemas[0])
      .flatMap(({ name, own: rows }) =>
        rows.map((row) => [
          `${name}/${row.name}`,
          row.m,
          kindOf(row.holds),
          `${row.min}-${row.max === 'many' ? theirMany(all) : 1}`,
          row.choice !== undefined
        ])
      )
    const byPath = (a: readonly unknown[], b: readonly unknown[]) =>
      String(a[0])
        .split('/')[0]
        ?.localeCompare(String(b[0]).split('/')[0] ?? '') ?? 0

    expect(ours.toSorted(byPath)).toEqual(theirs.toSorted(byPath))
    expect(ours.length).toBeGreaterThan(250)
  })

  test('what is not delivered is what the standard says is not', () => {
    // Catalogued by the standard as not delivered, or without a word of it.
    const silent = ['presedensStatus', 'grad', 'referanseSekundaerKlassifikasjon']
    const theirs = all.filter(({ avl, type, name }) => avl !== 'A' && type !== 'obj' && !silent.includes(name))
    const ours = Object.entries(catalogue).filter(([, [, , , delivery]]: [string, readonly unknown[]]) => delivery)

    expect(ours.map(([name]) => name).toSorted()).toEqual([...new Set(theirs.map(({ name }) => name))].toSorted())
  })
})

const theirMany = (rows: readonly StandardRow[]) => rows.find(({ max }) => max !== 1)?.max

function kindOf(holds: string): string {
  if (holds === 'virksomhetsspesifikkeMetadata') return 'any'
  const kinds: Readonly<Record<string, string>> = {
    text: 'text',
    code: 'text',
    checksum: 'text',
    systemID: 'uuid',
    uuid: 'uuid',
    date: 'date',
    dateTime: 'dateTime',
    integer: 'integer',
    ordinal: 'integer',
    bytes: 'integer'
  }
  return kinds[holds] ?? 'object'
}

describe.skipIf(!hasMaterial)('by Fiks Arkiv V1 [needs the official schemas]', () => {
  const folder = standards('fiks-arkiv/Schema/V1')
  // What the table leaves out: see docs/decisions/0011.
  const leftOut = ['matrikkelnummer', 'byggident', 'planident', 'punkt', 'adresse', 'organisasjonID', 'personID']

  test.each([
    ['no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd', fiksArkiv.schemas[0]],
    ['metadatakatalog.xsd', fiksArkiv.schemas[1]]
  ])('%s has the same elements, in the same order and number', (file, schema) => {
    const document = XmlDocument.fromBuffer(readFileSync(`${folder}/${file}`))
    const objects = objectsOf(fiksArkiv).filter((object) => object.schema === schema)
    for (const { name, own: rows, base } of objects) {
      const elements = find(document, `//xs:complexType[@name='${name}']//xs:element`)
      const theirs = elements
        .filter((element) => !leftOut.includes(attribute(element, 'name')))
        .map((element) => [
          attribute(element, 'name'),
          attribute(element, 'maxOccurs') === 'unbounded' ? 'many' : 1,
          element.parent?.name === 'choice'
        ])
      const isFlat =
        base !== undefined || find(document, `//xs:complexType[@name='${name}']//xs:extension`).length === 0
      const ours = rows.map((row) => [row.name, row.max, row.choice !== undefined])
      expect(isFlat ? ours : ours.slice(-theirs.length), name).toEqual(theirs)
    }
    document.dispose()
    expect(objects.length).toBeGreaterThan(10)
  })

  test('every element has the M-number of Noark 5 v5.5, or else of Fiks Arkiv', () => {
    const theirs = readFileSync(`${folder}/metadatakatalog.xsd`, 'utf8')
    const numbers = new Map(
      [...theirs.matchAll(/Type name="(\w+)">\s*<xs:annotation>\s*<xs:documentation>(M\d+)</g)].map(([, name, m]) => [
        name,
        m
      ])
    )
    const renamed: Readonly<Record<string, string>> = { referanseEksternNoekkel: 'eksternNoekkel' }
    const ours = Object.entries(catalogue).filter(([name, [m]]) => m !== '–' && numbers.has(renamed[name] ?? name))

    for (const [name, [m]] of ours) expect(`${name} ${m}`).toBe(`${name} ${numbers.get(renamed[name] ?? name)}`)
    expect(ours.length).toBeGreaterThan(110)
  })

  test('no element of our own is called what an element of Noark is', () => {
    const theirs =
      readFileSync(`${folder}/metadatakatalog.xsd`, 'utf8') +
      readFileSync(standards('noark5/v5.5/metadatakatalog.xsd'), 'utf8')
    expect([...Object.keys(own), 'henvendelse'].filter((name) => theirs.includes(`name="${name}"`))).toEqual([])
  })
})

const XS = { xs: 'http://www.w3.org/2001/XMLSchema' }
const find = (document: XmlDocument, path: string): readonly XmlElement[] => document.find(path, XS) as XmlElement[]
const attribute = (element: XmlNode & { attr?(name: string): { value: string } | null }, name: string): string =>
  element.attr?.(name)?.value ?? ''
