import { expect, test } from 'vitest'
import type { Restriction } from '../../src/domain/restriction.ts'
import { retryInquiry } from '../../src/flow/person-actions.ts'
import { readArkivmelding } from '../../src/noark/read-arkivmelding.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { plainPreparer } from './installation.ts'
import { attach, workbench } from './workbench.ts'

const restriction: Restriction = {
  tilgangsrestriksjon: 'Unntatt offentlighet',
  skjermingshjemmel: 'Offl. § 13',
  screens: ['parties']
}
const restricted = { restrictionOf: async () => restriction }
const protectedPerson = { restrictionOf: async () => ({ ...restriction, protectedPerson: { contact: [] } }) }

function archives() {
  const { connector, calls } = lyingArchive()
  return { connector, calls, openOnly: { ...connector, capabilities: { ...connector.capabilities, skjerming: false } } }
}

const cannot = {
  state: 'needs-action',
  trouble: { code: 'archive-cannot-restrict', message: expect.stringContaining('Ingenting er sendt til arkivet') }
}

test('what is restricted never reaches an archive that cannot restrict it, until it can', async () => {
  const { connector, calls, openOnly } = archives()
  const bench = await workbench(openOnly)
  const id = await bench.receive()
  await bench.runOn({ outside: restricted })
  expect(await bench.status(id)).toEqual(cannot)
  expect(calls).toEqual([])

  await retryInquiry({ ...bench, enqueue: () => undefined }, id, { actor: 'arkivar', reason: 'Skjerming er satt opp' })
  await bench.runOn({ outside: { ...restricted, archive: connector } })
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  const recordXml = (await bench.store.plans.recordXml(id)) ?? ''
  expect(await readArkivmelding(recordXml)).toMatchObject({
    skjerming: { skjermingshjemmel: 'Offl. § 13' },
    saksmappe: { skjerming: { skjermingshjemmel: 'Offl. § 13' } },
    screenedNames: ['Kari Eksempel']
  })
})

test('what was composed for an archive that could is not sent to one that cannot', async () => {
  const { connector, calls, openOnly } = archives()
  const bench = await workbench(connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' }, restricted)
  expect(await bench.status(id)).toEqual({ state: 'ready' })
  await bench.run({ inquiryId: id, task: 'deliver' }, { ...restricted, archive: openOnly })
  expect(await bench.status(id)).toEqual(cannot)
  expect(calls).toEqual([])
})

test('what is open reaches an archive that cannot restrict', async () => {
  const { openOnly } = archives()
  const bench = await workbench(openOnly)
  const id = await bench.receive()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test('a picture that tells where a protected person has been waits for a person, unsent and unnamed', async () => {
  const { connector, calls } = archives()
  const bench = await workbench(connector, {
    preparer: {
      prepare: async (attachment, options) => ({
        ...(await plainPreparer.prepare(attachment, options)),
        findings: [{ kind: 'gps-position' }]
      })
    }
  })
  const attachments = [await attach(bench, Buffer.from('ffd8ffe0', 'hex'), 'hjemme.jpg')]
  const id = await bench.receive({ attachments })
  await bench.runOn({ outside: protectedPerson })
  expect(await bench.status(id)).toEqual({
    state: 'needs-action',
    trouble: { code: 'attachment-tells-position', message: expect.stringMatching(/^Vedlegg 1 (?!.*hjemme)/) }
  })
  expect(calls).toEqual([])

  const open = await bench.receive({ attachments: [await attach(bench, Buffer.from('ffd8ffe1', 'hex'), 'b.jpg')] })
  await bench.runOn()
  expect(await bench.status(open)).toMatchObject({ state: 'in-review', trouble: { code: 'review-needed' } })
})
