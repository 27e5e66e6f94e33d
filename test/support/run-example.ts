import { execFile } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

export const docsFile = (name: string): string => join(root, 'docs', name)
