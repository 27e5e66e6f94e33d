import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'
import { program } from './programs.ts'
import { waitFor } from './wait-for.ts'

interface Node {
  readonly port: number
  readonly child: ChildProcess
  readonly client: Redis
}

const host = '127.0.0.1'
const inMemory = ['--save', '', '--appendonly', 'no', '--bind', host]

/** A Redis of its own with these settings, gone when the test ends. */
async function startNode(args: (port: number, folder: string) => Promise<readonly string[]>): Promise<Node> {
  const server = program('redis-server')
  if (!server) throw new Error('No Redis is installed.')
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-redis-'))
  const port = await freePort()
  const child = spawn(server, [...(await args(port, folder))], { cwd: folder, stdio: 'ignore' })
  const client = new Redis({ host, port, maxRetriesPerRequest: 100, retryStrategy: () => 50 })
  client.on('error', () => undefined)
  onTestFinished(async () => {
    client.disconnect()
    const ended =
      child.exitCode === null && child.signalCode === null && new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  })
  await waitFor(async () => (await client.ping().catch(() => '')) === 'PONG', 'Redis answers')
  return { port, child, client }
}

/** Three masters that share the slots. Gives the address of two of them. */
export async function startCluster(): Promise<string> {
  const clustered = async (port: number) => [
    ...['--port', String(port), ...inMemory, '--cluster-enabled', 'yes'],
    ...['--cluster-port', String(await freePort()), '--cluster-node-timeout', '2000']
  ]
  const nodes = await Promise.all([1, 2, 3].map(() => startNode(clustered)))
  const [first] = nodes as [Node]
  for (const [n, { client }] of nodes.entries()) {
    const from = Math.floor((16_384 * n) / nodes.length)
    const to = Math.floor((16_384 * (n + 1)) / nodes.length) - 1
    await client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to))
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(n + 1))
  }
  for (const { client, port } of nodes.slice(1)) {
    const [, busPort] = (await client.call('CONFIG', 'GET', 'cluster-port')) as [string, string]
    await first.client.call('CLUSTER', 'MEET', host, String(port), busPort)
  }
  const isWhole = async ({ client }: Node) => {
    const info = String(await client.call('CLUSTER', 'INFO'))
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3')
  }
  await waitFor(async () => (await Promise.all(nodes.map(isWhole))).every(Boolean), 'the cluster is whole')
  return `redis+cluster://${nodes
    .slice(0, 2)
    .map(({ port }) => `${host}:${port}`)
    .join(',')}`
}

export interface Sentinel {
  /** As the settings take it. */
  readonly url: string
  /** Kills the master and waits until the replica has taken its place. */
  failOver(): Promise<void>
}

/** A master, a replica, and a Sentinel that watches them. */
export async function startSentinel(): Promise<Sentinel> {
  const master = await startNode(async (port) => ['--port', String(port), ...inMemory])
  const replica = await startNode(async (port) => [
    ...['--port', String(port), ...inMemory, '--replicaof', host, String(master.port)]
  ])
  const isReplica = async () => String(await replica.client.info('replication')).includes('master_link_status:up')
  await waitFor(isReplica, 'the replica follows')
  const sentinel = await startNode(async (port, folder) => {
    const path = join(folder, 'sentinel.conf')
    const lines = [
      `port ${port}`,
      `bind ${host}`,
      `sentinel monitor arkiv ${host} ${master.port} 1`,
      'sentinel down-after-milliseconds arkiv 1000',
      'sentinel failover-timeout arkiv 5000'
    ]
    writeFileSync(path, `${lines.join('\n')}\n`)
    return [path, '--sentinel']
  })
  const sees = async (what: string) => String(await sentinel.client.call('INFO', 'sentinel')).includes(what)
  await waitFor(() => sees('slaves=1'), 'Sentinel sees the replica')
  return {
    url: `redis+sentinel://${host}:${sentinel.port}/arkiv`,
    async failOver() {
      master.child.kill('SIGKILL')
      await waitFor(() => sees(`address=${host}:${replica.port}`), 'the replica has taken over')
    }
  }
}
