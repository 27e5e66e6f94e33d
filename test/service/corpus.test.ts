import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { settled } from '../support/makers.ts'
import { corpus, hasMaterial, standards } from '../support/material.ts'
import { program } from '../support/programs.ts'
import { freshFolder, freshService, type StartedService } from '../support/setup.ts'
import { openSchema } from '../support/xsd.ts'

const SCHEMA = 'fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'

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
  const details = await settled(service, id)
  expect(details.status.trouble?.message ?? details.status.state).toBe('journaled')
  const record = await (await service.call(`/v1/inquiries/${id}/record`)).text()
  expect(openSchema(standards(SCHEMA)).validate(record)).toEqual([])
  const pdf = Buffer.from(await (await service.call(`/v1/inquiries/${id}/documents/1`)).arrayBuffer())
  const path = join(folder, `${id}.pdf`)
  await writeFile(path, pdf)
  const qpdf = program('qpdf')
  if (qpdf) execFileSync(qpdf, ['--check', path], { stdio: 'ignore' })
  else expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  return details.archive?.journalpost ?? ''
}

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
