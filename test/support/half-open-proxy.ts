import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP proxy of the loopback that fails as networks do. What is said of connections holds for both ways. */
export interface HalfOpenProxy {
  readonly port: number
  /** Connections made from now on go through. Those that fell into a black hole stay there. */
  pass(): Promise<void>
  /** Every connection, old or new, stays open and everything sent on it is gone; neither end hears that the other left. */
  blackHole(): void
  /** The same, once something that begins with this has gone through from near: what is asked for is done and never told. */
  blackHoleAfter(beginning: string): void
  /** Breaks every connection. New ones go through. */
  cut(): void
  /** Breaks every connection, and nobody listens any longer. */
  refuse(): Promise<void>
  stop(): Promise<void>
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  isLost: boolean
}

/** Starts one in front of a port of the loopback, letting everything through. */
export async function startHalfOpenProxy(target: number): Promise<HalfOpenProxy> {
  const pairs = new Set<Pair>()
  let isLosing = false
  let last: string | undefined
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const pair = { near, far: connect({ port: target, host: '127.0.0.1', allowHalfOpen: true }), isLost: isLosing }
    pairs.add(pair)
    join(pair, near, pair.far)
    join(pair, pair.far, near)
    near.on('data', (bytes) => {
      if (last !== undefined && bytes.toString('latin1').startsWith(last)) blackHole()
    })
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  function blackHole(): void {
    isLosing = true
    last = undefined
    for (const pair of pairs) pair.isLost = true
  }

  function cut(): void {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
    pairs.clear()
  }

  async function refuse(): Promise<void> {
    if (!server.listening) return
    server.close()
    cut()
    await once(server, 'close')
  }

  return {
    port,
    cut,
    refuse,
    blackHole,
    stop: refuse,
    blackHoleAfter(beginning) {
      last = beginning
    },
    async pass() {
      isLosing = false
      if (!server.listening) await listen(port)
    }
  }
}

/** What comes in at one end goes out at the other, as fast as that takes it, unless the pair is lost. */
function join(pair: Pair, from: Socket, to: Socket): void {
  from.on('data', (bytes) => {
    if (pair.isLost || to.write(bytes)) return
    from.pause()
    to.once('drain', () => from.resume())
  })
  from.on('end', () => pair.isLost || to.end())
  from.on('error', () => undefined)
  from.on('close', (hadError) => {
    if (pair.isLost) return
    if (hadError) to.resetAndDestroy()
    else to.end()
  })
}
