import { execFile, spawn } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { freshFolder } from './setup.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const EXAMPLE_MS_MAX = 120_000

interface Ended {
  readonly code: number
  readonly output: string
}

/** Runs a program as somebody who has only the documentation would: in a folder of its own, with `arkivbro` on the path. */
export async function runExample(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>
): Promise<Ended> {
  const folder = freshFolder()
  await mkdir(join(folder, 'bin'))
  const command = `#!/bin/sh\nexec "${process.execPath}" --import "${join(root, 'node_modules/tsx/dist/loader.mjs')}" "${join(root, 'src/main.ts')}" "$@"\n`
  await writeFile(join(folder, 'bin', 'arkivbro'), command, { mode: 0o755 })
  await symlink(process.execPath, join(folder, 'bin', 'node'))
  const { PATH = '', HOME = '' } = process.env
  const options = {
    ...{ cwd: folder, timeout: EXAMPLE_MS_MAX },
    env: { HOME, PATH: [join(folder, 'bin'), PATH].join(delimiter), ...env }
  }
  return new Promise((ended) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      ended({ code: error ? Number(error.code ?? -1) : 0, output: `${stdout}${stderr}` })
    })
  })
}

/** Starts a program in TypeScript that goes on until the test ends; gives what it has said so far. */
export async function startExample(source: string, env: Readonly<Record<string, string>>): Promise<() => string> {
  const folder = freshFolder()
  const path = join(folder, 'eksempel.ts')
  await writeFile(path, source)
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const started = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), path], { cwd: folder, env })
  let said = ''
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)))
  const ended = new Promise((end) => started.once('close', end))
  onTestFinished(async () => {
    started.kill()
    await ended
  })
  return () => said
}

export const docsFile = (name: string): string => join(root, 'docs', name)
