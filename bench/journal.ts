import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadConfig } from '../src/config.ts'
import { openLog } from '../src/log.ts'
import { startService } from '../src/service.ts'
import { appointMarkers } from '../test/support/appointed.ts'
import { callerOf } from '../test/support/caller.ts'
import { inquiryBody, settled } from '../test/support/makers.ts'
import { ADMIN_KEY } from './key.ts'
import { type Bench, quantile } from './measure.ts'

const COUNT = 60
const EVERY_MS = 500
const P95_S_MAX = 5

/** From 202 to the archive's receipt, on the embedded default and the folder archive, two inquiries a second. */
export const journal: Bench = async (tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'arkivbro-bench-'))
  const env = { DATA_FOLDER: folder, PORT: '0', LOG_LEVEL: 'warn', ADMIN_KEY, REQUESTS_PER_MINUTE: '1000000' }
  const running = await startService({ config: loadConfig(env), env, log: openLog('warn'), api: true, work: true })
  const service = callerOf(running.address ?? '', ADMIN_KEY)
  try {
    await appointMarkers(service)
    const warm = await submit(service)
    await settled(service, warm)
    const ids: string[] = []
    for (let n = 0; n < COUNT; n += 1) {
      ids.push(await submit(service))
      await pause(EVERY_MS)
    }
    const seconds: number[] = []
    for (const id of ids) seconds.push(await secondsOf(service, id))
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(seconds, share))
    tell(`${COUNT} henvendelser: p50 ${p50?.toFixed(2)} s, p95 ${p95?.toFixed(2)} s, p99 ${p99?.toFixed(2)} s`)
    return {
      name: 'journal',
      value: p95 ?? Number.NaN,
      unit: 's from received to journaled, p95',
      bar: `< ${P95_S_MAX}`,
      ok: (p95 ?? Number.NaN) < P95_S_MAX,
      more: { p50: p50 ?? Number.NaN, p99: p99 ?? Number.NaN }
    }
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Service = ReturnType<typeof callerOf>

async function submit({ post }: Service): Promise<string> {
  const response = await post('/v1/inquiries', inquiryBody())
  return ((await response.json()) as { id: string }).id
}

/** By the service's own timeline, so that asking costs nothing of what is measured. */
async function secondsOf(service: Service, id: string): Promise<number> {
  await settled(service, id)
  const timeline = await (await service.call(`/v1/inquiries/${id}/timeline`)).json()
  const { events } = timeline as { events: { action: string; at: string }[] }
  const at = (action: string) => Date.parse(events.find((event) => event.action === action)?.at ?? '')
  return (at('inquiry.journaled') - at('inquiry.received')) / 1_000
}
