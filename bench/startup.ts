import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Bench, median } from './measure.ts'

const LATER_STARTS = 5
const FIRST_S_MAX = 20
const LATER_S_MAX = 5

/** From starting the built service to its first line that it listens: on an empty folder, then on the same one. */
export const startup: Bench = async (tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'arkivbro-bench-'))
  try {
    const first = await startOnce(folder)
    tell(`første start: ${first.toFixed(2)} s`)
    const later: number[] = []
    for (let n = 0; n < LATER_STARTS; n += 1) later.push(await startOnce(folder))
    tell(`senere starter: ${later.map((seconds) => seconds.toFixed(2)).join(', ')} s`)
    return {
      name: 'startup',
      value: median(later),
      unit: 's until listening, median of later starts',
      bar: `< ${LATER_S_MAX}, first < ${FIRST_S_MAX}`,
      ok: median(later) < LATER_S_MAX && first < FIRST_S_MAX,
      more: { first }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function startOnce(folder: string): Promise<number> {
  const since = performance.now()
  const child = spawn(process.execPath, ['dist/src/main.js', 'serve'], {
    env: { PATH: process.env.PATH, DATA_FOLDER: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  for await (const line of createInterface(child.stdout)) if (line.includes('"listening"')) break
  const seconds = (performance.now() - since) / 1_000
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
  return seconds
}
