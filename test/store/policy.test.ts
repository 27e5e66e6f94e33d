import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { standardGuideline } from '../../src/standard-guideline.ts'
import { policyStore } from '../../src/store/policy-store.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

const standard = await standardGuideline()
const decision = { actor: 'prove', reason: 'Vedtatt' }
const other = { ...standard, name: 'En annen' }

async function fresh() {
  const { db, store } = await freshStore()
  return { policies: policyStore(db), store }
}

test('processes that start at the same time put the guideline in force once', async () => {
  const { policies, store } = await fresh()
  await Promise.all([1, 2, 3, 4].map(() => policies.guidelines.ensure(standard, AT, 'arkivbro')))
  const [only, ...others] = await policies.guidelines.list()
  expect([only, others]).toEqual([
    { version: only?.version, name: standard.name, madeAt: AT, madeBy: 'arkivbro', activatedAt: AT, isInForce: true },
    []
  ])
  const actions = (await store.audit.about(`guideline:${only?.version}`)).map(({ action }) => action)
  expect(actions).toEqual(['guideline.kept', 'guideline.activated'])
  expect(await policies.current()).toEqual({ version: only?.version, guideline: standard })
})

test('a release that brings another guideline keeps it, and changes nothing', async () => {
  const { policies } = await fresh()
  await policies.guidelines.ensure(standard, AT, 'arkivbro')
  const { version } = await policies.current()
  await policies.guidelines.ensure(other, AT, 'arkivbro')
  expect((await policies.current()).version).toBe(version)
  expect((await policies.guidelines.list()).map(({ name }) => name)).toEqual(['En annen', standard.name])
})

test('of two who put guidelines in force at once, both are heard, one after the other', async () => {
  const { policies } = await fresh()
  await policies.guidelines.ensure(standard, AT, 'arkivbro')
  const { version } = await policies.guidelines.add(other, AT, 'prove')
  const results = await Promise.allSettled([1, 2].map(() => policies.guidelines.activate(version, AT, decision)))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await policies.current()).version).toBe(version)
})

test('without any guideline nothing is in force, and that is told', async () => {
  const { policies } = await fresh()
  await expect(policies.current()).rejects.toThrow('No guideline is in force.')
})

test('at most one crisis goes on at once, and it stands in what is in force', async () => {
  const { policies } = await fresh()
  await policies.guidelines.ensure(standard, AT, 'arkivbro')
  const ids = [uuidv7(), uuidv7()]
  const results = await Promise.allSettled(ids.map((id) => policies.crises.start(id, AT, decision)))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { crisis } = await policies.current()
  expect(ids).toContain(crisis?.id)
  await policies.crises.end(AT, decision)
  expect((await policies.current()).crisis).toBeUndefined()
})

test('a reply is let go once, by whoever is first', async () => {
  const { policies, store } = await fresh()
  const held = arrival()
  await store.inquiries.receive({ ...held, assessment: { ...held.assessment, crisis: uuidv7() } })
  const free = arrival()
  await store.inquiries.receive(free)
  const { id } = held.inquiry
  expect(await policies.replies.held(10)).toEqual([id])
  const words = { nb: 'Hei', nn: 'Hei' }
  const results = await Promise.allSettled([
    policies.replies.release(id, AT, { ...decision, words }),
    policies.replies.release(id, AT, { ...decision, words })
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await policies.replies.held(10)).toEqual([])
  expect(await policies.replies.released(id)).toEqual({ at: AT, by: 'prove', words })
  expect(await policies.replies.released(free.inquiry.id)).toBeUndefined()
})
