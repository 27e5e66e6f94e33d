import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { runStoppable } from '../../src/flow/run-stoppable.ts'

const obeying = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
const deaf = () => new Promise<void>(() => undefined)

test('what ends by itself ends with its own result', async () => {
  await expect(runStoppable(async () => undefined, { deadlineMs: 1_000, signals: [] })).resolves.toBeUndefined()
  const failing = runStoppable(async () => Promise.reject(new Error('mine')), { deadlineMs: 1_000, signals: [] })
  await expect(failing).rejects.toThrow('mine')
})

test('a deadline holds although garbage is collected while it runs', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const collecting = setInterval(collect, 20)
  const running = runStoppable(obeying, { deadlineMs: 400, signals: [new AbortController().signal] })
  await expect(running.finally(() => clearInterval(collecting))).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('any of the signals ends it, also one that was given before', async () => {
  const stop = new AbortController()
  const signals = [new AbortController().signal, stop.signal]
  const running = runStoppable(obeying, { deadlineMs: 60_000, signals })
  stop.abort()
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  const late = runStoppable(async (signal) => signal.throwIfAborted(), { deadlineMs: 60_000, signals })
  await expect(late).rejects.toMatchObject({ name: 'AbortError' })
})

test('what does not listen is left behind two seconds after it was told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const running = runStoppable(deaf, { deadlineMs: 5_000, signals: [] })
  const ended = vi.fn()
  running.catch(ended)
  await vi.advanceTimersByTimeAsync(6_900)
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  expect(ended).toHaveBeenCalledOnce()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
