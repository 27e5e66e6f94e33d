import { beforeEach, describe, expect, test, vi } from 'vitest'
import { folderArchive } from '../../integrations/archives/folder/index.ts'
import type { ArchiveConnector } from '../../src/flow/ports.ts'
import { packagesIn, registerIn } from '../integrations/archives/folder/archive-folder.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { lyingMailbox } from '../support/lying-mailbox.ts'
import { freshFolder } from '../support/setup.ts'
import { type Fault, faults, faulty } from './outside-faults.ts'
import { type Workbench, workbench } from './workbench.ts'

interface CountedArchive {
  /** The connector, as a process opens it when it starts. */
  open(): ArchiveConnector
  /** How many journalposts the archive holds for an inquiry. */
  count(inquiryId: string): Promise<number>
}

function folder(): CountedArchive {
  const root = freshFolder()
  return {
    open: () => folderArchive.open({ ARCHIVE_FOLDER: root }),
    async count(inquiryId) {
      const isOurs = ({ recordKey }: { recordKey: string }) => recordKey.startsWith(inquiryId)
      const entries = (await registerIn(root)).filter(isOurs)
      const packages = (await packagesIn(root)).filter(isOurs)
      expect(packages).toHaveLength(entries.length)
      return entries.length
    }
  }
}

function answering(usually: 'archived' | 'accepted'): CountedArchive {
  const archive = lyingArchive({ usually, processingMs: usually === 'accepted' ? 12_000 : 0 })
  return { open: () => archive.connector, count: async (inquiryId) => archive.journalposts(inquiryId).length }
}

function writing(): CountedArchive {
  const archive = lyingArchive({ mailbox: lyingMailbox({ isPrompt: true }) })
  return { open: () => archive.connector, count: async (inquiryId) => archive.journalposts(inquiryId).length }
}

const archives = [
  { name: 'the folder archive', make: folder },
  { name: 'an archive without protection against doubles', make: () => answering('archived') },
  { name: 'an archive that sends its receipt later', make: () => answering('accepted') },
  { name: 'an archive that writes to us before it answers', make: writing }
]

// A process that dies in the middle stops its heartbeat too; these live on in the same process.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval'] }))

describe.each(archives)('with $name', ({ make }) => {
  test.each(faults)('a world that %s any call leaves one journalpost', async (fault) => {
    const archive = make()
    const bench = await workbench(archive.open())
    const hits: string[] = []
    for (let n = 1; ; n += 1) {
      const id = await bench.receive()
      const hit = await runFaulty(bench, archive.open(), n, fault)
      await bench.runOn({ outside: { archive: archive.open() } })
      const what = `${fault} call ${n}, ${hit ?? 'none'}`
      expect(await bench.status(id), what).toMatchObject({ state: 'journaled' })
      expect(await archive.count(id), what).toBe(1)
      expect(
        (await bench.actions(id)).filter((action) => action === 'inquiry.journaled'),
        what
      ).toHaveLength(1)
      if (hit === undefined) break
      hits.push(hit)
    }
    // Had the flow stopped calling, all of the above would pass as well.
    expect(new Set(hits)).toEqual(new Set([...hits, ...alwaysCalled]))
  })
})

test('an inquiry that is hit by one crash after another, each a call later, is journaled once', async () => {
  const archive = answering('accepted')
  const bench = await workbench(archive.open())
  const id = await bench.receive()
  let crashes = 0
  while (await runFaulty(bench, archive.open(), crashes + 1, 'dies after')) crashes += 1
  await bench.runOn()
  expect(crashes).toBeGreaterThan(8)
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(await archive.count(id)).toBe(1)
})

const alwaysCalled = [
  'store.work.claim',
  'store.inquiries.get',
  'store.inquiries.bytes',
  'renderer.render',
  'blobs.put',
  'store.inquiries.move',
  'store.plans.get',
  'archive.submit',
  'store.ledger.start',
  'blobs.open',
  'store.ledger.finish'
]

/** Works until all is done or the n-th call has been hit. */
async function runFaulty(bench: Workbench, archive: ArchiveConnector, n: number, fault: Fault) {
  const { outside, hit, dead } = faulty({ ...bench, archive }, n, fault)
  const working = bench.runOn({ outside, atMostMs: 7_200_000 }).catch((error: unknown) => {
    if (hit() === undefined) throw error
  })
  await Promise.race([working, dead])
  return hit()
}
