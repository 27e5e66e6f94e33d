import { describe, expect, test } from 'vitest'
import { dialectNames } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import type { ArchivePlan } from '../../../../src/domain/archive-plan.ts'
import { callContext } from '../../../support/call-context.ts'
import { codeOf, type Held } from '../../../support/n5tg/objects.ts'
import type { StandIn, StandInOptions } from '../../../support/n5tg/serve.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { HJEMMEL, type MadePlan, planMaker } from '../../../support/plan-maker.ts'

async function setup(options: StandInOptions) {
  const standIn = await startStandIn(options)
  const connector = noark5Api.open(standIn.settings)
  const submit = ({ plan, files }: MadePlan) => connector.submit(plan, callContext(files))
  return { standIn, submit, connector }
}

const restrictedPlan = () => planMaker({ isRestricted: true, contents: [Buffer.from('%PDF-1.7\n')] })

/** What is screened of an object: in the skjerming where the dialect has it there, else beside it. */
function screenedOf({ archive: { objects } }: StandIn, held: Held) {
  const { skjermingMetadata = [], ...skjerming } = held.fields.skjerming as { skjermingMetadata?: { kode: string }[] }
  const beside = objects.under(held, 'skjermingMetadata').map(({ fields }) => fields.kode)
  return { skjerming, screened: [...skjermingMetadata.map(({ kode }) => kode), ...beside] }
}

const statuses = (standIn: StandIn) => standIn.held('journalpost').map(({ fields }) => codeOf(fields.journalstatus))

/** Where in a delivery the archive is asked something for the n-th time, from the end when n is below 0. */
async function placeOf(options: StandInOptions, label: RegExp, which: number): Promise<number> {
  const { standIn, submit } = await setup(options)
  await submit(restrictedPlan())
  return [...standIn.requests.entries()].filter(([, one]) => label.test(one)).at(which)?.[0] ?? Number.NaN
}

const openUp = (standIn: StandIn, kind: Held['kind']) => () => {
  for (const { fields } of standIn.held(kind)) delete fields.skjerming
}

describe.each(dialectNames)('%s', (dialect) => {
  test('holds all of a skjerming on the case, the journalpost and the document, once', async () => {
    const { standIn, submit } = await setup({ dialect })
    const made = restrictedPlan()
    for (let tries = 0; tries < 2; tries += 1) expect(await submit(made)).toMatchObject({ state: 'archived' })
    const skjerming = {
      tilgangsrestriksjon: { kode: 'XX' },
      skjermingshjemmel: HJEMMEL,
      skjermingDokument: { kode: 'H' },
      skjermingsvarighet: 30,
      skjermingOpphoererDato: '2056-03-02'
    }
    const on = (kind: Held['kind']) => standIn.held(kind).map((one) => screenedOf(standIn, one))
    expect(on('saksmappe')).toEqual([{ skjerming, screened: ['TMO'] }])
    expect(on('journalpost')).toEqual([{ skjerming, screened: ['TRO', 'NA'] }])
    expect(on('dokumentbeskrivelse')).toEqual([{ skjerming, screened: ['TD'] }])
    expect(statuses(standIn)).toEqual(['J'])
  })

  test.each<Held['kind']>(['saksmappe', 'journalpost', 'dokumentbeskrivelse'])(
    'what it no longer shows as screened (%s) is not journaled, and a person is asked',
    async (kind) => {
      const last = await placeOf({ dialect }, /^POST/, -1)
      const { standIn, submit } = await setup({ dialect })
      standIn.meanwhile.set(last + 1, openUp(standIn, kind))
      expect(await submit(restrictedPlan())).toMatchObject({
        state: 'failed',
        error: { kind: 'needs-human', message: expect.stringContaining('Arkivet viser ikke at') }
      })
      expect(statuses(standIn)).toEqual(['M'])
    }
  )

  test('what is opened as it is journaled is not called journaled', async () => {
    const change = await placeOf({ dialect }, /^(PATCH|PUT)/, -1)
    const { standIn, submit, connector } = await setup({ dialect })
    const made = restrictedPlan()
    let kept: unknown
    standIn.meanwhile.set(change + 1, () => {
      kept = standIn.held('journalpost')[0]?.fields.skjerming
      openUp(standIn, 'journalpost')()
    })
    const refused = { state: 'failed', error: { kind: 'needs-human' } }
    expect(await submit(made)).toMatchObject(refused)
    expect(await submit(made)).toMatchObject(refused)
    expect(await connector.lookup(made.plan, callContext(made.files))).toMatchObject(refused)
    for (const { fields } of standIn.held('journalpost')) fields.skjerming = kept
    expect(await submit(made)).toMatchObject({ state: 'archived' })
  })

  test('a code that nobody has given a counterpart is refused before anything is made', async () => {
    const { standIn, submit } = await setup({ dialect })
    const { plan, files } = restrictedPlan()
    const { skjerming } = plan.record
    if (!skjerming) throw new Error('The plan has no skjerming.')
    const record: ArchivePlan['record'] = {
      ...plan.record,
      skjerming: { ...skjerming, tilgangsrestriksjon: 'Klientsaker' }
    }
    expect(await submit({ plan: { ...plan, record }, files })).toMatchObject({
      state: 'failed',
      error: { kind: 'unsupported', message: expect.stringContaining('N5TG_TILGANGSRESTRIKSJONER') }
    })
    expect(standIn.requests.filter((label) => !label.startsWith('GET'))).toEqual([])
  })
})

const beside = {
  'nikita-2021': 'https://nikita.arkivlab.no/noark5/v5/',
  'nikita-current': 'https://rel.arkivverket.no/noark5/v5/api/arkivstruktur/'
} as const

describe.each(['nikita-2021', 'nikita-current'] as const)('%s, which is told beside the skjerming', (dialect) => {
  test('journals nothing when it does not take it', async () => {
    const { standIn, submit } = await setup({ dialect, withholds: [`${beside[dialect]}ny-skjermingmetadata/`] })
    expect(await submit(restrictedPlan())).toMatchObject({ state: 'failed', error: { kind: 'auth' } })
    expect(statuses(standIn)).toEqual([])
  })

  test('is told once, whichever answer is lost', async () => {
    const count = 4
    for (let which = 0; which < count; which += 1) {
      const at = await placeOf({ dialect }, /^POST ny-skjermingmetadata/, which)
      const { standIn, submit } = await setup({ dialect })
      standIn.faults.set(at, 'dropped-after')
      const made = restrictedPlan()
      expect(await submit(made)).toMatchObject({ state: 'failed', error: { kind: 'unknown-outcome' } })
      expect(await submit(made)).toMatchObject({ state: 'archived' })
      expect(standIn.held('skjermingMetadata').map(({ fields }) => fields.kode)).toEqual(['TMO', 'TRO', 'NA', 'TD'])
    }
  })
})
