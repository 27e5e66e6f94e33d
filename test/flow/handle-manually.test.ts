import { describe, expect, test } from 'vitest'
import type { Receipt } from '../../src/domain/receipt.ts'
import { chooseRecord, confirmHandled, proposeHandled } from '../../src/flow/handle-manually.ts'
import { retryInquiry } from '../../src/flow/person-actions.ts'
import { type LyingArchive, lyingArchive } from '../support/lying-archive.ts'
import { type Workbench, workbench } from './workbench.ts'

const byHand: Receipt = {
  archive: 'lying',
  ...{ saksaar: 2026, sakssekvensnummer: 900, journalpostnummer: 4 },
  saksmappeSystemID: '7f000000-0000-4000-8000-000000000001',
  journalpostSystemID: '7f000000-0000-4000-8000-000000000002',
  arkivertDato: new Date('2026-11-22T08:00:00Z'),
  files: []
}
const numbers = ({ saksaar, sakssekvensnummer, journalpostnummer }: Receipt) => ({
  saksaar,
  sakssekvensnummer,
  journalpostnummer
})

const acting = ({ store, now, queued }: Workbench, { connector }: LyingArchive) => ({
  store,
  now,
  archive: connector,
  enqueue: (work: (typeof queued)[number]) => void queued.push(work)
})
const reason = 'Journalført for hånd'
const propose = (bench: Workbench, archive: LyingArchive, id: string, receipt = byHand) =>
  proposeHandled(acting(bench, archive), id, { actor: 'kari', reason, journalpost: numbers(receipt) })
const confirm = (bench: Workbench, archive: LyingArchive, id: string, actor = 'ola') =>
  confirmHandled(acting(bench, archive), id, { actor, reason })

/** An inquiry that the archive has refused in so many words, and that somebody has journaled by hand. */
async function refused() {
  const archive = lyingArchive({ inOneStep: true })
  archive.sends.push({ kind: 'payload', message: 'Nei.' })
  archive.byHand.push(byHand)
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  return { archive, bench, id }
}

describe('«merk som håndtert»', () => {
  test('takes two people and the archive’s own word, and ends the matter', async () => {
    const { archive, bench, id } = await refused()
    await propose(bench, archive, id)
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', proposed: { by: 'kari' } })
    await expect(confirm(bench, archive, id, 'kari')).rejects.toMatchObject({ code: 'same-person' })
    await confirm(bench, archive, id)
    expect(await bench.status(id)).toEqual({
      state: 'handled-manually',
      receipt: byHand,
      by: 'kari',
      confirmedBy: 'ola'
    })
    await bench.runOn()
    expect(archive.journalposts(id)).toEqual([])
    expect((await bench.actions(id)).slice(-2)).toEqual(['inquiry.handling-proposed', 'inquiry.handled-manually'])
  })

  test('is refused for a journalpost that the archive does not have, or no longer has', async () => {
    const { archive, bench, id } = await refused()
    const absent = { ...byHand, journalpostnummer: 5 }
    await expect(propose(bench, archive, id, absent)).rejects.toMatchObject({ code: 'journalpost-not-found' })
    await propose(bench, archive, id)
    archive.byHand.splice(0)
    await expect(confirm(bench, archive, id)).rejects.toMatchObject({ code: 'journalpost-not-found' })
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', proposed: { by: 'kari' } })
  })

  test.each([
    ['fails', { kind: 'transient', message: 'Arkivet svarte ikke.' }, 'archive-unavailable'],
    ['cannot be searched', 'unsupported', 'archive-cannot-be-asked']
  ] as const)('is refused while the archive %s', async (_, answer, code) => {
    const { archive, bench, id } = await refused()
    archive.lookups.push(answer)
    await expect(propose(bench, archive, id)).rejects.toMatchObject({ code })
  })

  test('is refused for another journalpost while ours may be in the archive', async () => {
    const archive = lyingArchive()
    archive.sends.push({ kind: 'needs-human', message: 'Se i arkivet.' })
    archive.byHand.push(byHand)
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    await expect(propose(bench, archive, id)).rejects.toMatchObject({ code: 'may-be-in-archive' })
  })

  test('accepts our own journalpost when its files are not as they were sent', async () => {
    const archive = lyingArchive()
    archive.sends.push('wrong-checksum')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ trouble: { code: 'receipt-mismatch' } })
    const [ours] = archive.journalposts(id)
    await propose(bench, archive, id, ours)
    await confirm(bench, archive, id)
    expect(await bench.status(id)).toMatchObject({ state: 'handled-manually' })
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('is forgotten when somebody tries again in the meantime', async () => {
    const { archive, bench, id } = await refused()
    await propose(bench, archive, id)
    await retryInquiry(acting(bench, archive), id, { actor: 'per', reason: 'Prøver igjen' })
    await expect(confirm(bench, archive, id)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  })

  test('cannot be confirmed when nobody has proposed it', async () => {
    const { archive, bench, id } = await refused()
    await expect(confirm(bench, archive, id)).rejects.toMatchObject({ code: 'nothing-proposed' })
  })
})

describe('«velg journalpost»', () => {
  async function doubled() {
    const archive = lyingArchive()
    archive.sends.push('timeout-after-commit')
    archive.lookups.push('several')
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn()
    const [held] = archive.journalposts(id)
    if (!held) throw new Error('The archive holds nothing.')
    return { archive, bench, id, held }
  }
  const choose = (bench: Workbench, archive: LyingArchive, id: string, receipt: Receipt) =>
    chooseRecord(acting(bench, archive), id, { actor: 'kari', reason, journalpost: numbers(receipt) })

  test('makes the inquiry journaled by the one of several that a person says counts', async () => {
    const { archive, bench, id, held } = await doubled()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'several-hits' } })
    await choose(bench, archive, id, held)
    expect(await bench.status(id)).toEqual({ state: 'journaled', receipt: held })
  })

  test('is refused for one that the archive did not show, and where there is nothing to choose', async () => {
    const { archive, bench, id, held } = await doubled()
    const other = { ...held, journalpostnummer: 77 }
    await expect(choose(bench, archive, id, other)).rejects.toMatchObject({ code: 'journalpost-not-found' })
    const fresh = await bench.receive()
    await expect(choose(bench, archive, fresh, held)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
  })
})
