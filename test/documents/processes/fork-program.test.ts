import { once } from 'node:events'
import { expect, test } from 'vitest'
import { forkProgram } from '../../../src/documents/processes/fork-program.ts'

const program = { file: new URL('./greedy', import.meta.url), heapMb: 256, memoryMb: 400 }

/** What comes of asking the program for so much memory: what it says, or how it ends. */
async function askFor(megabytes: number): Promise<unknown> {
  const child = forkProgram(program)
  child.send(megabytes)
  const said = once(child, 'message').then(([message]) => message as unknown)
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const outcome = await Promise.race([said, ended])
  child.kill('SIGKILL')
  return outcome
}

test('a program knows nothing of the environment of the service', async () => {
  const said = (await askFor(10)) as { environment: string[] }
  const inherited = said.environment.filter((name) => !name.startsWith('NODE_CHANNEL'))
  expect(new Set(inherited)).toEqual(new Set(['HOME', 'LANG', 'PATH', 'PWD', 'TZ']))
})

test.skipIf(process.platform !== 'linux')('a program that wants more memory than it may have ends', async () => {
  expect(await askFor(200)).toMatchObject({ held: 200 })
  expect(await askFor(2_000)).not.toHaveProperty('held')
})
