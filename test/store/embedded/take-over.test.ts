import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.ts'
import { processStart } from '../../../src/store/embedded/process-identity.ts'
import { dataFolder, query, serverPid, show, startService, temporaryFolder } from './service-process.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const isAlive = (pid: number) => processStart(pid) !== undefined

function recorder() {
  const lines: string[] = []
  return { lines, log: (line: string) => void lines.push(line) }
}

test('the server of a killed service is taken over with its rows, and can be stopped', async () => {
  const folder = await dataFolder()
  const killed = startService(folder)
  const { ready } = await killed.said('ready')
  await query(ready, 'create table kept as select 42 as answer')
  const pid = serverPid(folder)
  await killed.kill()
  const { lines, log } = recorder()

  const server = await startEmbeddedPostgres({ folder, log })

  expect(serverPid(folder)).toBe(pid)
  expect(lines.join()).toContain('Took over')
  expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  const before = performance.now()
  await server.stop()
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(await server.exited).toEqual({})
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(join(folder, 'service.lock'))).toBe(false)
})

test('a server left on a socket outside the folder is found there', async () => {
  const folder = join(temporaryFolder(), 'a-name-that-is-long'.repeat(6), 'postgres')
  const killed = startService(folder)
  const { connection } = await killed.said('connection')
  const pid = serverPid(folder)
  await killed.kill()

  const server = await startEmbeddedPostgres({ folder, log: () => undefined })

  expect(serverPid(folder)).toBe(pid)
  expect(server.connection.host).toBe(connection.host)
  await server.stop()
  expect(existsSync(connection.host)).toBe(false)
})

test('a server left with other settings is replaced', async () => {
  const folder = await dataFolder()
  const killed = startService(folder, { maxConnections: 20 })
  await killed.said('ready')
  const pid = serverPid(folder)
  await killed.kill()
  const { lines, log } = recorder()

  const server = await startEmbeddedPostgres({ folder, log, maxConnections: 30 })

  expect(lines.join()).toContain('other settings')
  expect(isAlive(pid)).toBe(false)
  expect(await show(server.url, 'max_connections')).toBe('30')
  await server.stop()
})

test('a server left hanging is ended and replaced', async () => {
  const folder = await dataFolder()
  const killed = startService(folder)
  const { ready } = await killed.said('ready')
  await query(ready, 'create table kept as select 42 as answer')
  const pid = serverPid(folder)
  await killed.kill()
  process.kill(pid, 'SIGSTOP')

  const server = await startEmbeddedPostgres({ folder, log: () => undefined })

  expect(isAlive(pid)).toBe(false)
  expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await server.stop()
})

test('rows that were acknowledged survive when service and server are killed at work, again and again', async () => {
  const folder = await dataFolder()
  let acknowledged = 0
  for (let round = 0; round < 3; round++) {
    const service = startService(folder)
    const { ready } = await service.said('ready')
    const writer = new pg.Client({ connectionString: ready })
    writer.on('error', () => undefined)
    await writer.connect()
    await writer.query('create table if not exists kept (number int primary key)')
    const writing = (async () => {
      for (;;) {
        await writer.query('insert into kept values ($1)', [acknowledged + 1])
        acknowledged++
      }
    })().catch((error: Error) => error)
    const target = acknowledged + 100
    await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(target), { timeout: 20_000, interval: 1 })
    process.kill(serverPid(folder), 'SIGKILL')
    await service.kill()
    expect(await writing).toBeInstanceOf(Error)

    const server = await startEmbeddedPostgres({ folder, log: () => undefined })
    const [row] = await query(server.url, 'select count(*)::int as rows, max(number) as last from kept')
    await server.stop()
    // The one in flight may have been written without our knowing.
    expect([acknowledged, acknowledged + 1]).toContain(row?.rows)
    acknowledged = Number(row?.rows)
    expect(row?.last).toBe(acknowledged)
  }
})

test('a postmaster.pid whose number now belongs to another program is no obstacle', async () => {
  const folder = await dataFolder()
  const { uid, gid } = statSync(join(folder, 'cluster'))
  const other = spawn('sleep', ['600'], { stdio: 'ignore', ...(process.getuid?.() === 0 && { uid, gid }) })
  await once(other, 'spawn')
  const pidFile = join(folder, 'cluster/postmaster.pid')
  writeFileSync(
    pidFile,
    `${other.pid}\n${join(folder, 'cluster')}\n1700000000\n5432\n${join(folder, 'socket')}\n\n 1 1\nready   \n`
  )
  execFileSync('chown', [`${uid}:${gid}`, pidFile])

  const server = await startEmbeddedPostgres({ folder, log: () => undefined })

  expect(serverPid(folder)).not.toBe(other.pid)
  expect(isAlive(other.pid ?? 0)).toBe(true)
  await server.stop()
  other.kill()
})

