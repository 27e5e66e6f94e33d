import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { account } from '../support/n5tg/tokens.ts'

interface Ended {
  readonly code: number
  readonly output: string
}

/** Runs the built command with an environment of nothing but what is given. */
function arkivbro(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((ended) => {
    const given = { PATH: process.env.PATH, ...env }
    execFile(process.execPath, ['dist/src/main.js', ...args], { env: given, timeout: 60_000 }, (error, out, err) => {
      ended({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: `${out}${err}` })
    })
  })
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'arkivbro-test-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

test('without a command it says which there are', async () => {
  const { code, output } = await arkivbro([])
  expect(code).toBe(2)
  for (const command of ['serve', 'worker', 'migrate', 'demo', 'doctor']) expect(output).toContain(command)
})

test('bad settings end the start with every mistake and no stack', async () => {
  const { code, output } = await arkivbro(['serve'], { PORT: 'x', LOG_LEVEL: 'y', DATA_FOLDER: folder() })
  expect(code).toBe(1)
  expect(output).toMatch(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/)
  expect(output).not.toContain('    at ')
})

test('an archive nobody has written is refused with those there are', async () => {
  const { code, output } = await arkivbro(['serve'], { ARCHIVE: 'nowhere', DATA_FOLDER: folder() })
  expect([code, output]).toEqual([1, expect.stringContaining('folder')])
})

test('a database that is not there is told in words, without a stack', async () => {
  const { code, output } = await arkivbro(['serve'], {
    DATA_FOLDER: folder(),
    DATABASE_URL: 'postgres://arkivbro@127.0.0.1:1/none'
  })
  expect([code, output]).toEqual([1, expect.stringContaining('Ingen svarer på adressen')])
  expect(output).not.toContain('    at ')
})

test('a worker without a shared database is refused', async () => {
  const { code, output } = await arkivbro(['worker'], { DATA_FOLDER: folder() })
  expect([code, output]).toEqual([1, expect.stringContaining('DATABASE_URL')])
})

test('migrate makes the database ready, and the second time there is nothing to do', async () => {
  const DATA_FOLDER = folder()
  expect((await arkivbro(['migrate'], { DATA_FOLDER })).output).toContain('0001-initial')
  expect((await arkivbro(['migrate'], { DATA_FOLDER })).output).toContain('allerede oppdatert')
})

test('doctor finds a fresh installation in order', async () => {
  const { code, output } = await arkivbro(['doctor'], { DATA_FOLDER: folder() })
  expect([code, output]).toEqual([0, expect.stringContaining('Alt er i orden')])
})

test('doctor says what is wrong and goes on looking', async () => {
  const DATA_FOLDER = folder()
  writeFileSync(join(DATA_FOLDER, 'taken'), '')
  const { code, output } = await arkivbro(['doctor'], {
    DATA_FOLDER,
    ARCHIVE_FOLDER: join(DATA_FOLDER, 'taken', 'archive'),
    DATABASE_URL: 'postgres://arkivbro@127.0.0.1:1/none'
  })
  expect(code).toBe(1)
  expect(output).toMatch(/FEIL Database +Ingen svarer på adressen\. Sjekk DATABASE_URL/)
  expect(output).toMatch(/FEIL Arkiv/)
  expect(output).toMatch(/OK {3}Dokumenter/)
})

test('doctor tells what a Noark 5 archive lacks, and none of the secrets', async () => {
  const standIn = await startStandIn({ missingCodes: ['MS'], settings: { N5TG_ARKIVDEL: 'Finnes ikke' } })
  const { code, output } = await arkivbro(['doctor'], {
    ...standIn.env,
    ARCHIVE: 'noark5-api',
    DATA_FOLDER: folder()
  })
  expect(code).toBe(1)
  expect(output).toMatch(/FEIL Arkiv .*«Finnes ikke».*merknadstype.*mangler MS/)
  for (const secret of [account.password, account.clientSecret]) expect(output).not.toContain(secret)
})

test('a Noark 5 archive without the secret it needs is refused at the start', async () => {
  const { N5TG_CLIENT_SECRET: _, ...env } = (await startStandIn({ auth: 'oidc-client-credentials' })).env
  const { code, output } = await arkivbro(['serve'], { ...env, ARCHIVE: 'noark5-api', DATA_FOLDER: folder() })
  expect([code, output]).toEqual([1, expect.stringContaining('N5TG_CLIENT_SECRET mangler')])
})
