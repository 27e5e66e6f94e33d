import { expect, test } from 'vitest'
import { activateGuideline, keepGuideline } from '../../src/flow/guidelines.ts'
import { latelyRead } from '../../src/flow/lately-read.ts'
import { codeBook } from '../../src/noark/codes/code-book.ts'
import { policyStore } from '../../src/store/policy-store.ts'
import { freshStore } from '../support/setup.ts'
import { standardPolicy } from './installation.ts'
import { START } from './workbench.ts'

const { guideline } = standardPolicy
const own = {
  ...guideline,
  restrictions: Object.fromEntries(
    Object.entries(guideline.restrictions).map(([name, rule]) => [name, { ...rule, tilgangsrestriksjon: 'UO' }])
  )
}
const decision = { actor: 'prove', reason: 'Vedtatt' }

test('a guideline with codes of the municipality’s own is kept and put in force, until the codes are gone', async () => {
  const policies = policyStore((await freshStore()).db)
  const deps = { policies, inForce: latelyRead(policies.current), now: () => START }
  const limits = { codes: codeBook({ tilgangsrestriksjon: { UO: 'Unntatt offentlighet etter offentleglova' } }) }
  await expect(keepGuideline({ ...deps, limits: {} }, own, 'prove')).rejects.toMatchObject({
    code: 'guideline-code-unknown'
  })
  expect(await policies.guidelines.list()).toEqual([])
  const { version } = await keepGuideline({ ...deps, limits }, own, 'prove')
  await expect(activateGuideline({ ...deps, limits: {} }, version, decision)).rejects.toMatchObject({
    code: 'guideline-code-unknown'
  })
  await activateGuideline({ ...deps, limits }, version, decision)
  expect(await policies.current()).toMatchObject({ version })
})
