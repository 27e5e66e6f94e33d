import { describe, expect, test } from 'vitest'
import { type DialectName, dialectNames, dialects } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import { type AmendResult, reactions } from '../../../../src/domain/archive-answer.ts'
import type { ArchivePlan } from '../../../../src/domain/archive-plan.ts'
import { callContext } from '../../../support/call-context.ts'
import { archived } from '../../../support/drive-plan.ts'
import { applies, type Fault, faults } from '../../../support/n5tg/faults.ts'
import { codeOf, type Held } from '../../../support/n5tg/objects.ts'
import type { StandIn, StandInOptions } from '../../../support/n5tg/serve.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { HJEMMEL, type PlanChanges, planMaker, restricted } from '../../../support/plan-maker.ts'
import { waitFor } from '../../../support/wait-for.ts'

const amending = dialectNames.filter((name) => dialects[name].changesSkjerming)
const TRIES_MAX = 5
const AT_ONCE = 4

/** A journalpost with one document, and how to restrict it. */
async function journaled(options: StandInOptions = {}, changes: PlanChanges = {}) {
  const standIn = await startStandIn(options)
  const connector = noark5Api.open(standIn.settings)
  const { plan, files } = planMaker({ contents: [Buffer.from('%PDF-1.7\n')], ...changes })
  const ctx = callContext(files)
  const receipt = await archived(connector, plan, ctx)
  const sent = standIn.requests.length
  const amend = async (to: ArchivePlan = restricted(plan)): Promise<AmendResult> => {
    if (!connector.amend) throw new Error('It cannot change what it has journaled.')
    return connector.amend(to, { kind: 'skjerming', receipt }, callContext(files))
  }
  return { standIn, plan, amend, requests: () => standIn.requests.slice(sent), at: (number: number) => sent + number }
}

const only = (standIn: StandIn, kind: Held['kind']): Held => {
  const [one, ...others] = standIn.held(kind)
  if (!one || others.length > 0) throw new Error(`The stand-in holds ${others.length + (one ? 1 : 0)} ${kind}.`)
  return one
}

const early = { skjermingsvarighet: 5, skjermingOpphoererDato: '2031-03-02' }
const screened = ['saksmappe', 'journalpost', 'dokumentbeskrivelse'] as const
const skjermingOf = ({ fields }: Held) => fields.skjerming as Readonly<Record<string, unknown>> | undefined
const hjemler = (standIn: StandIn) => screened.map((kind) => skjermingOf(only(standIn, kind))?.skjermingshjemmel)
const writes = (labels: readonly string[]) => labels.filter((label) => !label.startsWith('GET'))

/** Codes of what is screened of a unit, in its skjerming and beside it. */
function codesOf({ archive: { objects } }: StandIn, held: Held): readonly unknown[] {
  const inside = (skjermingOf(held)?.skjermingMetadata ?? []) as readonly unknown[]
  return [...inside.map(codeOf), ...objects.under(held, 'skjermingMetadata').map(({ fields }) => fields.kode)]
}

