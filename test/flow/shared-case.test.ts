import { expect, test } from 'vitest'
import { folderArchive } from '../../integrations/archives/folder/index.ts'
import type { Outcome } from '../../src/domain/guideline.ts'
import { dismissInquiry } from '../../src/flow/person-actions.ts'
import { registerIn } from '../integrations/archives/folder/archive-folder.ts'
import { freshFolder } from '../support/setup.ts'
import { standardPolicy } from './installation.ts'
import { workbench } from './workbench.ts'

/** A folder archive, and the standard guideline with another last word about cases. */
async function withCases(outcome: Outcome) {
  const root = freshFolder()
  const { guideline } = standardPolicy
  const otherwise = { ...guideline.otherwise, ...outcome }
  const policy = { ...standardPolicy, guideline: { ...guideline, otherwise } }
  const bench = await workbench(folderArchive.open({ ARCHIVE_FOLDER: root }), { policy })
  const casesOf = async (...ids: string[]) => {
    const register = await registerIn(root)
    return ids.map((id) => register.find(({ recordKey }) => recordKey.startsWith(id))?.sakssekvensnummer)
  }
  return { bench, casesOf }
}

const below = (externalId: string) => ({
  context: { parents: [{ externalId, author: { displayName: 'Ola' }, text: 'Snø' }] }
})

test('inquiries of one thread share a saksmappe, whichever of them is made ready first', async () => {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const first = await bench.receive(below('rot'))
  const second = await bench.receive(below('rot'))
  const other = await bench.receive(below('annen'))
  await bench.run({ inquiryId: second, task: 'compose' })
  expect(await bench.status(second)).toMatchObject({ state: 'received', trouble: { code: 'waits-for-first' } })
  await bench.runOn()
  expect(await casesOf(first, second, other)).toEqual([1, 1, 2])
})

test('when the first of a thread is dismissed, the next one founds the case', async () => {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const [first, second, third] = [
    await bench.receive(below('rot')),
    await bench.receive(below('rot')),
    await bench.receive(below('rot'))
  ]
  await dismissInquiry({ ...bench, enqueue: () => undefined }, first, { actor: 'prove', reason: 'Feil kommune' })
  await bench.runOn()
  expect(await casesOf(second, third)).toEqual([1, 1])
})

test('what one person writes in one category shares a saksmappe; another category, and another person, has its own', async () => {
  const { bench, casesOf } = await withCases({ case: 'person-and-category' })
  const own = await bench.receive()
  const again = await bench.receive()
  const other = await bench.receive({ author: { displayName: 'Kari Eksempel', handle: 'en.annen' } })
  await bench.runOn()
  const [a, b, c] = await casesOf(own, again, other)
  expect(a).toBe(b)
  expect(c).not.toBe(a)
})

test('a case that a person named goes before the guideline’s, and the guideline’s before a new one', async () => {
  const { bench } = await withCases({ case: 'thread', caseNumber: '2025/17' })
  const [named, fixed] = [await bench.receive({ caseNumber: '2025/18' }), await bench.receive()]
  for (const id of [named, fixed]) await bench.run({ inquiryId: id, task: 'compose' })
  const policyOf = async (id: string) => (await bench.store.plans.get(id))?.plan.casePolicy
  expect(await policyOf(named)).toMatchObject({
    mode: 'existing',
    saksnummer: { saksaar: 2025, sakssekvensnummer: 18 }
  })
  expect(await policyOf(fixed)).toMatchObject({
    mode: 'existing',
    saksnummer: { saksaar: 2025, sakssekvensnummer: 17 }
  })
})
