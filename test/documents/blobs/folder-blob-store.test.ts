import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { folderBlobStore } from '../../../src/documents/blobs/folder-blob-store.ts'
import { Unavailable } from '../../../src/domain/errors.ts'
import { describeBlobStore, streamOf } from '../../support/blob-store-contract.ts'

describeBlobStore('a folder', async () => {
  const folder = await newFolder()
  return { store: folderBlobStore({ folder }), kept: () => filesIn(folder) }
})

test('files are for the service alone', async () => {
  const folder = join(await newFolder(), 'files')
  const { sha256 } = await folderBlobStore({ folder }).put(streamOf(Buffer.from('hei')), { maxBytes: 10 })
  const mode = async (...path: readonly string[]) => ((await stat(join(folder, ...path))).mode & 0o777).toString(8)
  const [ab, cd] = [sha256.slice(0, 2), sha256.slice(2, 4)]
  expect([await mode(), await mode(ab), await mode(ab, cd), await mode(ab, cd, sha256)]).toEqual([
    '700',
    '700',
    '700',
    '600'
  ])
})

test('two stores on one folder keep the same bytes once', async () => {
  const folder = await newFolder()
  const bytes = randomBytes(500_000)
  const puts = [1, 2, 3, 4].map(() => folderBlobStore({ folder }).put(streamOf(bytes), { maxBytes: 1_000_000 }))
  const [blob] = await Promise.all(puts)
  expect(await filesIn(folder)).toEqual([blob?.sha256])
})

test('a blob that was cut short on disk is made whole when the same bytes come again', async () => {
  const folder = await newFolder()
  const store = folderBlobStore({ folder })
  const bytes = randomBytes(10_000)
  const { sha256 } = await store.put(streamOf(bytes), { maxBytes: 10_000 })
  await truncate(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 5000)
  await store.put(streamOf(bytes), { maxBytes: 10_000 })
  expect((await buffer(await store.open(sha256))).equals(bytes)).toBe(true)
})

test('a process killed while it writes leaves no blob, and what it left goes after a day', async () => {
  const folder = await newFolder()
  const script = fileURLToPath(new URL('./put-without-end.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const [left = ''] = await readdir(folder)
  expect(left).toMatch(/^\.tmp-/)

  await folderBlobStore({ folder }).check()
  expect(await readdir(folder)).toEqual([left])
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
  await utimes(join(folder, left), twoDaysAgo, twoDaysAgo)
  await folderBlobStore({ folder }).check()
  expect(await readdir(folder)).toEqual([])
})

test('a folder that cannot be is said in words, and works once it can', async () => {
  const parent = await newFolder()
  const folder = join(parent, 'in-the-way')
  await writeFile(folder, 'a file')
  const store = folderBlobStore({ folder })
  await expect(store.check()).rejects.toThrow(Unavailable)
  await expect(store.put(streamOf(Buffer.from('hei')), { maxBytes: 10 })).rejects.toThrow(Unavailable)
  await expect(store.open('0'.repeat(64))).rejects.toThrow(Unavailable)
  await rm(folder)
  await store.check()
})

test('a full disk is said in words and leaves nothing', async ({ skip }) => {
  const folder = await newFolder()
  if (!mountTmpfs(folder)) skip('needs the right to mount a small file system')
  onTestFinished(() => void execFileSync('umount', [folder]))
  const store = folderBlobStore({ folder })
  const put = store.put(streamOf(randomBytes(3_000_000)), { maxBytes: 10_000_000 })
  await expect(put).rejects.toThrow(/fullt på disken/)
  await expect(put).rejects.toMatchObject({ code: 'files-unavailable' })
  expect(await filesIn(folder)).toEqual([])
  await store.put(streamOf(Buffer.from('det er plass til dette')), { maxBytes: 100 })
})

test('the place of a blob follows from its hash', async () => {
  const folder = await newFolder()
  const bytes = Buffer.from('hei')
  await folderBlobStore({ folder }).put(streamOf(bytes), { maxBytes: 10 })
  const hash = createHash('sha256').update(bytes).digest('hex')
  expect(existsSync(join(folder, hash.slice(0, 2), hash.slice(2, 4), hash))).toBe(true)
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blobs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(folder, { recursive: true })
  return folder
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => basename(entry.name))
}

function mountTmpfs(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
