import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { toArkivstruktur } from '../../src/noark/arkivstruktur.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storeOn } from '../../src/store/index.ts'
import { depositCase, depositFrame } from '../noark/deposits.ts'
import { inquiryBody, settledOnceLookedAt } from '../support/makers.ts'
import { corpus, hasMaterial, standards } from '../support/material.ts'
import { program } from '../support/programs.ts'
import { freshFolder, freshService, type StartedService } from '../support/setup.ts'
import { openSchema } from '../support/xsd.ts'

const ARKIVMELDING = 'fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'
const ARKIVSTRUKTUR = 'noark5/v5.5/arkivstruktur.xsd'

interface Outcome {
  readonly file: string
  readonly status: number
  readonly what: string
}

const payloads = (folder: string): readonly string[] =>
  readdirSync(corpus(folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => corpus(`${folder}/${name}`))

const mark = { by: 'moderator', reason: 'Må saksbehandles', at: '2026-11-21T19:00:00+01:00' }

/** A marked payload: accepted and followed to the archive, or refused in words. */
async function take(service: StartedService, platform: string, path: string): Promise<Outcome> {
  const file = basename(path)
  const payload: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const response = await service.post(`/v1/inquiries/from/${platform}`, { payload, mark })
  const body = (await response.json()) as { id: string; code: string; title: string; detail?: string; isNew: boolean }
  if (response.status === 202) return { file, status: 202, what: body.id }
  if (response.status === 200) return { file, status: 200, what: 'samme innhold som en annen fil' }
  return { file, status: response.status, what: `${body.code}: ${body.detail ?? body.title}` }
}

async function prove(service: StartedService, id: string, folder: string): Promise<string> {
  const details = await settledOnceLookedAt(service, id)
  expect(details.status.trouble?.message ?? details.status.state).toBe('journaled')
  const record = await (await service.call(`/v1/inquiries/${id}/record`)).text()
  expect(openSchema(standards(ARKIVMELDING)).validate(record)).toEqual([])
  await proveDeposit(service, id)
  const pdf = Buffer.from(await (await service.call(`/v1/inquiries/${id}/documents/1`)).arrayBuffer())
  const path = join(folder, `${id}.pdf`)
  await writeFile(path, pdf)
  const qpdf = program('qpdf')
  if (qpdf) execFileSync(qpdf, ['--check', path], { stdio: 'ignore' })
  else expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  return details.archive?.journalpost ?? ''
}

/** What was journaled, in the form of a deposit. */
async function proveDeposit({ config }: StartedService, id: string): Promise<void> {
  const db = openDatabase({ url: config.DATABASE_URL ?? '', connectionsMax: 1, onError: () => undefined })
  try {
    const plan = await storeOn(db).plans.get(id)
    if (!plan) throw new Error(`Inquiry ${id} has no plan.`)
    const { klassifikasjonssystem: _, ...unclassified } = depositFrame
    const closed = depositCase(plan)
    const xml = toArkivstruktur(closed.saksmappe.klassifikasjon ? depositFrame : unclassified, [closed])
    expect(openSchema(standards(ARKIVSTRUKTUR)).validate(xml)).toEqual([])
  } finally {
    await db.destroy()
  }
}

/** Every file of a folder as the attachment of an inquiry of its own. Gives the inquiries' ids. */
async function takeMedia(service: StartedService): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  for (const name of readdirSync(corpus('media'))) {
    const form = new FormData()
    form.set('file', new Blob([readFileSync(corpus(`media/${name}`))]), name)
    const stored = await service.call('/v1/attachments', { method: 'POST', body: form })
    const { id } = (await stored.json()) as { id: string }
    const response = await service.post('/v1/inquiries', inquiryBody({ attachments: [{ id }] }))
    ids.set(name, ((await response.json()) as { id: string }).id)
  }
  return ids
}

test.skipIf(!hasMaterial)(
  'every picture, film and document of the corpus is archived as it came, with a valid record [needs the shared corpus]',
  async () => {
    const service = await freshService({ RENDER_PROCESSES: '2' })
    const folder = freshFolder()
    const media = await takeMedia(service)
    for (const [name, id] of media) expect(await prove(service, id, folder), name).toMatch(/^20\d\d\//)
    expect(media.size).toBeGreaterThan(30)
  },
  180_000
)

test.skipIf(!hasMaterial)(
  'every Facebook and Mastodon payload ends journaled with a valid record, or refused in words [needs the shared corpus]',
  async () => {
    const service = await freshService({ RENDER_PROCESSES: '2' })
    const folder = freshFolder()
    const outcomes: Outcome[] = []
    for (const [platform, folders] of [
      ['facebook', ['facebook/graph', 'facebook/webhook']],
      ['mastodon', ['mastodon']]
    ] as const) {
      for (const path of folders.flatMap(payloads)) outcomes.push(await take(service, platform, path))
    }
    const accepted = outcomes.filter(({ status }) => status === 202)
    const numbers = new Map<string, string>()
    for (const { what } of accepted) numbers.set(what, await prove(service, what, folder))

    const table = outcomes.map(({ file, status, what }) => `${status}  ${file.padEnd(62)} ${numbers.get(what) ?? what}`)
    process.stdout.write(`\n${table.join('\n')}\n`)
    expect(outcomes.filter(({ status }) => ![200, 202, 422].includes(status))).toEqual([])
    for (const { status, what } of outcomes) if (status === 422) expect(what).toMatch(/^[a-z-]+: .{20,}/)
    expect(accepted.length).toBeGreaterThanOrEqual(20)
    expect(new Set(numbers.values()).size).toBe(accepted.length)
  },
  180_000
)
