import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.ts'
import { dataFolder, query, serverPid, show, startService, temporaryFolder } from './service-process.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const log = () => undefined
const serverLog = (folder: string) => readFileSync(join(folder, 'server.log'), 'utf8')

test('an empty folder becomes a durable UTF-8 database that no network reaches', async () => {
  const folder = join(temporaryFolder(), 'made/with/parents')

  const server = await startEmbeddedPostgres({ folder, log })

  const expected = {
    server_encoding: 'UTF8',
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '',
    max_connections: '60',
    shared_buffers: '64MB',
    TimeZone: 'UTC'
  }
  for (const [setting, value] of Object.entries(expected))
    expect([setting, await show(server.url, setting)]).toEqual([setting, value])
  const [database] = await query(
    server.url,
    'select datlocprovider, datlocale from pg_database where datname = current_database()'
  )
  expect(database).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8' })
  const [sorted] = await query(
    server.url,
    `select string_agg(x, '' order by x collate "nb-NO-x-icu") as letters from unnest('{ø,æ,å,z,a}'::text[]) x`
  )
  expect(sorted).toEqual({ letters: 'azæøå' })
  expect(tcpSockets(serverPid(folder))).toEqual([])
  await server.stop()
})

/** The process's own sockets among all TCP sockets of the machine, by inode (proc(5)). */
function tcpSockets(pid: number): readonly string[] {
  const tcp = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n'))
  const inodes = new Set(tcp.map((line) => `socket:[${line.trim().split(/\s+/)[9]}]`))
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  expect(open.some((target) => target.startsWith('socket:'))).toBe(true)
  return open.filter((target) => inodes.has(target))
}

test('nobody but the owner of the folder can come near the cluster or the socket', async () => {
  const folder = await dataFolder()

  const server = await startEmbeddedPostgres({ folder, log })

  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  expect(mode(join(folder, 'cluster'))).toBe('700')
  expect(mode(server.connection.host)).toBe('700')
  expect(mode(join(server.connection.host, '.s.PGSQL.5432'))).toBe('700')
  expect(mode(join(folder, 'server.log'))).toBe('600')
  await server.stop()
})

