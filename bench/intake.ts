import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '../src/store/embedded/embedded-postgres.ts'
import { inquiryBody } from '../test/support/makers.ts'
import { ADMIN_KEY } from './key.ts'
import { type LoadResult, load } from './load.ts'
import { type Bench, median } from './measure.ts'

const ROUNDS = 5
const SECONDS = 5
const CONNECTIONS = 32
const RATIO_MIN = 0.5
const P99_MS_MAX = 150
const STEADY_PER_SECOND = 100

/**
 * Durable intake (202 after the commit) beside a bare Fastify with one INSERT: same PostgreSQL, same load, turn by turn,
 * each server in a process of its own. Then the latency at 100 a second.
 */
export const intake: Bench = async (tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'arkivbro-bench-'))
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined })
  const env = {
    ...process.env,
    DATABASE_URL: server.url,
    DATA_FOLDER: folder,
    PORT: '0',
    ADMIN_KEY,
    REQUESTS_PER_MINUTE: '100000000'
  }
  const [bare, ours] = await Promise.all([start('bare', env), start('arkivbro', env)])
  try {
    const ratios: number[] = []
    let last: { readonly us: LoadResult; readonly base: LoadResult } | undefined
    for (let round = 1; round <= ROUNDS; round += 1) {
      const base = await loadOn(bare.address, SECONDS)
      const us = await loadOn(ours.address, SECONDS)
      if (us.refused > 0) throw new Error(`${us.refused} requests were refused.`)
      ratios.push(us.perSecond / base.perSecond)
      last = { us, base }
      tell(
        `runde ${round}: ${us.perSecond.toFixed(0)}/s mot ${base.perSecond.toFixed(0)}/s, forhold ${ratios.at(-1)?.toFixed(2)}`
      )
    }
    const steady = await loadOn(ours.address, 15, STEADY_PER_SECOND)
    tell(`ved ${STEADY_PER_SECOND}/s: p50 ${steady.p50Ms} ms, p99 ${steady.p99Ms} ms`)
    const ratio = median(ratios)
    return {
      name: 'intake',
      value: ratio,
      unit: 'ratio to bare Fastify + one INSERT',
      bar: `>= ${RATIO_MIN}, p99 < ${P99_MS_MAX} ms at ${STEADY_PER_SECOND}/s`,
      ok: ratio >= RATIO_MIN && steady.p99Ms < P99_MS_MAX && steady.refused === 0,
      more: {
        perSecond: last?.us.perSecond ?? 0,
        barePerSecond: last?.base.perSecond ?? 0,
        p50Ms: steady.p50Ms,
        p99Ms: steady.p99Ms
      }
    }
  } finally {
    bare.child.kill('SIGKILL')
    ours.child.kill('SIGKILL')
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const loadOn = (address: string, seconds: number, rate?: number) =>
  load({
    url: `${address}/v1/inquiries`,
    connections: CONNECTIONS,
    seconds,
    ...(rate !== undefined && { rate }),
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: inquiryBody
  })

async function start(kind: string, env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; address: string }> {
  const path = fileURLToPath(new URL('./intake-server.ts', import.meta.url))
  const child = fork(path, [kind], { env, execArgv: ['--import', 'tsx'] })
  const [{ address }] = (await once(child, 'message')) as [{ address: string }]
  return { child, address }
}
