import { expect, test } from 'vitest'
import { attachmentPreparer } from '../../src/documents/attachments/attachment-preparer.ts'
import { Unavailable } from '../../src/domain/errors.ts'
import type { PreparedAttachment } from '../../src/domain/prepared-attachment.ts'
import { retryInquiry } from '../../src/flow/person-actions.ts'
import { CONVERTING_MS_MAX } from '../../src/flow/prepare-attachments.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { plainRenderer } from './installation.ts'
import { attach, type Workbench, workbench } from './workbench.ts'

const GIF = Buffer.from('47494638396101000100800000000000ffffff2c00000000010001000002024401003b', 'hex')

const outcomeOf = (outcome: PreparedAttachment['outcome']): PreparedAttachment => ({ outcome, findings: [] })

test.each([
  [
    outcomeOf({ kind: 'infected', signature: 'Prove-1' }),
    'attachment-infected',
    'Vedlegg 2 inneholder skadevare (Prove-1)'
  ],
  [outcomeOf({ kind: 'not-scanned' }), 'attachment-not-scanned', 'Vedlegg 2 er større enn virusskanneren tar imot']
])(
  'an unsafe attachment (%j) waits for a person, and nothing is shown, sent or opened after it',
  async (unsafe, code, says) => {
    const asked: string[] = []
    const archive = lyingArchive()
    const bench = await workbench(archive.connector, {
      renderer: { ...plainRenderer, render: () => Promise.reject(new Error('Nothing may be rendered')) },
      preparer: {
        async prepare({ fileName }) {
          asked.push(fileName)
          return fileName === 'b.gif' ? unsafe : outcomeOf({ kind: 'kept' })
        }
      }
    })
    const attachments = [
      await attach(bench, GIF, 'a.gif'),
      await attach(bench, GIF, 'b.gif'),
      await attach(bench, GIF, 'c.gif')
    ]
    const id = await bench.receive({ attachments })
    await bench.runOn()

    expect(await bench.status(id)).toEqual({
      state: 'needs-action',
      trouble: { code, message: expect.stringContaining(says) }
    })
    expect(asked).toEqual(['a.gif', 'b.gif'])
    expect(archive.calls).toEqual([])
    expect(JSON.stringify(bench.log)).not.toContain('b.gif')
  }
)

test('a file above the limit of the archive waits for a person, unsent and unnamed, until the limit is raised', async () => {
  const { connector, calls } = lyingArchive()
  const limited = { ...connector, capabilities: { ...connector.capabilities, fileBytesMax: 1_048_576 } }
  const bench = await workbench(limited)
  const small = await attach(bench, GIF, 'a.gif')
  const large = await attach(bench, Buffer.alloc(1_500_000, GIF), 'kari.gif')
  const id = await bench.receive({ attachments: [small, large] })
  await bench.runOn()
  expect(await bench.status(id)).toEqual({
    state: 'needs-action',
    trouble: {
      code: 'file-too-large-for-archive',
      message: expect.stringMatching(/^Vedlegg 2 er 2 MB, og arkivet tar ikke imot filer over 1 MB\. (?!.*kari)/)
    }
  })
  expect(calls).toEqual([])

  await retryInquiry({ ...bench, enqueue: () => undefined }, id, { actor: 'arkivar', reason: 'Grensen er hevet' })
  await bench.runOn({ outside: { archive: connector } })
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test('a virus scanner that does not answer is waited for', async () => {
  let tries = 0
  const bench = await workbench(lyingArchive().connector, {
    preparer: {
      async prepare() {
        tries += 1
        if (tries < 4) throw new Unavailable('scanner-unavailable', 'Virusskanneren svarer ikke.')
        return outcomeOf({ kind: 'kept' })
      }
    }
  })
  const id = await bench.receive({ attachments: [await attach(bench, GIF, 'a.gif')] })
  await bench.runDue()
  expect(await bench.status(id)).toMatchObject({ state: 'received', trouble: { code: 'scanner-unavailable' } })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test('when the attachments of one inquiry have taken ten minutes, the rest are scanned and not converted', async () => {
  const asked: boolean[] = []
  const bench = await workbench(lyingArchive().connector, {
    preparer: {
      async prepare(_attachment, { convert }) {
        asked.push(convert)
        bench.pass(CONVERTING_MS_MAX / 2)
        return outcomeOf({ kind: 'not-converted', reason: 'too-demanding' })
      }
    }
  })
  const attachments = await Promise.all(['a.gif', 'b.gif', 'c.gif'].map((name) => attach(bench, GIF, name)))
  await bench.receive({ attachments })
  await bench.runDue()
  expect(asked).toEqual([true, true, false])
})

test('composing again gives the same plan, with the same converted files and findings', async () => {
  const archive = lyingArchive()
  const plans: unknown[] = []
  const renderings: unknown[] = []
  const bench = await workbench(archive.connector, {
    renderer: {
      ...plainRenderer,
      async render(document) {
        renderings.push(document)
        return await plainRenderer.render(document)
      }
    }
  })
  const preparer = attachmentPreparer({ blobs: bench.blobs, log: () => undefined })
  const id = await bench.receive({ attachments: [await attach(bench, Buffer.concat([GIF, GIF]), 'a.png')] })
  const { inquiries } = bench.store
  // The first time, what was composed is lost on its way to the database.
  const losing: Workbench['store'] = {
    ...bench.store,
    inquiries: {
      ...inquiries,
      async move(move) {
        if (!move.plan) return await inquiries.move(move)
        plans.push(move.plan.plan)
        throw new Error('The database is gone')
      }
    }
  }
  await bench.run({ inquiryId: id, task: 'compose' }, { store: losing, preparer })
  await bench.runOn({ outside: { preparer } })
  await preparer.close()

  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(renderings).toHaveLength(2)
  const kept = await bench.store.plans.get(id)
  expect(kept).toEqual(plans[0])
  expect(kept?.record.dokumenter[1]).toMatchObject({
    merknad: 'Filnavnet sier PNG, men innholdet er GIF. Filen har data etter slutten av formatet.',
    findings: [{ kind: 'name-mismatch' }, { kind: 'trailing-data', bytes: GIF.length }]
  })
  expect(archive.journalposts(id)[0]?.files).toHaveLength(4)
})
