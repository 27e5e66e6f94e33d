import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { clamav } from '../../../src/documents/attachments/virus-scanner.ts'
import { needs } from '../../support/programs.ts'
import { INFECTED, STREAM_BYTES_MAX, standIn, startClamd } from './clamd.ts'
import { preparing } from './preparing.ts'

const clamd = needs('clamd', 'apt-get install clamav-daemon')
const stream =
  (...chunks: (string | Buffer)[]) =>
  async () =>
    Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
const unavailable = { code: 'scanner-unavailable' }

test.skipIf(clamd.skip)(clamd.title('a real clamd finds what it has a signature for, and nothing else'), async () => {
  const { scan } = clamav({ url: await startClamd() })

  expect(await scan(stream('Hei'))).toEqual({ kind: 'clean' })
  expect(await scan(stream())).toEqual({ kind: 'clean' })
  expect(await scan(stream('x'.repeat(200_000), INFECTED))).toEqual({
    kind: 'infected',
    signature: 'Arkivbro.Prove.UNOFFICIAL'
  })
  expect(await scan(stream(Buffer.alloc(STREAM_BYTES_MAX - 1)))).toEqual({ kind: 'clean' })
  const large = stream(...Array.from({ length: 50 }, () => Buffer.alloc(100_000)))
  for (let time = 0; time < 50; time += 1) expect(await scan(large)).toEqual({ kind: 'too-large' })
})

describe('a scanner that fails', () => {
  const faults: readonly (readonly [string, Parameters<typeof standIn>[0]])[] = [
    ['hangs up at once', (socket) => socket.destroy()],
    ['hangs up in the middle', (socket) => socket.once('data', () => socket.destroy())],
    ['says nothing', () => undefined],
    ['breaks off its answer', (socket) => socket.once('data', () => socket.end('stream: O'))],
    ['says that it cannot', (socket) => socket.once('data', () => socket.end("Can't allocate memory ERROR\0"))],
    ['says something else', (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\0'))],
    ['never stops talking', (socket) => socket.once('data', () => socket.write('x'.repeat(10_000)))]
  ]
  test.each(faults)('that %s gives no verdict', async (_, treat) => {
    const { scan } = clamav({ url: await standIn(treat), silenceMs: 300 })
    await expect(scan(stream('Hei', 'x'.repeat(500_000)))).rejects.toMatchObject(unavailable)
  })

  test('that is not there gives no verdict', async () => {
    await expect(clamav({ url: 'tcp://127.0.0.1:1' }).scan(stream('Hei'))).rejects.toMatchObject(unavailable)
    await expect(clamav({ url: 'unix:///nowhere.ctl' }).scan(stream('Hei'))).rejects.toMatchObject(unavailable)
  })

  test('is waited for no longer than its caller waits', async () => {
    const stop = new AbortController()
    const { scan } = clamav({ url: await standIn((socket) => socket.once('data', () => stop.abort())) })
    await expect(scan(stream('Hei'), stop.signal)).rejects.toMatchObject(unavailable)
  })

  test('is not blamed when it is the file that cannot be read', async () => {
    const { scan } = clamav({ url: await standIn((socket) => void socket.resume()), silenceMs: 2_000 })
    const broken = new Readable({ read: () => undefined })
    broken.push(Buffer.from('Hei'))
    broken.destroy(new Error('The disk is gone'))
    await expect(scan(async () => broken)).rejects.toThrow('The disk is gone')
  })

  test('leaves an attachment unopened, so that it is tried again', async () => {
    const scanner = clamav({ url: await standIn((socket) => socket.destroy()) })
    const { prepare, pids, close } = preparing({ scanner })
    await expect(prepare(Buffer.from('GIF89a'), 'bilde.gif')).rejects.toMatchObject(unavailable)
    await close()
    expect(pids).toEqual([])
  })
})

test('an infected file is opened by nobody', async () => {
  const answer = 'stream: Skade vare-1;rm FOUND\0'
  const scanner = clamav({ url: await standIn((socket) => socket.once('data', () => socket.end(answer))) })
  const { prepare, pids, close } = preparing({ scanner })
  expect((await prepare(Buffer.from('GIF89a'), 'bilde.gif')).outcome).toEqual({
    kind: 'infected',
    signature: 'Skade_vare-1_rm'
  })
  await close()
  expect(pids).toEqual([])
})
