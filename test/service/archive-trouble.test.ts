import { expect, test } from 'vitest'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { heldIn, nothingWrong, reconcile } from '../support/reconcile.ts'
import { freshInstallation, runService } from '../support/run-service.ts'
import { waitFor } from '../support/wait-for.ts'
import { bodies, overview, postUntilTaken, toldOf, untilJournaled } from './installation.ts'
import { proxyTo } from './processes.ts'

const COUNT = 40

test('deliveries that an archive never answers end as unknown outcomes, are looked up, and leave one journalpost each', async () => {
  const standIn = await startStandIn()
  const proxy = await proxyTo(Number(new URL(standIn.settings.N5TG_URL).port))
  const env = await freshInstallation({
    ...{ ARCHIVE: 'noark5-api', ...standIn.env, N5TG_URL: `http://127.0.0.1:${proxy.port}/n5/` },
    ...{ N5TG_TIMEOUT_SECONDS: '2', SETTLE_SECONDS: '1' }
  })
  const service = await runService(env)
  const before = await postUntilTaken(() => service, bodies(1))
  await waitFor(async () => (await overview(service)).journaled > 0, 'one is journaled')
  proxy.blackHoleAfter('POST')
  const ids = [...before, ...(await postUntilTaken(() => service, bodies(COUNT - 1)))]
  const gate = async () => ((await (await service.call('/v1/archive')).json()) as { deliveries: string }).deliveries
  await waitFor(async () => (await gate()) === 'closed', 'nothing more is sent to an archive that is silent')
  await proxy.pass()
  await service.call('/v1/archive/resume', { method: 'POST' })

  await untilJournaled(service, COUNT)
  const outcomes = (await Promise.all(ids.map((id) => attemptsOf(service, id)))).flat()
  expect(outcomes).toContain('unknown-outcome')
  await service.stop()
  expect(reconcile(ids, await toldOf(env), heldIn(standIn))).toEqual(nothingWrong)
}, 240_000)

async function attemptsOf({ call }: Awaited<ReturnType<typeof runService>>, id: string): Promise<readonly string[]> {
  const details = (await (await call(`/v1/inquiries/${id}`)).json()) as { attempts: { outcome: string }[] }
  return details.attempts.map(({ outcome }) => outcome)
}
