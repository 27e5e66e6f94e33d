import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderArchive } from '../../../../integrations/archives/folder/index.ts'
import { toArkivmelding } from '../../../../src/noark/arkivmelding.ts'
import { callContext } from '../../../support/call-context.ts'
import { archived, sent } from '../../../support/drive-plan.ts'
import { personalData, restricted } from '../../../support/plan-maker.ts'
import { newArchive, packagesIn, registerIn, temporaryIn } from './archive-folder.ts'

async function journaled() {
  const folder = await newArchive()
  const { plan, ctx } = sent()
  const open = () => folderArchive.open({ ARCHIVE_FOLDER: folder })
  const receipt = await archived(open(), plan, ctx())
  const place = join(folder, receipt.location ?? '')
  const amend = (recordXml: string, connector = open()) =>
    connector.amend?.(restricted(plan), { kind: 'skjerming', receipt }, callContext(new Map(), { recordXml }))
  const changes = async () => {
    const names = (await readdir(join(place, 'endringer')).catch(() => [])).toSorted()
    return Promise.all(names.map(async (name) => [name, await readFile(join(place, 'endringer', name), 'utf8')]))
  }
  return { folder, place, plan, receipt, ctx, open, amend, changes, changed: toArkivmelding(restricted(plan)) }
}

test('what is changed lies beside the package, which stays as it is to the byte', async () => {
  const { folder, place, plan, receipt, ctx, open, amend, changes, changed } = await journaled()
  const whole = async () => {
    const names = (await readdir(place, { withFileTypes: true })).filter((one) => one.isFile()).map(({ name }) => name)
    return Promise.all(names.toSorted().map(async (name) => [name, await readFile(join(place, name), 'base64')]))
  }
  const told = async () => [await whole(), await registerIn(folder), await packagesIn(folder)]
  const before = await told()
  expect(await amend(changed)).toEqual({ state: 'amended' })
  expect(await changes()).toEqual([['0001.xml', changed]])
  expect(await told()).toEqual(before)
  expect(await open().lookup(plan, ctx())).toEqual({ state: 'hits', hits: [receipt], complete: true })
  expect(await open().submit(plan, ctx())).toEqual({ state: 'archived', receipt })
  expect(await temporaryIn(folder)).toEqual([])
  const names = (await readdir(folder, { recursive: true })).join('\n')
  for (const word of personalData) expect(names).not.toContain(word)
})

test('the newest holds, and what it says already is not written again', async () => {
  const { amend, changes, changed, plan } = await journaled()
  const other = toArkivmelding(restricted(plan, 'Offl. § 14'))
  for (const recordXml of [changed, changed, other, other, changed]) await amend(recordXml)
  expect(await changes()).toEqual([
    ['0001.xml', changed],
    ['0002.xml', other],
    ['0003.xml', changed]
  ])
})

test('what the package itself says is no change', async () => {
  const { amend, changes, plan } = await journaled()
  expect(await amend(toArkivmelding(plan))).toEqual({ state: 'amended' })
  expect(await changes()).toEqual([])
})

test('many at once that know nothing of each other lay down one', async () => {
  const { folder, amend, changes, changed } = await journaled()
  const results = await Promise.all(Array.from({ length: 8 }, () => amend(changed)))
  expect(new Set(results.map((result) => result?.state))).toEqual(new Set(['amended']))
  expect(await changes()).toEqual([['0001.xml', changed]])
  expect(await temporaryIn(folder)).toEqual([])
})

test('a place in the order that somebody else has taken stays theirs', async () => {
  const { place, amend, changes, changed } = await journaled()
  await mkdir(join(place, 'endringer'))
  await writeFile(join(place, 'endringer', '0007.xml'), 'lagt her av en annen')
  await writeFile(join(place, 'endringer', 'notat.txt'), 'hører ikke til')
  expect(await amend(changed)).toEqual({ state: 'amended' })
  expect((await changes()).map(([name]) => name)).toEqual(['0007.xml', '0008.xml', 'notat.txt'])
})

test('a package that is not there is not made up, and a person is asked', async () => {
  const { folder, place, amend, changed } = await journaled()
  await rm(place, { recursive: true })
  expect(await amend(changed)).toMatchObject({ state: 'failed', error: { kind: 'needs-human' } })
  expect(await packagesIn(folder)).toEqual([])
})
