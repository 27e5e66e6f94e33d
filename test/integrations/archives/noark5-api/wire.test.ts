import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import { callContext } from '../../../support/call-context.ts'
import { applies, faults } from '../../../support/n5tg/faults.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { account } from '../../../support/n5tg/tokens.ts'
import { personalData, planMaker } from '../../../support/plan-maker.ts'

/** A server that answers as it likes, and counts the credentials it was shown. */
async function strange(answer: RequestListener) {
  const shown: string[] = []
  const server = createServer((request, response) => {
    if (request.headers.authorization !== undefined) shown.push(request.headers.authorization)
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, shown }
}

const settings = (url: string) => ({
  N5TG_URL: url,
  N5TG_DIALECT: 'standard-1.1' as const,
  N5TG_AUTH: 'basic' as const,
  N5TG_USER: account.user,
  N5TG_PASSWORD: account.password,
  N5TG_ARKIVDEL: 'Saksarkiv',
  N5TG_DOKUMENTTYPER: '*=B',
  N5TG_MERKNADSTYPE: 'MS',
  N5TG_TIMEOUT_SECONDS: 0.3
})

const submitTo = async (url: string) => {
  const { plan, files } = planMaker()
  return noark5Api.open(settings(url)).submit(plan, callContext(files))
}

describe('what leads elsewhere is not followed', () => {
  test('a redirect', async () => {
    const other = await strange((_, response) => response.end('{}'))
    const { url } = await strange((_, response) => response.writeHead(302, { location: other.url }).end())
    expect(await submitTo(url)).toMatchObject({
      error: { kind: 'config', message: expect.stringContaining('N5TG_URL') }
    })
    expect(other.shown).toEqual([])
  })

  test('an address on another host, in a rel', async () => {
    const other = await strange((_, response) => response.end('{}'))
    const rel = 'https://rel.arkivverket.no/noark5/v5/api/arkivstruktur/'
    const { url } = await strange((_, response) =>
      response.end(JSON.stringify({ _links: { [rel]: { href: other.url } } }))
    )
    expect(await submitTo(url)).toMatchObject({ error: { kind: 'config' } })
    expect(other.shown).toEqual([])
  })
})

describe('an answer', () => {
  test('that is larger than any metadata is given up', async () => {
    const { url } = await strange((_, response) => {
      const chunk = Buffer.alloc(1_048_576, ' ')
      const more = () => {
        while (response.write(chunk));
      }
      response.on('drain', more)
      more()
    })
    expect(await submitTo(url)).toMatchObject({ error: { kind: expect.stringMatching(/needs-human|transient/) } })
  })

  test('that never comes is given up in time', async () => {
    const { url } = await strange(() => undefined)
    expect(await submitTo(url)).toMatchObject({
      error: { kind: 'transient', message: expect.stringContaining('i tide') }
    })
  })

  test('that stops half-way is given up in time', async () => {
    const { url } = await strange((_, response) => void response.write('{"_links":'))
    expect(await submitTo(url)).toMatchObject({ error: { kind: 'transient' } })
  })

  test('is not waited for beyond the deadline of the try', async () => {
    const { url } = await strange(() => undefined)
    const { plan, files } = planMaker()
    const patient = noark5Api.open({ ...settings(url), N5TG_TIMEOUT_SECONDS: 200 })
    const deadline = new Date(Date.now() + 200)
    const result = await patient.submit(plan, callContext(files, { deadline }))
    expect(result).toMatchObject({ error: { kind: 'transient' } })
  })

  test('429 is waited out as long as the archive says', async () => {
    const { url } = await strange((_, response) => response.writeHead(429, { 'retry-after': '17' }).end())
    expect(await submitTo(url)).toMatchObject({ error: { kind: 'rate-limited', retryAfterMs: 17_000 } })
  })

  test.each([
    '{"_links":null}',
    '{"_links":[]}',
    '{"_links":[{"rel":5}]}',
    '[]',
    'null',
    '',
    '<html>',
    '{"_links":{"a":{"href":5}}}'
  ])('%j is no archive, and is told of as a value', async (body) => {
    const { url } = await strange((_, response) => response.end(body))
    expect(await submitTo(url)).toMatchObject({ state: 'failed', error: { message: expect.stringContaining(' ') } })
  })
})

test.each([
  ['longer', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
  ['shorter', (bytes: Buffer) => bytes.subarray(1)]
])(
  'a file that is %s than when it was looked through is not taken for a file, nor for the next request',
  async (_, changed) => {
    const standIn = await startStandIn()
    const { plan, files } = planMaker()
    const context = callContext(files)
    const opened = new Set<string>()
    const open: typeof context.open = async (sha256) => {
      if (opened.has(sha256)) return Readable.from([changed(files.get(sha256) ?? Buffer.alloc(0))])
      opened.add(sha256)
      return context.open(sha256)
    }
    const connector = noark5Api.open(standIn.settings)
    expect(await connector.submit(plan, { ...context, open })).toMatchObject({ error: { kind: 'unknown-outcome' } })
    expect(standIn.held('dokumentobjekt').filter(({ file }) => file)).toEqual([])
    expect(await connector.submit(plan, callContext(files))).toMatchObject({ state: 'archived' })
  }
)

test('no error tells a secret or anything personal, though the archive echoes what it was sent', async () => {
  const clean = await startStandIn()
  const { plan: made, files } = planMaker()
  const { tittel } = made.record
  const dokumenter = made.record.dokumenter.map((dokument) => ({ ...dokument, tittel }))
  const plan = { ...made, record: { ...made.record, dokumenter } }
  await noark5Api.open(clean.settings).submit(plan, callContext(files))
  const told: string[] = []
  for (const fault of faults.filter((one) => !one.endsWith('too-late'))) {
    const at = clean.requests.findLastIndex((label) => applies(fault, label, 'standard-1.1'))
    const standIn = await startStandIn()
    standIn.faults.set(at, fault)
    told.push(JSON.stringify(await noark5Api.open(standIn.settings).submit(plan, callContext(files))))
  }
  const picky = await startStandIn({ settings: { N5TG_DOKUMENTTYPER: '*=FINNESIKKE', N5TG_MERKNADSTYPE: 'X' } })
  told.push(JSON.stringify(await noark5Api.open(picky.settings).submit(plan, callContext(files))))
  const failed = told.filter((result) => result.includes('"failed"'))
  expect(failed.length).toBeGreaterThan(8)
  for (const result of failed) {
    for (const word of [...personalData, account.password, account.clientSecret, plan.record.tittel, 'Bearer']) {
      expect(result).not.toContain(word)
    }
  }
})
