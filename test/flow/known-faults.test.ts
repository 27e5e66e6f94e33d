import { expect, test } from 'vitest'
import { noark5Api } from '../../integrations/archives/noark5-api/index.ts'
import { retryInquiry } from '../../src/flow/person-actions.ts'
import type { Mishap } from '../support/n5tg/faults.ts'
import type { StandIn } from '../support/n5tg/serve.ts'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { workbench } from './workbench.ts'

/** An archive with which these go wrong, one after the other, among the requests of that kind; and one inquiry to it. */
async function deliveringTo(mishaps: readonly Mishap[], isHit: (label: string) => boolean = () => true) {
  const left = [...mishaps]
  const standIn = await startStandIn({ mishap: (label) => (isHit(label) ? left.shift() : undefined) })
  const bench = await workbench(noark5Api.open(standIn.settings))
  const id = await bench.receive()
  return { standIn, bench, id, left }
}

const statusesIn = ({ held }: StandIn) => held('journalpost').map(({ fields }) => fields.journalstatus)

test('an archive that answers 500 for a week is tried by the plan, and then it is a person’s turn', async () => {
  const { standIn, bench, id } = await deliveringTo(Array.from({ length: 1_000 }, () => '500-before'))
  const startedAt = bench.now().getTime()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-transient' } })
  expect(bench.now().getTime() - startedAt).toBeGreaterThan(7 * 86_400_000)
  expect(standIn.requests.length).toBeLessThan(200)
  expect(standIn.held('journalpost')).toEqual([])
})

test('a 409 from an archive that has it from before is looked into, and what is there is taken as ours', async () => {
  const { standIn, bench, id, left } = await deliveringTo(['409-after'], (label) => label.endsWith('ny-journalpost'))
  await bench.runOn()
  expect(left).toEqual([])
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(statusesIn(standIn)).toEqual([{ kode: 'J' }])
})

test('two 404s are each for a person, who tries again, and then all is well', async () => {
  const { standIn, bench, id } = await deliveringTo(['404', '404'])
  for (let asked = 0; asked < 2; asked += 1) {
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-not-found' } })
    await retryInquiry({ store: bench.store, now: bench.now, enqueue: () => undefined }, id, {
      actor: 'prove',
      reason: 'Prøv igjen'
    })
  }
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(statusesIn(standIn)).toEqual([{ kode: 'J' }])
})

test.each([
  ['to questions', (label: string) => label.startsWith('GET')],
  ['to what is sent', (label: string) => label.startsWith('POST')]
])('three answers of 200 with something else in them, %s, are seen through, and then all is well', async (_, isHit) => {
  const { standIn, bench, id, left } = await deliveringTo(['not-noark', 'not-noark', 'not-noark'], isHit)
  await bench.runOn()
  expect(left).toEqual([])
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(statusesIn(standIn)).toEqual([{ kode: 'J' }])
  expect(standIn.held('dokumentobjekt').length).toBe(2)
})
