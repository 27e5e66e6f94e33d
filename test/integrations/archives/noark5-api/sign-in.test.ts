import { describe, expect, test } from 'vitest'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import type { Settings } from '../../../../integrations/archives/noark5-api/settings.ts'
import { mistakesIn, readSettings } from '../../../../src/config.ts'
import { openArchive } from '../../../../src/parts.ts'
import { callContext } from '../../../support/call-context.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { account } from '../../../support/n5tg/tokens.ts'
import { planMaker } from '../../../support/plan-maker.ts'

const ways: readonly Settings['N5TG_AUTH'][] = ['oidc-password', 'oidc-client-credentials', 'basic']

test.each(ways)('%s opens the archive', async (auth) => {
  const standIn = await startStandIn({ auth })
  const { plan, files } = planMaker()
  expect(await noark5Api.open(standIn.settings).submit(plan, callContext(files))).toMatchObject({ state: 'archived' })
})

test('one token is enough for many deliveries at once, and a server that forgot it gives a new one', async () => {
  const standIn = await startStandIn()
  const connector = noark5Api.open(standIn.settings)
  const deliver = async () => {
    const { plan, files } = planMaker()
    return (await connector.submit(plan, callContext(files))).state
  }
  expect(await Promise.all(Array.from({ length: 4 }, deliver))).toEqual(Array.from({ length: 4 }, () => 'archived'))
  expect(standIn.tokensIssued()).toBe(1)
  standIn.restart()
  expect(await deliver()).toBe('archived')
  expect(standIn.tokensIssued()).toBe(2)
})

test('a sign-in on another host is refused, unless the settings name it', async () => {
  const provider = await startStandIn()
  const archive = await startStandIn()
  const { answers } = archive.archive
  const login = 'https://rel.arkivverket.no/noark5/v5/api/login/oidc/'
  const elsewhere = { href: provider.archive.answers.link('provider').href }
  archive.archive.answers.entry = (path, isSignedIn) =>
    isSignedIn ? answers.entry(path, isSignedIn) : { status: 200, body: { _links: { [login]: elsewhere } } }
  const { signal } = new AbortController()
  const health = await noark5Api.open(archive.settings).health(signal)
  expect(health).toMatchObject({ state: 'down', message: expect.stringContaining('N5TG_LOGIN_URL') })
  expect(provider.tokensIssued()).toBe(0)
  const named = { ...archive.settings, N5TG_LOGIN_URL: new URL(provider.settings.N5TG_URL).origin }
  await noark5Api.open(named).health(signal)
  expect(provider.tokensIssued()).toBeGreaterThan(0)
})

describe('the settings', () => {
  const given = { N5TG_URL: 'https://arkiv.example/n5/', N5TG_ARKIVDEL: 'Saksarkiv' }

  test.each([
    [{}, ['N5TG_CLIENT_ID', 'N5TG_CLIENT_SECRET']],
    [{ N5TG_AUTH: 'oidc-password', N5TG_USER: 'a' }, ['N5TG_PASSWORD', 'N5TG_CLIENT_ID']],
    [{ N5TG_AUTH: 'basic' }, ['N5TG_USER', 'N5TG_PASSWORD']]
  ])('%j lacks what its way of signing in needs', (changes, missing) => {
    const settings = readSettings(noark5Api.settings, { ...given, ...changes })
    expect(mistakesIn(noark5Api.settings, settings)).toEqual([])
    const said = noark5Api.missing(settings as Settings)
    expect(said.map((line) => line.trim().split(' ')[0])).toEqual(missing)
    const open = () => openArchive({ ARCHIVE: 'noark5-api', DATA_FOLDER: '.' } as never, { ...given, ...changes })
    expect(open).toThrow(missing[0])
  })

  test.each(['http://arkiv.example/n5/', 'ftp://arkiv.example/', 'http://localhost.example/', 'arkiv.example'])(
    'the address %s is refused, since passwords would travel in the open',
    (url) => {
      const settings = readSettings(noark5Api.settings, { ...given, N5TG_URL: url })
      expect(mistakesIn(noark5Api.settings, settings)).toEqual([expect.stringContaining('N5TG_URL')])
    }
  )

  test('none of them is shown when it is wrong', () => {
    const secret = account.clientSecret
    const settings = readSettings(noark5Api.settings, { ...given, N5TG_AUTH: secret, N5TG_CLIENT_SECRET: secret })
    const said = mistakesIn(noark5Api.settings, settings)
    expect(said.length).toBe(1)
    expect(said.join()).not.toContain(secret)
  })
})
