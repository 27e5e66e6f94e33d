import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startHalfOpenProxy } from './half-open-proxy.ts'
import { waitFor } from './wait-for.ts'

/** A proxy before a server that echoes; with what has come back on each connection, and how each ended. */
async function proxied() {
  const accepted: Socket[] = []
  const server = createServer((socket) => {
    accepted.push(socket)
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await startHalfOpenProxy((server.address() as AddressInfo).port)
  onTestFinished(async () => {
    await proxy.stop()
    server.close()
  })
  const open = async () => {
    const socket = connect(proxy.port, '127.0.0.1')
    const seen = { socket, text: '', ended: '' }
    socket.on('data', (bytes) => {
      seen.text += bytes.toString('utf8')
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      seen.ended = error.code ?? 'error'
    })
    socket.on('close', () => {
      seen.ended ||= 'closed'
    })
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined)
    return seen
  }
  return { proxy, accepted, open }
}

test('what is sent comes through, and an end of one side is an end of the other', async () => {
  const { open, accepted } = await proxied()
  const large = 'x'.repeat(5_000_000)
  const one = await open()
  one.socket.write(large)
  await waitFor(() => one.text.length === large.length, 'all has come back')
  one.socket.end()
  await waitFor(() => one.ended === 'closed' && accepted[0]?.closed === true, 'both ends have closed')
})

test('in a black hole nothing comes through and nothing ends, for old and new connections, and only new ones get out', async () => {
  const { proxy, open, accepted } = await proxied()
  const old = await open()
  old.socket.write('før')
  await waitFor(() => old.text === 'før', 'it has come back')
  proxy.blackHole()
  const fresh = await open()
  old.socket.write('under')
  fresh.socket.write('under')
  await proxy.pass()
  const next = await open()
  next.socket.write('etter')
  await waitFor(() => next.text === 'etter', 'a new connection goes through')
  old.socket.write('etter')
  old.socket.destroy()
  await waitFor(() => old.ended === 'closed', 'we have left')
  expect([old.text, old.ended, fresh.text, fresh.ended]).toEqual(['før', 'closed', '', ''])
  expect(accepted.map(({ closed }) => closed)).toEqual([false, false, false])
})

test('a cut breaks what is open, and new connections go through', async () => {
  const { proxy, open } = await proxied()
  const old = await open()
  proxy.cut()
  await waitFor(() => old.ended === 'ECONNRESET', 'the connection broke')
  const next = await open()
  next.socket.write('etter')
  await waitFor(() => next.text === 'etter', 'a new connection goes through')
})

test('nobody listens while it refuses', async () => {
  const { proxy, open } = await proxied()
  const old = await open()
  await proxy.refuse()
  await waitFor(() => old.ended === 'ECONNRESET', 'the connection broke')
  expect((await open()).ended).toBe('ECONNREFUSED')
  await proxy.pass()
  const next = await open()
  next.socket.write('etter')
  await waitFor(() => next.text === 'etter', 'a new connection goes through')
})
