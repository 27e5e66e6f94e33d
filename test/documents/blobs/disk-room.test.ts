import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { diskRoom } from '../../../src/documents/blobs/disk-room.ts'

const full = { code: 'disk-full' }

test('there is room until less than the least is free, and again when somebody has cleaned up', async () => {
  let free = 1_000
  let looks = 0
  const room = diskRoom({
    folder: '/',
    freeBytesMin: 1_000,
    freeBytes: async () => {
      looks += 1
      return free
    }
  })
  await room()
  free = 999
  await expect.poll(() => room().catch((error: unknown) => error), { timeout: 3_000 }).toMatchObject(full)
  free = 1_000
  await expect.poll(() => room(), { timeout: 3_000 }).toBeUndefined()
  expect(looks).toBeGreaterThanOrEqual(3)
})

test('many that ask at once cost one look', async () => {
  let looks = 0
  const freeBytes = async () => {
    looks += 1
    await pause(1)
    return 5
  }
  const room = diskRoom({ folder: '/', freeBytesMin: 10, freeBytes })
  const answers = await Promise.allSettled(Array.from({ length: 100 }, room))
  expect(answers.every((answer) => answer.status === 'rejected')).toBe(true)
  expect(looks).toBe(1)
})

test('a disk that cannot be measured does not stop anybody', async () => {
  await diskRoom({ folder: '/no/such/folder', freeBytesMin: Number.MAX_SAFE_INTEGER })()
})

test('the real disk is measured', async () => {
  await diskRoom({ folder: '/', freeBytesMin: 0 })()
  await expect(diskRoom({ folder: '/', freeBytesMin: Number.MAX_VALUE })()).rejects.toMatchObject(full)
})
