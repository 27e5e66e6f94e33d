import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Unavailable } from '../../domain/errors.ts'
import { claimedFormat, fileFormat } from '../../domain/file-formats.ts'
import type { Attachment } from '../../domain/inquiry.ts'
import type { AttachmentFinding, AttachmentOutcome, PreparedAttachment } from '../../domain/prepared-attachment.ts'
import type { AttachmentPreparer, BlobStore } from '../../flow/ports.ts'
import { type ProcessPool, processPool } from '../processes/process-pool.ts'
import { startProcess } from '../processes/start-process.ts'
import type { FilmStill } from './film-still.ts'

import { LookFailed, type LookJob, lookKind } from './look-kind.ts'
import { type Look, type LookOutcome, notConverted } from './look-messages.ts'
import { openableAs, unopened } from './openable.ts'
import type { VirusScanner } from './virus-scanner.ts'
import { inWorkFolder, removeAbandonedFolders } from './work-folder.ts'

export interface AttachmentPreparerDeps {
  readonly blobs: Pick<BlobStore, 'open' | 'put'>
  readonly log: (facts: Record<string, unknown>, message: string) => void
  /** Files looked at at the same time. */
  readonly processes?: number
  /** For one file, from when a process takes it. */
  readonly timeoutMs?: number
  readonly scanner?: VirusScanner
  readonly filmStill?: FilmStill
}

const MADE_BYTES_MAX = 1_000_000_000

/** Scans attachments for viruses, looks at them in processes that may die, and keeps what is made of them. */
export function attachmentPreparer(deps: AttachmentPreparerDeps): AttachmentPreparer & { close(): Promise<void> } {
  const { blobs, log, scanner, processes = 1, timeoutMs = 30_000 } = deps
  const pool = processPool<LookJob, Look>({
    ...{ processes, timeoutMs },
    start: () => startProcess(lookKind, log),
    refusal: (why) => new LookFailed(why)
  })
  removeAbandonedFolders(Date.now()).catch((error: unknown) =>
    log({ error: String(error) }, 'old work folders are left')
  )
  return {
    async prepare(attachment, { convert, signal }) {
      const named = nameFinding(attachment)
      const unsafe = scanner && (await unsafeOutcome(scanner, blobs, attachment, signal))
      if (unsafe) return { outcome: unsafe, findings: named }
      if (!convert) return prepared(notConverted('too-demanding'), named)
      if (!openableAs(attachment.mediaType)) return prepared(unopened(attachment.mediaType), named)
      return await inWorkFolder(async (folder) => {
        const path = join(folder, 'file')
        await pipeline(await blobs.open(attachment.sha256), createWriteStream(path, { mode: 0o600 }), { signal })
        return await lookInto({ ...deps, pool }, { attachment, path, target: join(folder, 'made'), named, signal })
      })
    },
    close: pool.close
  }
}

interface LookedInto {
  readonly attachment: Attachment
  readonly path: string
  readonly target: string
  readonly named: readonly AttachmentFinding[]
  readonly signal: AbortSignal | undefined
}

async function lookInto(
  { blobs, pool, filmStill }: AttachmentPreparerDeps & { readonly pool: ProcessPool<LookJob, Look> },
  { attachment, path, target, named, signal }: LookedInto
): Promise<PreparedAttachment> {
  const { mediaType } = attachment
  const look = await lookTwice(pool, { file: { path, mediaType, target }, ...(signal && { signal }) })
  const keep = async (made: Extract<LookOutcome, { kind: 'made' }>) => {
    const options = { maxBytes: MADE_BYTES_MAX, ...(signal && { signal }) }
    const { sha256, size } = await blobs.put(createReadStream(target), options)
    return { sha256, size, mediaType: made.mediaType, tool: made.tool, comments: made.comments }
  }
  if (look.outcome.kind === 'made') return prepared(look, named, { kind: 'converted', made: await keep(look.outcome) })
  const still = mediaType.startsWith('video/') ? await filmStill?.make({ path, mediaType, target, signal }) : undefined
  if (!still) return prepared(look, named)
  const made = await keep(still)
  return look.outcome.kind === 'kept'
    ? { ...prepared(look, named), still: made }
    : prepared(look, named, { kind: 'still', made })
}

/** A process may die for reasons of its own, so a file that seems to bring one down gets another. */
async function lookTwice(pool: ProcessPool<LookJob, Look>, job: LookJob): Promise<Look> {
  const look = () => pool.run(job).catch(lookOf)
  return (await look()) ?? (await look()) ?? notConverted('too-demanding')
}

/** What a failed look says of the file; undefined when the process died. Throws Unavailable when it says nothing. */
function lookOf(error: unknown): Look | undefined {
  if (!(error instanceof LookFailed)) throw error
  if (error.why === 'died') return undefined
  if (error.why === 'late') return notConverted('too-demanding')
  throw new Unavailable(
    'attachments-not-prepared',
    'Vedleggene ble ikke undersøkt. Arkivbro prøver igjen av seg selv.',
    {
      cause: error
    }
  )
}

function prepared(
  { outcome, findings, formatDetaljer }: Look,
  named: readonly AttachmentFinding[],
  stored?: AttachmentOutcome
): PreparedAttachment {
  if (outcome.kind === 'made' && !stored) throw new Error('What was made is kept before it is told of')
  return {
    outcome: stored ?? (outcome as Exclude<LookOutcome, { kind: 'made' }>),
    findings: [...named, ...findings],
    ...(formatDetaljer !== undefined && { formatDetaljer })
  }
}

function nameFinding({ fileName, mediaType }: Attachment): readonly AttachmentFinding[] {
  const named = claimedFormat(fileName, mediaType)
  const { format, puid } = fileFormat(mediaType)
  return named === undefined ? [] : [{ kind: 'name-mismatch', named, is: puid === 'av/0' ? 'ukjent' : format }]
}

async function unsafeOutcome(
  scanner: VirusScanner,
  blobs: Pick<BlobStore, 'open'>,
  { sha256 }: Attachment,
  signal: AbortSignal | undefined
): Promise<AttachmentOutcome | undefined> {
  const verdict = await scanner.scan(() => blobs.open(sha256), signal)
  if (verdict.kind === 'infected') return { kind: 'infected', signature: verdict.signature }
  return verdict.kind === 'too-large' ? { kind: 'not-scanned' } : undefined
}
