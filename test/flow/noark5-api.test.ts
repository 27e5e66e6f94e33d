import { expect, test } from 'vitest'
import { noark5Api } from '../../integrations/archives/noark5-api/index.ts'
import type { Fault } from '../support/n5tg/faults.ts'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { workbench } from './workbench.ts'

/** One for each reaction of the flow; that every fault ends well is tried beside the connector, without a database. */
const faults: readonly Fault[] = ['done-too-late', 'dropped-after', '429']

/** The numbers of the requests that change something, in a delivery where nothing goes wrong. */
async function writesOfADelivery(): Promise<readonly number[]> {
  const standIn = await startStandIn()
  const bench = await workbench(noark5Api.open(standIn.settings))
  const id = await bench.receive()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  return standIn.requests.flatMap((label, at) => (label.startsWith('GET') ? [] : [at]))
}

test.each(faults)(
  '%s at any write over N5TG ends with one journalpost, by the retry plan alone',
  async (fault) => {
    for (const at of await writesOfADelivery()) {
      const standIn = await startStandIn({ timeoutSeconds: fault === 'done-too-late' ? 0.5 : 10 })
      standIn.faults.set(at, fault)
      const bench = await workbench(noark5Api.open(standIn.settings))
      const id = await bench.receive()
      await bench.runOn()
      expect(await bench.status(id), `${fault} at ${standIn.requests[at]}`).toMatchObject({ state: 'journaled' })
      expect(standIn.held('saksmappe').length).toBe(1)
      expect(standIn.held('journalpost').map(({ fields }) => fields.journalstatus)).toEqual([{ kode: 'J' }])
      expect(standIn.held('dokumentobjekt').length).toBe(2)
      expect(standIn.held('korrespondansepart').length).toBe(2)
    }
  },
  180_000
)
