import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toArkivmelding } from '../../src/noark/arkivmelding.ts'
import { toArkivstruktur } from '../../src/noark/arkivstruktur.ts'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import type { Dialect } from '../../src/noark/dialects/dialect.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { writeTree } from '../../src/noark/xml/write-tree.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { openSchema, type Schema } from '../support/xsd.ts'
import { arbitraryTree } from './arbitrary-tree.ts'
import { depositCase, depositFrame } from './deposits.ts'
import { mutated, mutationNames, seeded } from './mutations.ts'
import { archivePlan } from './plans.ts'

const own = (file: string) => openSchema(fileURLToPath(new URL(`../../schemas/noark5/${file}`, import.meta.url)))
const FIKS = 'fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'
const SEED = 20_261_104
const DOCUMENTS = 150
const MUTANTS_PER_KIND = 2

interface Verdicts {
  accepted: number
  refused: number
}

/** Valid documents from the table and many that are wrong in one way or two, from a fixed seed. */
function* documents<D extends Dialect>(dialect: D): Generator<readonly [kind: string, xml: string]> {
  const random = seeded(SEED)
  for (const tree of fc.sample(arbitraryTree(dialect), { numRuns: DOCUMENTS, seed: SEED })) {
    const xml = writeTree(dialect, tree)
    if (xml.length > 60_000) continue
    yield ['as written', xml]
    for (const kind of mutationNames)
      for (let count = 0; count < MUTANTS_PER_KIND; count++) {
        const once = mutated(xml, kind, random)
        yield [kind, count === 0 ? once : mutated(once, mutationNames[random(mutationNames.length)] ?? kind, random)]
      }
  }
}

function compare(dialect: Dialect, official: Schema, ours: Schema) {
  const counts: Record<string, Verdicts> = {}
  const differing: unknown[] = []
  for (const [kind, xml] of documents(dialect)) {
    const [theirs, our] = [official.validate(xml), ours.validate(xml)]
    const verdicts = counts[kind] ?? { accepted: 0, refused: 0 }
    verdicts[theirs.length === 0 ? 'accepted' : 'refused']++
    counts[kind] = verdicts
    if ((theirs.length === 0) !== (our.length === 0))
      differing.push({ kind, theirs: theirs.slice(0, 2), ours: our.slice(0, 2) })
  }
  const sum = (of: keyof Verdicts) => Object.values(counts).reduce((total, one) => total + one[of], 0)
  return { counts, differing, accepted: sum('accepted'), refused: sum('refused') }
}

describe.skipIf(!hasMaterial)(
  'our schemas and the official ones accept and refuse the same [needs the official schemas]',
  () => {
    test.each([
      ['Fiks Arkiv V1', fiksArkiv, FIKS, 'fiks-arkiv-opprett-v1.xsd'],
      ['Noark 5 v5.5', arkivstruktur, 'noark5/v5.5/arkivstruktur.xsd', 'arkivstruktur-v5.xsd']
    ] as const)(
      '%s',
      (name, dialect, theirs, ours) => {
        const { counts, differing, accepted, refused } = compare(dialect, openSchema(standards(theirs)), own(ours))
        const shown = Object.entries(counts).map(([kind, one]) => `${kind} ${one.accepted}/${one.refused}`)
        process.stdout.write(`${name}: ${accepted} accepted, ${refused} refused by both\n  ${shown.join(', ')}\n`)

        expect(differing.slice(0, 5)).toEqual([])
        expect(accepted + refused).toBeGreaterThan(2_000)
        expect(counts).toMatchObject({ 'as written': { refused: 0 } })
        expect(accepted).toBeGreaterThan(500)
        expect(refused).toBeGreaterThan(1_000)
      },
      300_000
    )
  }
)

describe.skipIf(!hasMaterial)('our schemas are smaller on purpose [needs the official schemas]', () => {
  const [ourFiks, ourNoark] = [own('fiks-arkiv-opprett-v1.xsd'), own('arkivstruktur-v5.xsd')]
  const fiks = hasMaterial ? openSchema(standards(FIKS)) : ourFiks
  const noark = hasMaterial ? openSchema(standards('noark5/v5.5/arkivstruktur.xsd')) : ourNoark
  const message = toArkivmelding(archivePlan)
  const deposit = toArkivstruktur(depositFrame, [depositCase(archivePlan)])
  const meeting = '<moetenummer>1</moetenummer><utvalg>U</utvalg><moetedato>2026-11-04</moetedato>'
  const asMeeting = deposit
    .replace(/<mappe xsi:type="saksmappe">/, '<mappe xsi:type="moetemappe">')
    .replace(/<saksaar>[\s\S]*<\/saksstatus>/, meeting)
  const party =
    '<part><partNavn>Kari</partNavn><personID><landkode>NO</landkode><identifikator>1</identifikator></personID></part>'

  test.each([
    ['meetings', noark, ourNoark, asMeeting],
    [
      'places',
      fiks,
      ourFiks,
      message.replace('</saksstatus>', '</saksstatus><byggident><bygningsnummer>1</bygningsnummer></byggident>')
    ],
    [
      'identity numbers of parties',
      fiks,
      ourFiks,
      message.replace('<dokumentbeskrivelse>', `${party}<dokumentbeskrivelse>`)
    ],
    [
      'types named where there is nothing to choose',
      fiks,
      ourFiks,
      message.replace('<tittel>', '<tittel xsi:type="m:tittel">')
    ],
    [
      'our own metadata with other content than ours',
      fiks,
      ourFiks,
      message.replace('</kanal>', '</kanal><farge>blå</farge>')
    ],
    [
      'our own metadata in a deposit with other content',
      noark,
      ourNoark,
      deposit.replace('</kanal>', '</kanal><farge>blå</farge>')
    ]
  ])('they have no %s', (_, theirs, ours, xml) => {
    expect(theirs.validate(xml)).toEqual([])
    expect(ours.validate(xml)).not.toEqual([])
  })

  test.each([
    ['a code that says it is a code', message.replace('<journalposttype>', '<journalposttype xsi:type="m:kode">')],
    [
      'a unit that says it is identifiers',
      message.replace('<saksansvarlig>', '<saksansvarlig xsi:type="m:identifikatorer">')
    ]
  ])('both refuse %s', (_, xml) => {
    expect(fiks.validate(xml)).not.toEqual([])
    expect(ourFiks.validate(xml)).not.toEqual([])
  })

  test('metadata of others may stand where anything may', () => {
    const other = message.replace(/<henvendelse [\s\S]*<\/henvendelse>/, '<annet xmlns="urn:annet">1</annet>')

    expect(fiks.validate(other)).toEqual([])
    expect(ourFiks.validate(other)).toEqual([])
  })
})
