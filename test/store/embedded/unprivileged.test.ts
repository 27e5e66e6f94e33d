import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { installedBinaries, prepareBinaries } from '../../../src/store/embedded/binaries.ts'
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.ts'
import { canReach } from '../../../src/store/embedded/server-user.ts'
import {
  dataFolder,
  folderOf,
  isRoot,
  projectFolder,
  query,
  serverPid,
  show,
  startService,
  temporaryFolder
} from './service-process.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const nobody = { uid: 65_534, gid: 65_534 }
const nobodyCanRunTests = isRoot && (await canReach(nobody, projectFolder))
const installed = installedBinaries()
const log = () => undefined

/** What `npm ci --ignore-scripts` leaves: the same files, and no links between the libraries. */
function copyWithoutLinks(target: string): string {
  cpSync(installed, target, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  return target
}

const links = (folder: string) =>
  readdirSync(join(folder, 'lib'), { withFileTypes: true }).filter((entry) => entry.isSymbolicLink()).length

/** The supervisor in a project of its own, with PostgreSQL installed there without its install script. */
function projectCopy(folder: string): string {
  const native = installed.slice(projectFolder.length)
  cpSync(dirname(installed), join(folder, dirname(native)), {
    recursive: true,
    filter: (path) => !path.startsWith(installed)
  })
  copyWithoutLinks(join(folder, native))
  for (const part of ['src/store/embedded', 'test/store/embedded', 'package.json']) {
    cpSync(join(projectFolder, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(projectFolder, 'node_modules/pg'), join(folder, 'node_modules/pg'))
  return folder
}

test('a platform without an installed PostgreSQL is told to set DATABASE_URL', () => {
  for (const target of ['sunos-sparc', process.arch === 'arm64' ? 'linux-x64' : 'linux-arm64']) {
    expect(() => installedBinaries(target)).toThrow(
      expect.objectContaining({
        code: 'embedded-postgres-missing',
        message: expect.stringContaining('Sett DATABASE_URL')
      })
    )
  }
})

test('libraries are linked when the install script never ran, also by several at once', async () => {
  const native = copyWithoutLinks(join(temporaryFolder(0o755), 'native'))
  const user = isRoot ? nobody : undefined

  const prepared = await Promise.all([1, 2, 3].map(() => prepareBinaries(native, temporaryFolder(), user)))

  expect(prepared.map(({ folder }) => folder)).toEqual([native, native, native])
  expect(links(native)).toBe(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')).length)
})

test('programs that do not run on this machine are told apart from a broken database', async () => {
  const native = copyWithoutLinks(join(temporaryFolder(0o755), 'native'))
  writeFileSync(join(native, 'bin/postgres'), '#!/no/such/interpreter\n')
  const data = temporaryFolder()

  const preparing = prepareBinaries(native, data, isRoot ? nobody : undefined)

  await expect(preparing).rejects.toMatchObject({
    code: 'embedded-postgres-unusable',
    message: expect.stringContaining('Sett DATABASE_URL')
  })
  expect(readdirSync(data)).toEqual([])
})

describe.runIf(isRoot)('as root', () => {
  test('the server is not root', async () => {
    const folder = await dataFolder()
    const server = await startEmbeddedPostgres({ folder, log })

    expect(statSync(`/proc/${serverPid(folder)}`).uid).not.toBe(0)
    expect(statSync(`/proc/${serverPid(folder)}`).uid).toBe(statSync(join(folder, 'cluster')).uid)
    await server.stop()
  })

  test('a cluster keeps its owner', async () => {
    const folder = folderOf(nobody.uid, nobody.gid, join(temporaryFolder(), 'postgres'))
    if (nobodyCanRunTests) {
      const service = startService(folder, nobody)
      await service.said('ready')
      await service.stop()
    }

    const server = await startEmbeddedPostgres({ folder, log })

    expect(statSync(join(folder, 'cluster')).uid).toBe(statSync(`/proc/${serverPid(folder)}`).uid)
    if (nobodyCanRunTests) expect(statSync(join(folder, 'cluster')).uid).toBe(nobody.uid)
    await server.stop()
  })

  test('a data folder below a folder that only root may enter works, and no permission there changes', async () => {
    const closed = temporaryFolder(0o700)
    const folder = join(closed, 'deep/postgres')

    const service = startService(folder)
    const { ready } = await service.said('ready')

    await query(ready, 'create table kept as select 42 as answer')
    expect(await show(ready, 'data_directory')).toBe('/proc/self/cwd')
    expect(statSync(closed).mode & 0o777).toBe(0o700)
    expect(statSync(closed).uid).toBe(0)
    const pid = serverPid(folder)
    await service.kill()
    const server = await startEmbeddedPostgres({ folder, log })
    expect(serverPid(folder)).toBe(pid)
    await server.stop()
    const again = await startEmbeddedPostgres({ folder, log })
    expect(await query(again.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await again.stop()
  })

  test('programs below a folder that only root may enter are copied to the data folder, and old copies go', async () => {
    const project = projectCopy(temporaryFolder(0o700))
    const folder = join(temporaryFolder(0o755), 'postgres')
    mkdirSync(join(folder, 'arkivbro-postgres-0-ofanearlierversion'), { recursive: true })

    const service = startService(folder, { project })

    const { ready } = await service.said('ready')
    expect(await query(ready, 'select 1 as x')).toEqual([{ x: 1 }])
    const copies = readdirSync(folder).filter((name) => name.startsWith('arkivbro-postgres-'))
    expect(copies).toHaveLength(1)
    expect(statSync(join(folder, copies[0] ?? '')).uid).toBe(0)
    await service.stop()
  })

  test('programs and data both below folders that only root may enter work together', async () => {
    const project = projectCopy(temporaryFolder(0o700))
    const folder = join(project, 'data/postgres')
    const sharedBefore = readdirSync('/var/cache')

    const service = startService(folder, { project })

    const { ready } = await service.said('ready')
    const [row] = await query(ready, "select count(*)::int as zones from pg_timezone_names where name = 'Europe/Oslo'")
    expect(row).toEqual({ zones: 1 }) // reads the programs' share folder
    const program = readFileSync(`/proc/${serverPid(folder)}/cmdline`, 'utf8').split('\0')[0] ?? ''
    expect(program.startsWith(project)).toBe(false)
    expect(statSync(program)).toMatchObject({ uid: 0 })
    await service.stop()
    const copy = dirname(dirname(program))
    if (!sharedBefore.includes(basename(copy))) rmSync(copy, { recursive: true })
  })

  test('a copy that has lost a file is made anew', async () => {
    const native = copyWithoutLinks(join(temporaryFolder(0o700), 'native'))
    const data = temporaryFolder(0o755)
    const first = await prepareBinaries(native, data, nobody)
    rmSync(join(first.folder, 'share/postgresql/timezone/Europe/Oslo'))

    const second = await prepareBinaries(native, data, nobody)

    expect(second.folder).toBe(first.folder)
    expect(existsSync(join(second.folder, 'share/postgresql/timezone/Europe/Oslo'))).toBe(true)
    expect(readdirSync(data)).toHaveLength(1)
  })
})

describe.runIf(nobodyCanRunTests)('as an ordinary user', () => {
  test('with no home folder, everything works in a folder of its own', async () => {
    const folder = join(folderOf(nobody.uid, nobody.gid, join(temporaryFolder(), 'mine')), 'postgres')
    const asNobody = { ...nobody, env: { PATH: process.env.PATH, HOME: '/nonexistent' } }
    const service = startService(folder, asNobody)
    const { ready } = await service.said('ready')
    await query(ready, 'create table kept as select 42 as answer')
    const pid = serverPid(folder)
    await service.kill()

    const next = startService(folder, asNobody)

    const { ready: url } = await next.said('ready')
    expect(serverPid(folder)).toBe(pid)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'cluster')).uid).toBe(nobody.uid)
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await next.stop()
  })

  test('when the installation lacks its links and may not be written, the programs are copied', async () => {
    const project = projectCopy(temporaryFolder(0o755))
    const folder = join(folderOf(nobody.uid, nobody.gid, join(temporaryFolder(), 'mine')), 'postgres')

    const service = startService(folder, { ...nobody, project })

    const { ready } = await service.said('ready')
    expect(await query(ready, 'select 1 as x')).toEqual([{ x: 1 }])
    expect(readdirSync(folder).some((name) => name.startsWith('arkivbro-postgres-65534-'))).toBe(true)
    await service.stop()
  })

  test('a user id without a name, which PostgreSQL cannot work with, is told to set DATABASE_URL', async () => {
    const nameless = { uid: 54_321, gid: 54_321 }
    const folder = folderOf(nameless.uid, nameless.gid, join(temporaryFolder(), 'mine'))

    const service = startService(folder, nameless)

    expect(await service.said('refused')).toMatchObject({
      refused: 'embedded-postgres-unusable',
      message: expect.stringContaining('Sett DATABASE_URL')
    })
    expect(readdirSync(folder)).toEqual(['socket'])
  })

  test('a folder that belongs to someone else is refused with what to do about it', async () => {
    const folder = await dataFolder()

    const service = startService(folder, nobody)

    expect(await service.said('refused')).toMatchObject({
      refused: 'data-folder-unusable',
      message: expect.stringContaining('lese- og skrivetilgang')
    })
  })
})
