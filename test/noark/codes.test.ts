import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codeBook, standardCodes } from '../../src/noark/codes/code-book.ts'
import type { CodeList, Texts } from '../../src/noark/codes/code-list.ts'
import { codeLists } from '../../src/noark/codes/code-lists.ts'
import { ownCodeMistakes } from '../../src/noark/codes/own-code-mistakes.ts'
import { hasMaterial, standards } from '../support/material.ts'

const lists = Object.entries(codeLists) as readonly (readonly [string, CodeList])[]

test('a code is known only by its own list', () => {
  expect(standardCodes.isKnown('journalstatus', 'J')).toBe(true)
  expect(standardCodes.isKnown('journalposttype', 'J')).toBe(false)
  expect(standardCodes.isKnown('journalstatus', 'toString')).toBe(false)
  expect(standardCodes.textOf('journalstatus', 'J')).toBe('Journalført')
  expect(standardCodes.textOf('journalstatus', '__proto__')).toBeUndefined()
  expect(standardCodes.textOf('constructor', 'name')).toBeUndefined()
})

test('an element without a list takes any code, and has no text for it', () => {
  expect(standardCodes.isKnown('arkivdel', 'SAKSARKIV')).toBe(true)
  expect(standardCodes.textOf('arkivdel', 'SAKSARKIV')).toBeUndefined()
})

test('a deposit takes neither codes of Fiks Arkiv alone nor statuses of what is not closed', () => {
  expect(standardCodes.isKnown('journalstatus', 'M')).toBe(true)
  expect(standardCodes.isDelivered('journalstatus', 'M')).toBe(false)
  expect(standardCodes.isDelivered('journalstatus', 'J')).toBe(false)
  expect(standardCodes.isDelivered('journalstatus', 'A')).toBe(true)
  expect(standardCodes.isDelivered('korrespondanseparttype', 'IK')).toBe(false)
  expect(standardCodes.isDelivered('dokumenttype', 'KORR')).toBe(true)
  expect(standardCodes.codeOf('korrespondanseparttype', 'Intern kopimottaker')).toBeUndefined()
})

test('every text of a deposit leads back to its code', () => {
  let count = 0
  for (const [name, { noark }] of lists)
    for (const [code, text] of Object.entries(noark)) {
      expect(standardCodes.codeOf(name, text)).toBe(code)
      count++
    }

  expect(count).toBeGreaterThan(110)
})

describe('a municipality', () => {
  const codes = codeBook({ dokumenttype: { SOME: 'Henvendelse i sosialt medium' }, format: { JPEG: 'fmt/43' } })

  test('may add to the lists that the standard leaves free', () => {
    expect(codes.isKnown('dokumenttype', 'SOME')).toBe(true)
    expect(codes.isDelivered('dokumenttype', 'SOME')).toBe(true)
    expect(codes.textOf('dokumenttype', 'SOME')).toBe('Henvendelse i sosialt medium')
    expect(codes.isKnown('dokumenttype', 'KORR')).toBe(true)
    expect(codes.codeOf('format', 'fmt/43')).toBe('JPEG')
    expect(standardCodes.isKnown('dokumenttype', 'SOME')).toBe(false)
  })

  test.each([
    ['a list that is closed', { saksstatus: { X: 'Borte' } }, /«saksstatus» \(M052\) er fastsatt av standarden/],
    ['a list that is not there', { farge: { R: 'Rød' } }, /«farge» finnes ikke.*dokumenttype/],
    ['a list by the name of something else', { constructor: { R: 'Rød' } }, /finnes ikke/],
    ['a code without text', { dokumenttype: { SOME: ' ' } }, /kode uten tekst/],
    ['a text that is none', { dokumenttype: { SOME: 7 } }, /kode uten tekst/],
    ['a text that another code has', { dokumenttype: { BREV: 'Korrespondanse' } }, /samme tekst/],
    ['a list that is a list', { dokumenttype: ['SOME'] }, /ikke et objekt/],
    ['something else altogether', 'dokumenttype', /ikke et JSON-objekt/]
  ])('is told when it adds %s', (_, given, message) => {
    expect(ownCodeMistakes(given).join(' ')).toMatch(message)
  })

  test('is told nothing when all is well', () => {
    expect(ownCodeMistakes({ dokumenttype: { SOME: 'Henvendelse i sosialt medium' }, partRolle: {} })).toEqual([])
  })
})

describe.skipIf(!hasMaterial)('by the standards [needs the official schemas]', () => {
  // Noark's text, which Fiks Arkiv says in another way; and long texts that Fiks Arkiv alone has, said shorter.
  const ownWords = ['dokumentmedium F', 'partRolle P', 'merknadstype MA', 'avskrivningsmaate TE']
  const ownLists = ['skjermingMetadata', 'tilgangsrestriksjon', 'format']

  test.each(lists.filter(([name]) => !ownLists.includes(name)))(
    '%s has codes of Fiks Arkiv V1 and its texts',
    (name, { noark, fiksOnly }) => {
      const folder = standards('fiks-arkiv/Schema/V1/kodelister')
      const file = readdirSync(folder).find((one) => one.endsWith(`kodelister.${name.toLowerCase()}.json`)) ?? ''
      const { kodeliste }: { kodeliste: { kodeverdi: string; kodebeskrivelse: string }[] } = JSON.parse(
        readFileSync(`${folder}/${file}`, 'utf8')
      )
      const theirs = new Map(kodeliste.map(({ kodeverdi, kodebeskrivelse }) => [kodeverdi, kodebeskrivelse]))
      const ours: Texts = { ...noark, ...fiksOnly }

      for (const [code, text] of Object.entries(ours)) {
        expect(theirs.has(code), code).toBe(true)
        if (ownWords.includes(`${name} ${code}`)) expect(text).not.toBe(theirs.get(code))
        else if (name !== 'skjermingOpphoererAksjon') expect(text).toBe(theirs.get(code))
      }
      if (name !== 'dokumenttype') expect(new Set(Object.keys(ours))).toEqual(new Set(theirs.keys()))
    }
  )
})
