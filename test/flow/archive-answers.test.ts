import { describe, expect, test } from 'vitest'
import { type ArchiveErrorKind, reactions } from '../../src/domain/archive-answer.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { workbench } from './workbench.ts'

const failing = (kind: ArchiveErrorKind) => ({ kind, message: 'Arkivet sa nei.' })
const kinds = Object.keys(reactions) as ArchiveErrorKind[]
const SETTLE_DELAY_MS = 60_000

describe('when the archive does not take it', () => {
  test.each(kinds)('%s gets the reaction that the table says', async (kind) => {
    const archive = lyingArchive()
    archive.sends.push(failing(kind))
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 0 })

    const { status, work } = await bench.store.inquiries.get(id)
    const trouble = { code: `archive-${kind}`, message: 'Arkivet sa nei. Det skjedde i steget «send».' }
    const waitedMs = work && work.dueAt.getTime() - bench.now().getTime()
    switch (reactions[kind]) {
      case 'retry':
        expect({ status, task: work?.task, waitedMs }).toEqual({
          status: { state: 'ready', trouble },
          task: 'deliver',
          waitedMs: 1_000
        })
        break
      case 'look-up':
        expect({ status, task: work?.task, waitedMs }).toMatchObject({
          status: { state: 'unknown-outcome', trouble },
          task: 'settle',
          waitedMs: SETTLE_DELAY_MS
        })
        break
      case 'ask-a-person':
        expect({ status, work }).toEqual({ status: { state: 'needs-action', trouble }, work: undefined })
    }
    expect(archive.journalposts(id)).toHaveLength(0)
  })

  test('unavailable before the commit is tried again and journaled once', async () => {
    const archive = lyingArchive()
    archive.sends.push(failing('transient'), failing('transient'))
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('a connector that throws is tried again, after asking the archive what it holds', async () => {
    const archive = lyingArchive()
    archive.sends.push('throws')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.calls).toEqual(['submit', 'submit', 'lookup', 'submit'])
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test.each(['hangs', 'hangs-deaf'] as const)(
    'one that %s is given up at the deadline and does not keep its place',
    async (answer) => {
      const archive = lyingArchive()
      archive.sends.push(answer)
      const bench = await workbench(archive.connector, { deliverDeadlineMs: 500 })
      const id = await bench.receive()
      await bench.runOn({ atMostMs: 0 })
      const { status, work } = await bench.store.inquiries.get(id)
      expect(status).toMatchObject({ state: 'ready', trouble: { code: 'unforeseen' } })
      expect(work?.leasedUntil).toBeUndefined()
      await bench.runOn()
      expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
      expect(archive.journalposts(id)).toHaveLength(1)
    }
  )

  test('how long it asks us to wait is honoured, up to a day', async () => {
    const archive = lyingArchive()
    archive.sends.push({ ...failing('rate-limited'), retryAfterMs: 90_000 })
    archive.sends.push({ ...failing('rate-limited'), retryAfterMs: 3_650 * 86_400_000 })
    archive.sends.push({ ...failing('rate-limited'), retryAfterMs: Number.NaN })
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    const waits: number[] = []
    for (let n = 0; n < 3; n += 1) {
      await bench.runOn({ atMostMs: 0 })
      const dueAt = (await bench.store.inquiries.get(id)).work?.dueAt
      waits.push((dueAt?.getTime() ?? 0) - bench.now().getTime())
      bench.pass(waits.at(-1) ?? 0)
    }
    expect(waits).toEqual([90_000, 86_400_000, 30_000])
  })
})

describe('when the outcome is unknown', () => {
  test('what the archive has after all is adopted, and not sent again', async () => {
    const archive = lyingArchive()
    archive.sends.push('timeout-after-commit')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled', receipt: { journalpostnummer: 1 } })
    expect(archive.calls).toEqual(['submit', 'lookup'])
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('what the archive does not have is sent again, from where it stopped', async () => {
    const archive = lyingArchive()
    archive.sends.push('timeout-before-commit')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.calls).toEqual(['submit', 'lookup', 'submit'])
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('the archive is not asked before it has had time to settle', async () => {
    const archive = lyingArchive()
    archive.sends.push('timeout-after-commit')
    const bench = await workbench(archive.connector)
    await bench.receive()
    await bench.runOn({ atMostMs: SETTLE_DELAY_MS - 1_000 })
    expect(archive.calls).toEqual(['submit'])
  })

  test.each([
    ['several', 'several-hits'],
    ['unsupported', 'lookup-unsupported'],
    [failing('auth'), 'archive-auth']
  ] as const)('a lookup that answers %o is left to a person', async (answer, code) => {
    const archive = lyingArchive()
    archive.sends.push('timeout-after-commit')
    archive.lookups.push(answer)
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code } })
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test.each([['incomplete'], [failing('transient')], [failing('unknown-outcome')], ['throws']] as const)(
    'a lookup that answers %o is asked again',
    async (answer) => {
      const archive = lyingArchive()
      archive.sends.push('timeout-after-commit')
      archive.lookups.push(answer)
      const bench = await workbench(archive.connector)
      const id = await bench.receive()
      await bench.runOn()
      expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
      expect(archive.calls).toEqual(['submit', 'lookup', 'lookup'])
    }
  )

  test.each([
    ['incomplete', 'lookup-incomplete'],
    [failing('transient'), 'archive-transient']
  ] as const)('lookups that answer %o for a week keep it open, and then a person is asked', async (answer, code) => {
    const archive = lyingArchive()
    archive.sends.push('timeout-after-commit')
    archive.lookups.push(...Array.from({ length: 60 }, () => answer))
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    const startedAt = bench.now().getTime()
    await bench.runOn({ atMostMs: 6 * 86_400_000 })
    expect(await bench.status(id)).toMatchObject({ state: 'unknown-outcome', trouble: { code } })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code } })
    expect(bench.now().getTime() - startedAt).toBeGreaterThan(7 * 86_400_000)
    expect(archive.calls.filter((call) => call === 'submit')).toHaveLength(1)
  })

  test('sends that are lost again and again follow the retry plan and end with a person', async () => {
    const archive = lyingArchive({ usually: 'timeout-before-commit' })
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    const startedAt = bench.now().getTime()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({
      state: 'needs-action',
      trouble: { code: 'archive-unknown-outcome' }
    })
    expect(bench.now().getTime() - startedAt).toBeGreaterThan(7 * 86_400_000)
    expect(archive.calls.filter((call) => call === 'submit').length).toBeLessThan(60)
  })
})