test('stopping takes under a second, may be asked twice, and the rows are there at the next start', async () => {
  const folder = await dataFolder()
  const first = await startEmbeddedPostgres({ folder, log })
  await query(first.url, 'create table kept as select 42 as answer')

  const before = performance.now()
  await Promise.all([first.stop(), first.stop()])
  await first.stop()

  expect(performance.now() - before).toBeLessThan(1_000)
  expect(await first.exited).toEqual({ code: 0 })
  expect(readdirSync(folder).sort()).toEqual(['cluster', 'server.log'])
  const second = await startEmbeddedPostgres({ folder, log })
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test('stopping does not wait for sessions that are at work', async () => {
  const server = await startEmbeddedPostgres({ folder: await dataFolder(), log })
  const asleep = query(server.url, 'select pg_sleep(600)').catch((error: { code: string }) => error.code)
  await vi.waitFor(async () => {
    expect(await query(server.url, "select 1 as x from pg_stat_activity where query = 'select pg_sleep(600)'")).toEqual(
      [{ x: 1 }]
    )
  })

  const before = performance.now()
  await server.stop()

  expect(performance.now() - before).toBeLessThan(1_000)
  expect(await asleep).toBe('57P01') // admin_shutdown
})

test('a server that is killed is noticed, and stopping afterwards frees the folder', async () => {
  const folder = await dataFolder()
  const server = await startEmbeddedPostgres({ folder, log })

  process.kill(serverPid(folder), 'SIGKILL')

  expect(await server.exited).toEqual({ signal: 'SIGKILL' })
  await server.stop()
  const next = await startEmbeddedPostgres({ folder, log })
  expect(await query(next.url, 'select 1 as x')).toEqual([{ x: 1 }])
  await next.stop()
})

test('settings for some other database in the environment change nothing', async () => {
  const env = {
    PATH: process.env.PATH,
    PGHOST: 'db.example.no',
    PGPORT: '1',
    PGDATA: '/nowhere',
    PGDATABASE: 'other',
    PGUSER: 'other',
    PGPASSWORD: 'other',
    PGSSLMODE: 'require',
    PGTZ: 'Europe/Oslo',
    TZ: 'Europe/Oslo',
    LC_ALL: 'xx_XX.UTF-8',
    HOME: '/nonexistent'
  }

  const service = startService(join(temporaryFolder(), 'postgres'), { env })

  const { ready } = await service.said('ready')
  expect(await show(ready, 'TimeZone')).toBe('UTC')
  await service.stop()
})

test('the log of the server never holds what people wrote', async () => {
  const folder = await dataFolder()
  const server = await startEmbeddedPostgres({ folder, log })
  await query(server.url, 'create table person (name text primary key, age int check (age > 0))')
  await query(server.url, 'insert into person values ($1, 7)', ['Kari Hemmelig'])
  const refused = [
    query(server.url, 'insert into person values ($1, 8)', ['Kari Hemmelig']), // 23505, detail has the key
    query(server.url, 'insert into person values ($1, -1)', ['Ola Hemmelig']), // 23514, detail has the row
    query(server.url, "select 'Per Hemmelig'::int"), // 22P02, the message itself has the value
    query(server.url, 'select $1::text::date', ['Siri Hemmelig']),
    query(server.url, "do $$ begin raise warning 'Liv Hemmelig'; raise exception 'Nils Hemmelig'; end $$"),
    query(server.url, 'select Hemmelig syntax error')
  ]

  const outcomes = await Promise.allSettled(refused)
  // When a session crashes, the server would log what it was doing.
  const crashed = query(server.url, "select pg_sleep(600), 'Eva Hemmelig'").catch((error: Error) => error)
  const session = await vi.waitFor(async () => {
    const [row] = await query(server.url, "select pid from pg_stat_activity where query like 'select pg_sleep%'")
    if (row === undefined) throw new Error('not yet at work')
    return Number(row.pid)
  })
  process.kill(session, 'SIGKILL')
  expect(await crashed).toBeInstanceOf(Error)
  await server.stop()

  expect(outcomes.map(({ status }) => status)).toEqual(refused.map(() => 'rejected'))
  expect(serverLog(folder)).toContain(`(PID ${session}) was terminated by signal 9`)
  expect(serverLog(folder)).not.toMatch(/hemmelig/i)
})

test('a log that has grown large is put aside at the next start', async () => {
  const folder = await dataFolder()
  truncateSync(join(folder, 'server.log'), 10 * 1024 * 1024 + 1)

  const server = await startEmbeddedPostgres({ folder, log })
  await server.stop()

  expect(statSync(join(folder, 'server.log')).size).toBeLessThan(10_000)
  expect(statSync(join(folder, 'server.log.1')).size).toBe(10 * 1024 * 1024 + 1)
})

test('a first start that is killed half-way is no trouble for the next', async () => {
  const folder = join(temporaryFolder(), 'postgres')
  const killed = startService(folder)
  await vi.waitFor(() => expect(existsSync(join(draftIn(folder), 'global/pg_control'))).toBe(true), {
    timeout: 20_000,
    interval: 5
  })

  await killed.kill()

  expect(existsSync(join(folder, 'cluster'))).toBe(false)
  const server = await startEmbeddedPostgres({ folder, log })
  expect(await query(server.url, 'select 1 as x')).toEqual([{ x: 1 }])
  await server.stop()
  // The killed start's initdb may work on for a moment; whatever start comes after that clears away.
  await vi.waitFor(
    async () => {
      await (await startEmbeddedPostgres({ folder, log })).stop()
      expect(draftIn(folder)).toBe(folder)
    },
    { timeout: 30_000 }
  )
})

const draftIn = (folder: string) =>
  join(folder, readdirSync(folder).find((name) => name.startsWith('cluster-draft-')) ?? '')

test('a path too long for a socket gets its socket elsewhere, private, and gone after stopping', async () => {
  const folder = join(temporaryFolder(), 'a-name-that-is-long'.repeat(6), 'postgres')

  const server = await startEmbeddedPostgres({ folder, log })

  const { host } = server.connection
  expect(host.startsWith(folder)).toBe(false)
  expect(statSync(host).mode & 0o777).toBe(0o700)
  expect(await query(server.url, 'select 1 as x')).toEqual([{ x: 1 }])
  await server.stop()
  expect(existsSync(host)).toBe(false)
})

test('a folder may have any name', async () => {
  const folder = join(temporaryFolder(), `a b, "c" 'd' æøå 100%41 e@f:g?h#i`)
  execFileSync('cp', ['-a', await dataFolder(), folder])

  const server = await startEmbeddedPostgres({ folder, log })

  expect(server.connection.host).toBe(join(folder, 'socket'))
  expect(await query(server.url, 'select 1 as x')).toEqual([{ x: 1 }])
  await server.stop()
})

test('a damaged cluster is reported with the server’s own words, and the folder stays free', async () => {
  const folder = await dataFolder()
  writeFileSync(join(folder, 'cluster/PG_VERSION'), '9.1\n')

  const failure = await startEmbeddedPostgres({ folder, log }).catch((error: unknown) => error)

  expect(failure).toMatchObject({ code: 'embedded-postgres-failed', message: expect.stringContaining('DATABASE_URL') })
  expect(String((failure as Error).cause)).toContain('database files are incompatible with server')
  writeFileSync(join(folder, 'cluster/PG_VERSION'), '18\n')
  const server = await startEmbeddedPostgres({ folder, log })
  await server.stop()
})

test('a server that does not come up in time is ended and reported', async () => {
  const folder = await dataFolder()
  // The server waits here for ever, as on a disk that does not answer.
  appendFileSync(join(folder, 'cluster/postgresql.conf'), "\nrestore_command = 'sleep 600'\n")
  writeFileSync(join(folder, 'cluster/recovery.signal'), '')

  const starting = startEmbeddedPostgres({ folder, log, startTimeoutMs: 1_000 })

  await expect(starting).rejects.toMatchObject({ code: 'embedded-postgres-failed' })
  expect(existsSync(join(folder, 'cluster/postmaster.pid'))).toBe(false)
})

test('a path that is a file is refused with what to do about it', async () => {
  const file = join(temporaryFolder(), 'postgres')
  writeFileSync(file, 'not a folder')

  const starting = startEmbeddedPostgres({ folder: file, log })

  await expect(starting).rejects.toMatchObject({
    code: 'data-folder-unusable',
    message: expect.stringContaining('velg en annen datamappe')
  })
})
