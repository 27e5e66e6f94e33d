import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderArchive } from '../../integrations/archives/folder/index.ts'
import { dialectNames, dialects } from '../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../integrations/archives/noark5-api/index.ts'
import { changeCategory } from '../../src/flow/change-category.ts'
import type { ArchiveConnector } from '../../src/flow/ports.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import { readArkivmelding } from '../../src/noark/read-arkivmelding.ts'
import { newArchive, packagesIn } from '../integrations/archives/folder/archive-folder.ts'
import type { Fault } from '../support/n5tg/faults.ts'
import type { StandIn } from '../support/n5tg/serve.ts'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { standardPolicy } from './installation.ts'
import { workbench } from './workbench.ts'

const HJEMMEL = 'offl. § 24 andre ledd'

/** Something journaled, which a person then says is unlawful. */
async function journaled(archive: ArchiveConnector) {
  const bench = await workbench(archive)
  const id = await bench.receive()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  const { store, now, queued } = bench
  const acting = {
    ...{ store, now, archive, limits: {}, enqueue: (work: (typeof queued)[number]) => void queued.push(work) },
    ...{ policy: async () => standardPolicy, restrictionOf: restrictionBy(async () => standardPolicy) }
  }
  const decision = { actor: 'arkivar', reason: 'Innlegget henger ut en ansatt', category: 'unlawful' }
  return { bench, id, change: () => changeCategory(acting, id, decision) }
}

const hjemlerIn = (standIn: StandIn) =>
  (['saksmappe', 'journalpost', 'dokumentbeskrivelse'] as const).flatMap((kind) =>
    standIn
      .held(kind)
      .map(({ fields }) => (fields.skjerming as { skjermingshjemmel?: string } | undefined)?.skjermingshjemmel)
  )

test('a change of category restricts what lies in the folder archive, without touching the package', async () => {
  const folder = await newArchive()
  const { bench, id, change } = await journaled(folderArchive.open({ ARCHIVE_FOLDER: folder }))
  const before = await packagesIn(folder)
  await change()
  await bench.runOn()
  const status = await bench.status(id)
  if (status.state !== 'journaled') throw new Error(`It should be journaled, and is ${status.state}.`)
  expect(status.amendedAt).toBeInstanceOf(Date)
  const changes = join(folder, status.receipt.location ?? '', 'endringer')
  expect(await readdir(changes)).toEqual(['0001.xml'])
  const { skjerming, files } = await readArkivmelding(await readFile(join(changes, '0001.xml'), 'utf8'))
  expect([skjerming, ...files.map((one) => one.skjerming)].map((one) => one?.skjermingshjemmel)).toEqual(
    Array.from({ length: 1 + files.length }, () => HJEMMEL)
  )
  expect(await packagesIn(folder)).toEqual(before)
})

const amending = dialectNames.filter((name) => dialects[name].changesSkjerming)

test.each(amending)('a change of category restricts what lies in a %s archive', async (dialect) => {
  const standIn = await startStandIn({ dialect })
  const { bench, id, change } = await journaled(noark5Api.open(standIn.settings))
  expect(hjemlerIn(standIn)).toEqual([undefined, undefined, undefined])
  await change()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled', amendedAt: expect.any(Date) })
  expect(hjemlerIn(standIn)).toEqual([HJEMMEL, HJEMMEL, HJEMMEL])
})

test('an archive that lets nothing be restricted afterwards is left to a person, and nothing is changed', async () => {
  const standIn = await startStandIn({ dialect: 'nikita-2021' })
  const { bench, id, change } = await journaled(noark5Api.open(standIn.settings))
  const sent = standIn.requests.length
  await expect(change()).rejects.toMatchObject({ code: 'not-restricted-in-archive' })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(standIn.requests.slice(sent)).toEqual([])
})

/** The numbers of the requests that change something, where nothing goes wrong, and how many there are in all. */
async function writesOfAChange() {
  const standIn = await startStandIn()
  const { bench, change } = await journaled(noark5Api.open(standIn.settings))
  const sent = standIn.requests.length
  await change()
  await bench.runOn()
  const { requests } = standIn
  const writes = requests.flatMap((label, at) => (at < sent || label.startsWith('GET') ? [] : [at]))
  expect(writes.length).toBe(3)
  return { writes, count: requests.length }
}

/** One for each reaction of the flow. */
test.each<Fault>(['done-too-late', 'dropped-after', '412', '429'])(
  '%s at any write over N5TG ends as restricted, by the retry plan alone',
  async (fault) => {
    const { writes, count } = await writesOfAChange()
    for (const at of writes) {
      const standIn = await startStandIn({ timeoutSeconds: fault === 'done-too-late' ? 0.5 : 10 })
      const { bench, id, change } = await journaled(noark5Api.open(standIn.settings))
      standIn.faults.set(at, fault)
      await change()
      await bench.runOn()
      expect(await bench.status(id)).toMatchObject({ state: 'journaled', amendedAt: expect.any(Date) })
      expect(hjemlerIn(standIn)).toEqual([HJEMMEL, HJEMMEL, HJEMMEL])
      expect(standIn.held('journalpost').length).toBe(1)
      expect(standIn.requests.length).toBeGreaterThan(count)
    }
  },
  120_000
)
