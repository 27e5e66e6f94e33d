import { Type } from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { type ArchiveIntegration, archives } from '../../integrations/index.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { lyingMailbox } from '../support/lying-mailbox.ts'
import { freshService } from '../support/setup.ts'
import { waitFor } from '../support/wait-for.ts'
import { bodies, overview, postAll } from './installation.ts'

const DAY_MS = 86_400_000
const COUNT = 20

/** An archive that answers to a mailbox and is as good as never polled, among those that the settings can name. */
function mailedArchive() {
  const mailbox = lyingMailbox({ usually: ['mottatt', 'kvittering', 'kvittering'] })
  const archive = lyingArchive({ mailbox, pollMs: DAY_MS, giveUpMs: DAY_MS })
  const known = archives as ArchiveIntegration[]
  known.push({ name: 'lying', settings: Type.Object({}), open: () => archive.connector })
  onTestFinished(() => void known.pop())
  return { mailbox, archive }
}

test('receipts that an archive writes to us journal all, read by two processes, with a mailbox that breaks', async () => {
  const { mailbox, archive } = mailedArchive()
  const service = await freshService({ ARCHIVE: 'lying' })
  await freshService({ ...service.env }, { api: false })
  const { accepted } = await postAll(service, bodies(COUNT))
  const ids = [...accepted.values()]
  expect(ids).toHaveLength(COUNT)
  await waitFor(() => mailbox.written.length >= COUNT, 'some have been sent')
  await mailbox.handOut()
  mailbox.breakOff(new Error('The connection is gone.'))
  mailbox.repeatAll()
  const isDone = async () => {
    await mailbox.handOut()
    return (await overview(service)).journaled === COUNT
  }
  await waitFor(isDone, 'all are journaled', { atMostMs: 60_000, everyMs: 100 })
  for (const id of ids) expect(archive.journalposts(id)).toHaveLength(1)
  expect(archive.calls).not.toContain('lookup')

  const since = performance.now()
  await service.running.stop()
  expect(performance.now() - since).toBeLessThan(10_000)
})
