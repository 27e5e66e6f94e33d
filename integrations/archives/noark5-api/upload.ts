import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { DokumentobjektPlan } from '../../../src/domain/archive-plan.ts'
import { isAnswer } from './failure.ts'
import type { Work } from './work.ts'

/** One part of a file that goes over in parts; all that is ever held of it. */
const PART_BYTES_MAX = 8 * 1_048_576
const MS_PER_MB = 1_000

/**
 * Sends a file to the `fil` of a dokumentobjekt, streaming: in one go, or in parts above the archive's limit, which it
 * may tell only by a 403 (N5TG 1.1, chapter 6).
 */
export async function upload(work: Work, href: string, objekt: DokumentobjektPlan, what: string): Promise<void> {
  if (objekt.filstoerrelse > work.bytesInOneGoMax) return uploadInParts(work, href, objekt, what)
  await uploadWhole(work, href, objekt, what).catch(async (error: unknown) => {
    if (!isAnswer(error, 403, 413) || !work.dialect.uploadsInParts) throw error
    await uploadInParts(work, href, objekt, what)
  })
}

/** With its length said beforehand: some servers do not take a body of unknown length. */
async function uploadWhole(
  { entry: { client, call }, ctx }: Work,
  href: string,
  objekt: DokumentobjektPlan,
  what: string
) {
  const { sha256, filstoerrelse, mimeType, referanseDokumentfil } = objekt
  await client.send({
    ...{ method: 'POST', href, call, what, extraMs: extraMs(filstoerrelse) },
    headers: {
      'content-type': mimeType,
      'content-length': String(filstoerrelse),
      'x-file-name': referanseDokumentfil
    },
    body: () => ctx.open(sha256)
  })
}

async function uploadInParts(
  { entry: { client, call }, ctx, bytesInOneGoMax }: Work,
  href: string,
  { sha256, filstoerrelse, mimeType }: DokumentobjektPlan,
  what: string
): Promise<void> {
  const opened = await client.send({
    ...{ method: 'POST', href, call, what },
    headers: {
      'content-length': '0',
      'x-upload-content-type': mimeType,
      'x-upload-content-length': String(filstoerrelse)
    }
  })
  let location = placeIn(opened.headers, what)
  let sent = 0
  const partMax = Math.max(1, Math.min(PART_BYTES_MAX, bytesInOneGoMax))
  for await (const part of partsOf(await ctx.open(sha256), partMax)) {
    // The archive may take less of a part than it was sent.
    for (let rest = part; rest.length > 0; ) {
      const to = sent + rest.length - 1
      const bytes = rest
      const { status, headers } = await client.send({
        ...{ method: 'PUT', href: location, call, what, extraMs: extraMs(bytes.length) },
        headers: { 'content-type': mimeType, 'content-range': `${sent}-${to}/${filstoerrelse}` },
        body: async () => bytes
      })
      if (status === 201) return
      const taken = takenIn(headers.range, sent, to, what) - sent
      sent += taken
      rest = rest.subarray(taken)
      location = placeIn(headers, what)
    }
  }
  throw incomplete(what)
}

const extraMs = (bytes: number) => Math.ceil(bytes / 1_048_576) * MS_PER_MB

/** The bytes again, in parts of this size; the last is what is left. */
async function* partsOf(source: Readable, partMax: number): AsyncGenerator<Buffer<ArrayBuffer>> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of source as AsyncIterable<Buffer>) {
    for (let rest = chunk; rest.length > 0; ) {
      const piece = rest.subarray(0, partMax - size)
      held.push(piece)
      size += piece.length
      rest = rest.subarray(piece.length)
      if (size < partMax) continue
      yield Buffer.concat(held)
      held = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(held)
}

function placeIn({ location }: IncomingHttpHeaders, what: string): string {
  if (location !== undefined) return location
  throw incomplete(what)
}

/** Up to where the archive has the file, from `0-524287` or `bytes=0-524287`. */
function takenIn(range: string | undefined, from: number, to: number, what: string): number {
  const last = Number(/-(\d+)/.exec(range ?? '')?.[1] ?? Number.NaN)
  if (last >= from && last <= to) return last + 1
  throw incomplete(what)
}

const incomplete = (what: string) =>
  new ArchiveFailure('transient', `Arkivet tok ikke imot hele ${what}. Sendingen prøves igjen av seg selv.`)
