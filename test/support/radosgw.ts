import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { program } from './programs.ts'

const run = promisify(execFile)
const needed = ['radosgw', 'radosgw-admin', 'ceph-mon', 'ceph-osd', 'ceph', 'ceph-authtool', 'monmaptool'] as const
const START_MS = 120_000

/** Why there is no S3 server to test against; undefined when there is one. */
export const radosgwMissing = needed.every((name) => program(name))
  ? undefined
  : 'no S3 server: apt-get install radosgw ceph-mon ceph-osd'

export interface Radosgw {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  stop(): Promise<void>
}

/**
 * A real S3 server: Ceph's gateway on a cluster of one monitor and one store in memory, as plain processes on free ports
 * of the loopback, all of it in a folder that `stop` removes. Takes about 13 s.
 */
export async function startRadosgw(): Promise<Radosgw> {
  const folder = await mkdtemp(join(tmpdir(), 'radosgw-'))
  const processes: ChildProcess[] = []
  process.once('exit', () => {
    for (const child of processes) child.kill('SIGKILL')
  })
  const stop = async () => {
    await Promise.all(processes.map(end))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { ...(await start(folder, processes)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(folder: string, processes: ChildProcess[]): Promise<Omit<Radosgw, 'stop'>> {
  const [monitorPort, storePort, gatewayPort] = await freePorts()
  const env = { ...process.env, CEPH_CONF: join(folder, 'ceph.conf') }
  const call = (name: (typeof needed)[number], ...args: string[]) =>
    run(program(name) ?? name, args, { env, cwd: folder, timeout: START_MS })
  const serve = (name: (typeof needed)[number], ...args: string[]) => {
    const output = openSync(join(folder, `${name}.out`), 'a')
    const child = spawn(program(name) ?? name, args, { env, cwd: folder, stdio: ['ignore', output, output] })
    processes.push(child)
    return child
  }

  for (const part of ['mon', 'osd', 'rgw']) await mkdir(join(folder, part))
  const fsid = randomUUID()
  await writeFile(env.CEPH_CONF, configuration(folder, fsid, monitorPort, storePort))
  const all = ['mon', 'osd', 'mgr'].flatMap((part) => ['--cap', part, 'allow *'])
  await call('ceph-authtool', '--create-keyring', 'keyring')
  for (const name of ['mon.', 'client.admin', 'client.rgw', 'osd.0']) {
    await call('ceph-authtool', 'keyring', '-n', name, '--gen-key', ...all)
  }
  await call('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, 'monmap')
  await call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap', '--keyring', 'keyring')
  serve('ceph-mon', '-i', 'a', '-f')
  const store = randomUUID()
  await call('ceph', '--connect-timeout', '60', 'osd', 'new', store)
  await call('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', store)
  serve('ceph-osd', '-i', '0', '-f')

  const endpoint = `http://127.0.0.1:${gatewayPort}`
  const frontend = `--rgw-frontends=beast endpoint=127.0.0.1:${gatewayPort}`
  const gateway = serve('radosgw', '-n', 'client.rgw', '-f', frontend, `--rgw-data=${join(folder, 'rgw')}`)
  const keys = { accessKeyId: 'arkivbro', secretAccessKey: randomUUID() }
  const { accessKeyId, secretAccessKey } = keys
  const user = [
    '--uid=arkivbro',
    '--display-name=arkivbro',
    `--access-key=${accessKeyId}`,
    `--secret-key=${secretAccessKey}`
  ]
  await call('radosgw-admin', 'user', 'create', ...user)
  await answers(endpoint, gateway, folder)
  return { endpoint, ...keys }
}

const configuration = (folder: string, fsid: string, monitorPort: number, storePort: number) => `
[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${monitorPort}]
public addr = 127.0.0.1
ms bind port min = ${storePort}
ms bind port max = ${storePort + 90}
keyring = ${folder}/keyring
run dir = ${folder}
admin socket = ${folder}/$name.asok
log file = ${folder}/$name.log
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 2147483648
mon allow pool size one = true
mon data avail crit = 1
mon data avail warn = 1
[mon.a]
mon data = ${folder}/mon
[osd.0]
osd data = ${folder}/osd
`

/** Three ports that are free now; the store takes up to four from the second on. */
async function freePorts(): Promise<[number, number, number]> {
  const servers = [0, 1, 2].map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports as [number, number, number]
}

async function answers(endpoint: string, gateway: ChildProcess, folder: string): Promise<void> {
  const until = Date.now() + START_MS
  for (;;) {
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > until || gateway.exitCode !== null) {
      throw new Error(`radosgw does not answer: ${await readFile(join(folder, 'radosgw.out'), 'utf8')}`)
    }
    await wait(100)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
