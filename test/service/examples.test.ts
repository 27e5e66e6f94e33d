import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packagesIn } from '../integrations/archives/folder/archive-folder.ts'
import { freePort } from '../support/free-port.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { docsFile, runExample, startExample } from '../support/run-example.ts'
import { ADMIN_KEY, freshService, type StartedService } from '../support/setup.ts'
import { waitFor } from '../support/wait-for.ts'

const PERMIT_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

interface Shown {
  readonly id: string
  readonly direction: string
  readonly event: { readonly type: string }
  readonly category: string
  readonly status: { readonly state: string }
  readonly archive?: { readonly saksnummer: string; readonly journalpost: string; readonly location: string }
}

const envOf = ({ address, config }: StartedService) => ({
  ...{ ARKIVBRO_URL: address, ARKIVBRO_KEY: ADMIN_KEY },
  ARCHIVE_FOLDER: join(config.DATA_FOLDER, 'archive')
})

async function held({ call }: StartedService): Promise<readonly Shown[]> {
  const { inquiries } = (await (await call('/v1/inquiries?client=me')).json()) as { inquiries: readonly Shown[] }
  return inquiries.toReversed()
}

const recordOf = ({ config }: StartedService, location = '') =>
  readFile(join(config.DATA_FOLDER, 'archive', location, 'arkivmelding.xml'), 'utf8')

// Each starts programs of its own, several after one another.
const timeout = 150_000

test.each([
  ['curl.sh', (path: string) => ['bash', [path]] as const],
  ['klient.ts', (path: string) => [process.execPath, ['--import', import.meta.resolve('tsx'), path]] as const]
])('the example %s goes the whole way, and the archive holds what it says', { timeout }, async (name, command) => {
  const service = await freshService({ PERMIT_KEY })
  const [program, args] = command(docsFile(join('eksempler', name)))
  const { code, output } = await runExample(program, args, envOf(service))
  expect(code, output).toBe(0)

  const [question, reply, unlawful, deletion, ...others] = await held(service)
  expect(others).toEqual([])
  expect([question, reply, unlawful, deletion].map((one) => one?.status.state)).toEqual(Array(4).fill('journaled'))
  expect(question).toMatchObject({ category: 'question', direction: 'incoming' })
  expect(reply).toMatchObject({ direction: 'outgoing', archive: { saksnummer: question?.archive?.saksnummer } })
  expect(unlawful).toMatchObject({ category: 'unlawful', event: { type: 'created' } })
  expect(deletion).toMatchObject({ event: { type: 'deleted' }, archive: { saksnummer: unlawful?.archive?.saksnummer } })
  expect(await packagesIn(join(service.config.DATA_FOLDER, 'archive'))).toHaveLength(4)
  for (const one of [question, reply, unlawful, deletion]) expect(output).toContain(one?.archive?.journalpost)
  expect(output.match(/^Sendt: .*$/gm)?.toSorted()).toEqual(
    (await held(service)).map(({ id }) => `Sendt: ${id}`).toSorted()
  )
  expect(await recordOf(service, unlawful?.archive?.location)).toContain('<skjerming>')
  expect(await recordOf(service, question?.archive?.location)).not.toContain('<skjerming>')
})

test('who follows docs/sletting.md alone gets an unlawful post captured, permitted, deleted, and finds it restricted in the archive package', {
  timeout
}, async () => {
  const page = await readFile(docsFile('sletting.md'), 'utf8')
  const blocks = [...page.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block]) => block)
  expect(blocks.length).toBeGreaterThanOrEqual(6)
  // What the commands need is told before they come, since whoever reads has nothing else.
  const [, told = ''] = /^export (.*)$/m.exec(page) ?? []
  for (const [, name] of blocks.join('').matchAll(/\$([A-Z_]+)/g)) expect(told).toContain(`${name}=`)
  const service = await freshService({ PERMIT_KEY })
  const { code, output } = await runExample('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], envOf(service))
  expect(code, output).toBe(0)
  expect(output).toContain('Tillatelsen er ekte.')

  const [post, deletion] = await held(service)
  expect(await settled(service, deletion?.id ?? '')).toMatchObject({
    ...{ event: { type: 'deleted' }, status: { state: 'journaled' } },
    archive: { saksnummer: post?.archive?.saksnummer }
  })
  const record = await recordOf(service, post?.archive?.location)
  const [, skjerming = ''] = /<skjerming>(.*?)<\/skjerming>/s.exec(record) ?? []
  expect(skjerming).toMatch(/<skjermingshjemmel>offl\. § 24 andre ledd<\/skjermingshjemmel>/)
  expect(output).toContain('offl. § 24 andre ledd')
  const publicTitles = [...record.matchAll(/<offentligTittel>(.*?)<\/offentligTittel>/g)].map(([, title]) => title)
  expect(publicTitles.length).toBeGreaterThan(0)
  expect(publicTitles.join(' ')).not.toMatch(/Per|Ulovlig|bor|Ola/)
  for (const title of publicTitles) expect(output).toContain(title)
})

test('the receiver in docs/webhooks.md takes what the service signs, and refuses what nobody did', {
  timeout
}, async () => {
  const [, receiver = ''] = /^```ts\n(.*?)^```$/ms.exec(await readFile(docsFile('webhooks.md'), 'utf8')) ?? []
  const { post } = await freshService({ WEBHOOK_PRIVATE_TARGETS: '127.0.0.1' })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const endpoint = { url, description: 'Mottaker', types: ['inquiry.received', 'inquiry.journaled'] }
  const made = await post('/v1/webhooks', endpoint)
  const { webhook, secret } = (await made.json()) as { webhook: { id: string }; secret: string }
  const said = await startExample(receiver, { WEBHOOK_SECRET: secret, PORT: String(port) })
  const unsigned = () =>
    fetch(url, { method: 'POST', body: '{}' }).then(
      ({ status }) => status,
      () => undefined
    )
  await expect.poll(unsigned, { timeout: 30_000 }).toBe(400)

  const ping = (await (await post(`/v1/webhooks/${webhook.id}/ping`, {})).json()) as { message: string }
  const { id } = (await (await post('/v1/inquiries', inquiryBody())).json()) as { id: string }
  const wanted = [ping.message, "type: 'ping'", "type: 'inquiry.received'", "type: 'inquiry.journaled'", id]
  await waitFor(() => wanted.every((words) => said().includes(words)), 'the receiver has told of all')
})
