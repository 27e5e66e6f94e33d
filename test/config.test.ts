import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { trustedProxies } from '../src/network.ts'
import { openCodes } from '../src/parts.ts'
import { version } from '../src/version.ts'

const strong = `drift.${'4f1d0a7c9be2836d5a0c41f79e8b23d6'}`

const mistakes = (env: NodeJS.ProcessEnv): string => {
  try {
    loadConfig(env)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test('nothing set is a complete installation, on the loopback', () => {
  expect(loadConfig({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, DATA_FOLDER: './data', ARCHIVE: 'folder' })
})

test('unset and empty mean the same, and numbers are read from text', () => {
  const config = loadConfig({ PORT: '8080', LOG_LEVEL: '', DATABASE_URL: '', SERVE_WORKS: 'false' })
  expect(config).toMatchObject({ PORT: 8080, LOG_LEVEL: 'info', SERVE_WORKS: false })
  expect('DATABASE_URL' in config).toBe(false)
})

test('every mistake is told at once, by name and meaning', () => {
  const told = mistakes({
    PORT: 'many',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://x',
    OIDC_ISSUER: 'https://id.example'
  })
  for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'OIDC_AUDIENCE']) expect(told).toContain(name)
  expect(told).toContain('Innstillingene er ikke gyldige')
})

test('no mistake shows the value that was given', () => {
  expect(mistakes({ ADMIN_KEY: 'hemmelig-og-svak', REDIS_URL: 'http://bruker:passord@vert' })).not.toMatch(
    /hemmelig-og-svak|passord@/
  )
})

test.each([
  ['too short', 'drift.kort'],
  ['without an id', '4f1d0a7c9be2836d5a0c41f79e8b23d6'],
  ['one letter again and again', `drift.${'a'.repeat(64)}`]
])('an administrator key that is %s is refused', (_why, key) => {
  expect(mistakes({ ADMIN_KEY: key })).toContain('ADMIN_KEY er for svak')
})

test('a strong administrator key is taken', () => {
  expect(loadConfig({ ADMIN_KEY: strong }).ADMIN_KEY).toBe(strong)
})

test('a level of PDF/A that the National Archives do not take is refused', () => {
  expect(loadConfig({ PDFA_LEVEL: '2u' }).PDFA_LEVEL).toBe('2u')
  expect(mistakes({ PDFA_LEVEL: '3a' })).toContain('PDFA_LEVEL')
})

test('half a set-up of S3 is refused', () => {
  expect(mistakes({ S3_BUCKET: 'arkiv' })).toContain('S3_ACCESS_KEY_ID')
})

test('an identity provider is asked over https only, but for one on this machine', () => {
  const audience = { OIDC_AUDIENCE: 'arkivbro' }
  expect(mistakes({ ...audience, OIDC_ISSUER: 'http://id.example' })).toContain('OIDC_ISSUER')
  expect(mistakes({ ...audience, OIDC_ISSUER: 'http://127.0.0.1:9000' })).toBe('')
})

test('the version is that of the package', () => {
  const { version: packaged } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(version).toBe(packaged)
})

describe('the municipality’s own codes', () => {
  const codesOf = (CODE_LISTS: string) => openCodes(loadConfig({ CODE_LISTS }))

  test('are read from the setting itself or from the file that it names', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'codes-')), 'koder.json')
    await writeFile(file, '{"dokumenttype": {"SOME": "Henvendelse i sosialt medium"}}')

    expect(codesOf(file).textOf('dokumenttype', 'SOME')).toBe('Henvendelse i sosialt medium')
    expect(codesOf(' {"partRolle": {"NABO": "Nabo"}}').isKnown('partRolle', 'NABO')).toBe(true)
    expect(openCodes(loadConfig({})).isKnown('dokumenttype', 'SOME')).toBe(false)
  })

  test.each([
    ['a file that is not there', '/nowhere/koder.json', /verken JSON eller stien/],
    ['what is not JSON', '{"dokumenttype": ', /ikke gyldig JSON/],
    ['a closed list', '{"saksstatus": {"X": "Borte"}}', /saksstatus.*fastsatt av standarden/],
    ['an unknown list', '{"farge": {"R": "Rød"}}', /farge.*finnes ikke/]
  ])('stop the start when they are %s', (_why, given, message) => {
    expect(() => codesOf(given)).toThrow(message)
  })
})

describe('proxies that are taken at their word', () => {
  const proxies = (TRUSTED_PROXIES: string) => trustedProxies(loadConfig({ TRUSTED_PROXIES }))

  test('are addresses and nets, and nobody unless they are named', () => {
    expect(proxies('')).toEqual([])
    expect(proxies('10.20.0.4, 10.30.0.0/24,fd00:1::/64')).toEqual(['10.20.0.4', '10.30.0.0/24', 'fd00:1::/64'])
  })

  test.each([
    ['everybody', '0.0.0.0/0'],
    ['everybody on IPv6', '::/0'],
    ['a net without its size', '10.30.0.0/'],
    ['a net too large for its kind', '10.30.0.0/40'],
    ['something else', '1.2.3']
  ])('are never %s', (_what, given) => {
    expect(() => proxies(given)).toThrow(/TRUSTED_PROXIES/)
  })
})