describe('when the receipt is not what it should be', () => {
  test.each(['wrong-checksum', 'missing-file', 'other-journalpost'] as const)(
    'a receipt with %s journals nothing',
    async (answer) => {
      const archive = lyingArchive()
      archive.sends.push(answer)
      const bench = await workbench(archive.connector)
      const id = await bench.receive()
      await bench.runOn()
      expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'receipt-mismatch' } })
      expect(await bench.actions(id)).not.toContain('inquiry.journaled')
    }
  )

  test('a receipt from another case than the one that was named journals nothing', async () => {
    const archive = lyingArchive()
    archive.sends.push('other-case')
    const bench = await workbench(archive.connector)
    const id = await bench.receive({ caseNumber: '2025/17' })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'receipt-mismatch' } })
  })

  test('a later receipt is held to the same', async () => {
    const archive = lyingArchive({ usually: 'accepted' })
    archive.settles.push('wrong-checksum')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'receipt-mismatch' } })
  })
})

describe('when the receipt comes later', () => {
  test('the inquiry waits for it, and the waiting leaves one line in the log however long it is', async () => {
    const archive = lyingArchive({ usually: 'accepted', processingMs: 300_000 })
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 60_000 })
    expect(await bench.status(id)).toMatchObject({ state: 'awaiting-receipt' })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.calls.filter((call) => call === 'settle').length).toBeGreaterThan(50)
    expect((await bench.actions(id)).filter((action) => action === 'inquiry.awaiting-receipt')).toHaveLength(1)
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('a poll that fails is made again, and what it said is gone when the next one succeeds', async () => {
    const archive = lyingArchive({ usually: 'accepted', processingMs: 60_000 })
    archive.settles.push(failing('transient'), 'throws')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 30_000 })
    expect(await bench.status(id)).not.toHaveProperty('trouble')
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  })

  test('a receipt that never comes is an unknown outcome, and what was lost is sent again', async () => {
    const archive = lyingArchive({ usually: 'accepted', giveUpMs: 600_000 })
    archive.sends.push('swallowed')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    const actions = await bench.actions(id)
    expect(actions).toContain('inquiry.unknown-outcome')
    expect(actions).not.toContain('inquiry.needs-action')
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.calls.filter((call) => call === 'submit')).toHaveLength(2)
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('receipts that never come, whatever is sent, end with a person', async () => {
    const archive = lyingArchive({ usually: 'swallowed', giveUpMs: 86_400_000, pollMs: 3_600_000 })
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'receipt-late' } })
  })

  test('a refusal that comes later is for a person, who may also dismiss it', async () => {
    const archive = lyingArchive({ usually: 'swallowed' })
    archive.settles.push(failing('payload'))
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-refused-later' } })
    expect(archive.calls).toEqual(['submit', 'settle', 'lookup'])
    expect(await bench.store.ledger.hasSteps(id)).toBe(false)
  })

  test('a refusal by an archive that has kept it all the same is found out', async () => {
    const archive = lyingArchive({ usually: 'accepted' })
    archive.settles.push(failing('payload'))
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('a refusal that could not be looked into at first is still for a person, and nothing is sent again', async () => {
    const archive = lyingArchive({ usually: 'swallowed' })
    archive.settles.push(failing('payload'))
    archive.lookups.push('incomplete', failing('transient'))
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-refused-later' } })
    expect(archive.calls).toEqual(['submit', 'settle', 'lookup', 'lookup', 'lookup'])
  })

  test('a refusal by an archive that cannot be asked is for a person', async () => {
    const archive = lyingArchive({ usually: 'swallowed' })
    archive.settles.push(failing('payload'))
    archive.lookups.push('unsupported')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-refused-later' } })
    expect(await bench.store.ledger.hasSteps(id)).toBe(false)
  })
})