describe.each(amending)('%s', (dialect: DialectName) => {
  test('changes the skjerming, what of it is screened and a title that names somebody, and loses nothing', async () => {
    const { standIn, plan, amend } = await journaled({ dialect })
    const before = screened.map((kind) => only(standIn, kind).fields)
    expect(before[2]).toMatchObject({ tittel: 'Henvendelse fra Kari Nordmann' })
    expect(await amend()).toEqual({ state: 'amended' })
    const after = screened.map((kind) => only(standIn, kind))
    const skjerming = {
      tilgangsrestriksjon: { kode: 'XX' },
      skjermingshjemmel: HJEMMEL,
      skjermingDokument: { kode: 'H' },
      skjermingsvarighet: 30,
      skjermingOpphoererDato: '2056-03-02'
    }
    for (const [at, held] of after.entries()) {
      const tittel = at === 2 ? plan.record.offentligTittel : before[at]?.tittel
      expect(held.fields).toEqual({ ...before[at], tittel, skjerming: expect.objectContaining(skjerming) })
    }
    expect(after.map((held) => codesOf(standIn, held))).toEqual([['TMO'], ['TRO', 'NA'], ['TD']])
  })

  test.each(faults.filter((fault) => fault !== 'truncated' && fault !== 'wrong-checksum'))(
    '%s at any request is tried again, and ends as restricted',
    async (fault: Fault) => {
      const whole = await journaled({ dialect })
      await whole.amend()
      const labels = whole.requests()
      const places = [...labels.keys()].filter((at) => applies(fault, labels[at] ?? '', dialect))
      expect(places.length).toBeGreaterThan(0)
      const changes = { dialect, ...(fault.endsWith('too-late') && { timeoutSeconds: 0.3 }) }
      const tryAt = async (number: number) => {
        const { standIn, amend, at } = await journaled(changes)
        standIn.faults.set(at(number), fault)
        const moment = `${fault} at request ${number}, ${labels[number]}`
        let result = await amend()
        for (let tries = 1; result.state === 'failed' && tries < TRIES_MAX; tries += 1) {
          expect(reactions[result.error.kind], moment).not.toBe('ask-a-person')
          await waitFor(standIn.isIdle, 'the archive has nothing under way')
          result = await amend()
        }
        expect(result, moment).toEqual({ state: 'amended' })
        expect(hjemler(standIn), moment).toEqual([HJEMMEL, HJEMMEL, HJEMMEL])
        expect(codeOf(only(standIn, 'journalpost').fields.journalstatus), moment).toBe('J')
      }
      while (places.length > 0) await Promise.all(places.splice(0, AT_ONCE).map(tryAt))
    },
    120_000
  )

  test('a change that somebody else makes meanwhile stays', async () => {
    const { standIn, amend, at, requests } = await journaled({ dialect })
    const whole = await journaled({ dialect })
    await whole.amend()
    const change = whole.requests().indexOf('PATCH object')
    standIn.meanwhile.set(at(change), () => {
      const held = only(standIn, 'journalpost')
      standIn.archive.objects.change(held, { offentligTittel: 'Rettet av arkivar' })
    })
    expect(await amend()).toEqual({ state: 'amended' })
    expect(requests().filter((label) => label === 'PATCH object').length).toBe(4)
    expect(only(standIn, 'journalpost').fields.offentligTittel).toBe('Rettet av arkivar')
    expect(hjemler(standIn)).toEqual([HJEMMEL, HJEMMEL, HJEMMEL])
  })

  test.each<readonly [string, number, (standIn: StandIn) => unknown]>([
    ['a skjerming', 0, (standIn) => delete only(standIn, 'journalpost').fields.skjerming],
    ['an end', 0, (standIn) => Object.assign(skjermingOf(only(standIn, 'journalpost')) ?? {}, early)],
    ['a title', 1, (standIn) => Object.assign(only(standIn, 'dokumentbeskrivelse').fields, { tittel: 'Kari Nordmann' })]
  ])('%s that the archive does not show afterwards is for a person, and changed once more', async (_, which, undo) => {
    const { standIn, amend, at } = await journaled({ dialect })
    const whole = await journaled({ dialect })
    await whole.amend()
    const changes = [...whole.requests().entries()].filter(([, label]) => label === 'PATCH object')
    standIn.meanwhile.set(at((changes[which]?.[0] ?? Number.NaN) + 1), () => undo(standIn))
    expect(await amend()).toMatchObject({
      state: 'failed',
      error: { kind: 'needs-human', message: expect.stringMatching(/^Arkivet viser ikke at .* er skjermet/) }
    })
    expect(await amend()).toEqual({ state: 'amended' })
  })

  test('what somebody has screened besides and for longer stays so', async () => {
    const { standIn, plan, amend } = await journaled({ dialect }, { isRestricted: true })
    const held = only(standIn, 'journalpost')
    const longer = { skjermingsvarighet: 60, skjermingOpphoererDato: '2086-03-02' }
    held.fields.skjerming = { ...skjermingOf(held), ...longer, skjermingshjemmel: 'Offl. § 14' }
    if (dialects[dialect].screensMetadata === 'beside') {
      standIn.archive.objects.create('skjermingMetadata', { kode: 'KID' }, held)
    } else {
      held.fields.skjerming = { ...skjermingOf(held), skjermingMetadata: [{ kode: 'KID' }] }
    }
    expect(await amend()).toEqual({ state: 'amended' })
    expect(skjermingOf(only(standIn, 'journalpost'))).toMatchObject({ ...longer, skjermingshjemmel: HJEMMEL })
    expect(codesOf(standIn, only(standIn, 'journalpost'))).toEqual(expect.arrayContaining(['TRO', 'NA', 'KID']))
    expect(hjemler(standIn)).toEqual(screened.map(() => plan.record.skjerming?.skjermingshjemmel))
  })

  test('an end that comes too early is put off, and goes when there is to be none', async () => {
    const { standIn, plan, amend } = await journaled({ dialect }, { isRestricted: true })
    const shorten = () => {
      const held = only(standIn, 'journalpost')
      held.fields.skjerming = { ...skjermingOf(held), ...early }
    }
    shorten()
    expect(await amend()).toEqual({ state: 'amended' })
    expect(skjermingOf(only(standIn, 'journalpost'))).toMatchObject({
      skjermingsvarighet: 30,
      skjermingOpphoererDato: '2056-03-02'
    })
    shorten()
    const { skjerming } = restricted(plan).record
    if (!skjerming) throw new Error('The plan has no skjerming.')
    const { skjermingsvarighet: _, skjermingOpphoererDato: __, ...endless } = skjerming
    expect(await amend({ ...plan, record: { ...plan.record, skjerming: endless } })).toEqual({ state: 'amended' })
    const held = skjermingOf(only(standIn, 'journalpost'))
    for (const name of Object.keys(early)) expect(held).not.toHaveProperty(name)
  })

  test.each<readonly [string, string, (standIn: StandIn) => void]>([
    [
      'that is set to utgår',
      'needs-human',
      (standIn) => Object.assign(only(standIn, 'journalpost').fields, { journalstatus: { kode: 'U' } })
    ],
    [
      'that is no longer journaled',
      'needs-human',
      (standIn) => Object.assign(only(standIn, 'journalpost').fields, { journalstatus: { kode: 'M' } })
    ],
    [
      'that is not found by its key',
      'not-found',
      (standIn) => Object.assign(only(standIn, 'journalpost').fields, { beskrivelse: 'Uten nøkkel' })
    ],
    [
      'that is there twice',
      'needs-human',
      (standIn) => {
        const { fields, parent } = only(standIn, 'journalpost')
        const { systemID: _, ...double } = fields
        standIn.archive.objects.add('journalpost', double, parent)
      }
    ],
    [
      'that has lost a document of ours',
      'needs-human',
      (standIn) => Object.assign(only(standIn, 'dokumentbeskrivelse').fields, { eksternReferanse: '', beskrivelse: '' })
    ],
    [
      'that lies in another case',
      'needs-human',
      (standIn) => Object.assign(only(standIn, 'saksmappe').fields, { beskrivelse: 'En annen sak' })
    ]
  ])('a journalpost %s is left as it is, and a person is asked', async (_, kind, happens) => {
    const { standIn, amend, requests } = await journaled({ dialect })
    happens(standIn)
    expect(await amend()).toMatchObject({ state: 'failed', error: { kind } })
    expect(writes(requests())).toEqual([])
  })

  test('a case that is closed, so that nothing in it can be changed, is for a person', async () => {
    const { standIn, amend } = await journaled({ dialect })
    Object.assign(only(standIn, 'saksmappe').fields, { saksstatus: { kode: 'A' } })
    expect(await amend()).toMatchObject({ state: 'failed', error: { kind: 'auth' } })
    expect(hjemler(standIn)).toEqual([undefined, undefined, undefined])
  })

  test('a code that nobody has given a counterpart is refused before anything is changed', async () => {
    const { plan, amend, requests } = await journaled({ dialect })
    const { skjerming, ...record } = restricted(plan).record
    if (!skjerming) throw new Error('The plan has no skjerming.')
    const unknown = { ...skjerming, tilgangsrestriksjon: 'Klientsaker' }
    expect(await amend({ ...plan, record: { ...record, skjerming: unknown } })).toMatchObject({
      state: 'failed',
      error: { kind: 'unsupported', message: expect.stringContaining('N5TG_TILGANGSRESTRIKSJONER') }
    })
    expect(writes(requests())).toEqual([])
  })
})
