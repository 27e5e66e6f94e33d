import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { program } from '../../support/programs.ts'
import { freshFolder } from '../../support/setup.ts'
import { waitFor } from '../../support/wait-for.ts'

/** What the test's own signature finds; no other is known. */
export const INFECTED = 'arkivbro-prove-som-later-som-om-den-er-skadevare'

export const STREAM_BYTES_MAX = 1_000_000

/** A real clamd with one signature, on a Unix socket. Gives its address. */
export async function startClamd(): Promise<string> {
  const folder = freshFolder()
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'db'))
  const signature = Buffer.from(INFECTED).toString('hex')
  writeFileSync(join(folder, 'db', 'prove.ndb'), `Arkivbro.Prove:0:*:${signature}\n`)
  const socket = join(tmpdir(), `clamd-${randomUUID().slice(0, 8)}.ctl`)
  const config = join(folder, 'clamd.conf')
  const lines = [
    ...[`LocalSocket ${socket}`, `DatabaseDirectory ${join(folder, 'db')}`, 'Foreground yes'],
    ...[`StreamMaxLength ${STREAM_BYTES_MAX}`, 'MaxThreads 2', 'DisableCertCheck yes']
  ]
  writeFileSync(config, `${lines.join('\n')}\n`)
  const clamd = spawn(program('clamd') ?? '/usr/sbin/clamd', ['-c', config], { stdio: 'ignore' })
  onTestFinished(() => ended(clamd))
  await waitFor(() => answers(socket), 'clamd answers', { atMostMs: 60_000, everyMs: 100 })
  return `unix://${socket}`
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket
      .on('error', () => resolve(false))
      .on('connect', () => {
        socket.destroy()
        resolve(true)
      })
  })

/** Stands in for a clamd with faults: `treat` has each connection. Gives its address. */
export async function standIn(treat: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    treat(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
}