test('a second service on the same folder is refused in bokmål, and the first does not notice', async () => {
  const folder = await dataFolder()
  const first = startService(folder)
  const { ready } = await first.said('ready')

  const second = startService(folder)

  const refusal = await second.said('refused')
  expect(refusal.refused).toBe('data-folder-in-use')
  expect(refusal.message).toContain(`allerede i bruk av prosess ${first.child.pid}`)
  expect(refusal.message).toContain('Stopp den andre tjenesten')
  expect(await query(ready, 'select 1 as x')).toEqual([{ x: 1 }])
  await first.stop()
  expect(first.lines.some(({ log }) => log?.includes('lost'))).toBe(false)
})

test('a second service is refused by the database itself when someone has removed the lock file', async () => {
  const folder = await dataFolder()
  const first = startService(folder)
  const { ready } = await first.said('ready')
  const pid = serverPid(folder)
  rmSync(join(folder, 'service.lock'))

  const second = startService(folder, { maxConnections: 20 })

  expect((await second.said('refused')).refused).toBe('data-folder-in-use')
  expect(serverPid(folder)).toBe(pid)
  expect(await query(ready, 'select 1 as x')).toEqual([{ x: 1 }])
})

test('a server in a container that we cannot look into is left alone', async () => {
  const folder = await dataFolder()
  const first = startService(folder)
  const { ready } = await first.said('ready')
  rmSync(join(folder, 'service.lock'))
  // To us, the other container's process id is nobody's.
  const pidFile = join(folder, 'cluster/postmaster.pid')
  const content = readFileSync(pidFile, 'utf8')
  writeFileSync(pidFile, content.replace(/^\d+/, '4194303'))

  const second = startService(folder)

  expect((await second.said('refused')).refused).toBe('data-folder-in-use')
  expect(await query(ready, 'select 1 as x')).toEqual([{ x: 1 }])
  writeFileSync(pidFile, content)
})

test('of several services that start at once on an empty folder, one gets it and the others are refused', async () => {
  const folder = join(temporaryFolder(), 'postgres')

  const services = Array.from({ length: 4 }, () => startService(folder))

  const answers = await Promise.all(
    services.map((service) => Promise.any([service.said('ready'), service.said('refused')]))
  )
  expect(answers.map(({ ready, refused }) => refused ?? (ready && 'ready')).sort()).toEqual([
    ...Array.from({ length: 3 }, () => 'data-folder-in-use'),
    'ready'
  ])
})

test('of several services that start at once after a crash, one takes the server over', async () => {
  const folder = await dataFolder()
  const killed = startService(folder)
  await killed.said('ready')
  const pid = serverPid(folder)
  await killed.kill()

  const services = Array.from({ length: 4 }, () => startService(folder))

  const answers = await Promise.all(
    services.map((service) => Promise.any([service.said('ready'), service.said('refused')]))
  )
  expect(answers.filter(({ ready }) => ready !== undefined)).toHaveLength(1)
  expect(serverPid(folder)).toBe(pid)
})

test('the lock is taken again when its session is cut off, and the log says so', async () => {
  const folder = await dataFolder()
  const { lines, log } = recorder()
  const server = await startEmbeddedPostgres({ folder, log })
  const owner = async () => {
    const [row] = await query(server.url, "select pid from pg_locks where locktype = 'advisory' and granted")
    return Number(row?.pid)
  }
  const before = await owner()

  await query(server.url, 'select pg_terminate_backend($1)', [before])

  await vi.waitFor(() => expect(lines.join()).toContain('held again'), { timeout: 10_000 })
  expect(lines.join()).toContain('was lost')
  expect(await owner()).not.toBe(before)
  await server.stop()
})

test('the lock is taken again after the server has recovered from a crashed session', async () => {
  const folder = await dataFolder()
  const { lines, log } = recorder()
  const server = await startEmbeddedPostgres({ folder, log })
  const pid = serverPid(folder)
  const victim = new pg.Client({ connectionString: server.url })
  victim.on('error', () => undefined)
  await victim.connect()
  const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid')

  process.kill(rows[0]?.pid ?? 0, 'SIGKILL')

  await vi.waitFor(() => expect(lines.join()).toContain('held again'), { timeout: 10_000 })
  expect(serverPid(folder)).toBe(pid)
  await server.stop()
})

test('Ctrl-C in the terminal leaves the database up until the service has drained', async () => {
  const service = startService(await dataFolder(), { detached: true })
  await service.said('ready')

  process.kill(-(service.child.pid ?? 0), 'SIGINT') // to the whole group, as a terminal does

  expect((await service.said('drained')).drained).toEqual([{ answer: 1 }])
  await once(service.child, 'exit')
  expect(service.child.exitCode).toBe(0)
})
