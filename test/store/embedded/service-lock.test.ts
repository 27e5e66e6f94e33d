import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { processStart, processWorld } from '../../../src/store/embedded/process-identity.ts'
import { type ServiceLock, takeServiceLock } from '../../../src/store/embedded/service-lock.ts'
import { temporaryFolder } from './service-process.ts'

vi.setConfig({ testTimeout: 60_000 })

const claim = (fields: object) =>
  JSON.stringify({
    nonce: crypto.randomUUID(),
    pid: process.pid,
    startedAt: processStart(process.pid),
    world: processWorld(),
    ...fields
  })

const isLock = (taken: object): taken is ServiceLock => 'release' in taken

test('a lock is held until it is released', async () => {
  const path = join(temporaryFolder(), 'service.lock')
  const lock = await takeServiceLock(path)

  const second = await takeServiceLock(path)

  expect(second).toEqual({ heldBy: `prosess ${process.pid}` })
  if (isLock(lock)) await lock.release()
  expect(isLock(await takeServiceLock(path))).toBe(true)
})

test('a dead holder’s lock goes to exactly one of many takers, every time', async () => {
  const folder = temporaryFolder()
  for (let round = 0; round < 30; round++) {
    const path = join(folder, `${round}.lock`)
    writeFileSync(path, claim({ startedAt: 'another time' }))

    const taken = await Promise.all(Array.from({ length: 12 }, () => takeServiceLock(path)))

    expect(taken.filter(isLock)).toHaveLength(1)
    expect(readdirSync(folder).filter((name) => name.startsWith(`${round}.lock`))).toEqual([`${round}.lock`])
    await taken.find(isLock)?.release()
  }
  expect(readdirSync(folder)).toEqual([])
})

test('a taker that died while removing a dead holder’s lock is itself cleared away', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'service.lock')
  const nonce = crypto.randomUUID()
  writeFileSync(path, claim({ nonce, startedAt: 'another time' }))
  writeFileSync(`${path}.${nonce}`, claim({ startedAt: 'another time' }))

  const taken = await takeServiceLock(path)

  expect(isLock(taken)).toBe(true)
  expect(readdirSync(folder)).toEqual(['service.lock'])
})

test('a process id that now belongs to another process does not hold the lock', async () => {
  const other = spawn('sleep', ['600'], { stdio: 'ignore' })
  await once(other, 'spawn')
  const path = join(temporaryFolder(), 'service.lock')
  writeFileSync(path, claim({ pid: other.pid, startedAt: '1' }))

  expect(isLock(await takeServiceLock(path))).toBe(true)
  other.kill()
})

test('a holder on another machine is believed for as long as its heart beats', async () => {
  const path = join(temporaryFolder(), 'service.lock')
  writeFileSync(path, claim({ world: 'another machine', pid: 4_711 }))
  const heart = setInterval(() => utimesSync(path, new Date(), new Date()), 1_000)

  expect(await takeServiceLock(path)).toEqual({ heldBy: 'prosess 4711' })
  clearInterval(heart)
})

test('a lock blocks nobody when its holder on another machine is silent, or a power cut has left it unreadable', async () => {
  const silent = [claim({ world: 'another machine' }), '', '{', 'null', '{"nonce":"../../etc"}']
  const folder = temporaryFolder()

  const taken = await Promise.all(
    silent.map((content, index) => {
      writeFileSync(join(folder, `${index}.lock`), content)
      return takeServiceLock(join(folder, `${index}.lock`))
    })
  )

  expect(taken.map(isLock)).toEqual(silent.map(() => true))
})

test('the lock’s own heart beats', async () => {
  const path = join(temporaryFolder(), 'service.lock')
  const lock = await takeServiceLock(path)
  utimesSync(path, 0, 0)

  await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(0), { timeout: 5_000 })
  if (isLock(lock)) await lock.release()
})
