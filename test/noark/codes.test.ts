import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codeLists, codeText, isCode } from '../../src/noark/codes.ts'
import { objects } from '../../src/noark/elements.ts'
import { hasMaterial, standards } from '../support/material.ts'

test('a code is known only by its own list', () => {
  expect(isCode('journalstatus', 'J')).toBe(true)
  expect(isCode('journalposttype', 'J')).toBe(false)
  expect(isCode('journalstatus', 'toString')).toBe(false)
  expect(codeText('journalstatus', 'J')).toBe('Journalført')
  expect(codeText('journalstatus', '__proto__')).toBeUndefined()
  expect(codeText('constructor', 'name')).toBeUndefined()
})

describe.skipIf(!hasMaterial)('by the standards (needs the shared standards)', () => {
  // Noark's text, which Fiks Arkiv says in another way.
  const ownWords = ['dokumentmedium F']

  test.each(Object.entries(codeLists))(
    '%s has codes of Fiks Arkiv V1 and its texts',
    (list, ours: Record<string, string>) => {
      const folder = standards('fiks-arkiv/Schema/V1/kodelister')
      const file = readdirSync(folder).find((name) => name.endsWith(`kodelister.${list.toLowerCase()}.json`)) ?? ''
      const { kodeliste }: { kodeliste: { kodeverdi: string; kodebeskrivelse: string }[] } = JSON.parse(
        readFileSync(`${folder}/${file}`, 'utf8')
      )
      const theirs = new Map(kodeliste.map(({ kodeverdi, kodebeskrivelse }) => [kodeverdi, kodebeskrivelse]))

      for (const [code, text] of Object.entries(ours)) {
        expect(theirs.has(code), code).toBe(true)
        if (!ownWords.includes(`${list} ${code}`)) expect(text).toBe(theirs.get(code))
      }
    }
  )

  interface StandardElement {
    readonly name: string
    readonly m: string
  }

  const noark: readonly StandardElement[] = hasMaterial
    ? JSON.parse(readFileSync(standards('noark5/elements-v5.5.json'), 'utf8'))
    : []
  const catalogue = hasMaterial ? readFileSync(standards('fiks-arkiv/Schema/V1/metadatakatalog.xsd'), 'utf8') : ''
  // What Fiks Arkiv calls otherwise than Noark 5, or otherwise than its own type.
  const renamed: Readonly<Record<string, string>> = {
    arkivdel: 'referanseArkivdel',
    referanseEksternNoekkel: 'eksternNoekkel'
  }

  test('every element has the M-number of Noark 5 v5.5, or else of Fiks Arkiv', () => {
    const typed = new Map(
      [...catalogue.matchAll(/Type name="(\w+)">\s*<xs:annotation>\s*<xs:documentation>(M\d+)</g)].map(
        ([, name, m]) => [name, m]
      )
    )
    let checked = 0
    for (const { elements } of Object.values(objects))
      for (const [name, [, m]] of Object.entries(elements) as [string, [string, string?]][]) {
        if (m === undefined) continue
        const theirName = renamed[name] ?? name
        const known = noark.find((element) => element.name === theirName)?.m ?? typed.get(theirName)
        expect(`${name} ${m}`).toBe(`${name} ${known}`)
        checked++
      }

    expect(checked).toBeGreaterThanOrEqual(60)
  })

  test('no element of our own is called what an element of Noark is', () => {
    const theirs = new Set(noark.map(({ name }) => name))
    const ours = [...Object.keys(objects.henvendelse.elements), 'henvendelse']

    expect(ours.filter((name) => theirs.has(name) || catalogue.includes(`name="${name}"`))).toEqual([])
  })
})

test('our own schema has the elements that we write, in the same order', () => {
  const xsd = readFileSync(new URL('../../schemas/noark5/henvendelse-v1.xsd', import.meta.url), 'utf8')
  const names = [...xsd.matchAll(/<xs:element name="(\w+)"/g)].map(([, name]) => name)

  expect(names).toEqual(['henvendelse', ...Object.keys(objects.henvendelse.elements)])
})
