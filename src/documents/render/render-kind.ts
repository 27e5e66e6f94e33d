import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unavailable } from '../../domain/errors.ts'
import type { ThreadDocument } from '../../domain/thread-document.ts'
import type { Refused } from '../processes/process-pool.ts'
import type { Failed, Job, ProcessKind } from '../processes/start-process.ts'
import type { FromRenderProcess, PdfaLevel, ToRenderProcess } from './render-messages.ts'

export interface RenderJob extends Job {
  readonly document: ThreadDocument
  readonly level: PdfaLevel
  /** Bytes of a picture, undefined when it is too large to show. `signal` aborts when nobody waits for it any longer. */
  readonly openPicture: (sha256: string, signal: AbortSignal) => Promise<Uint8Array | undefined>
}

/** A process that renders, with a font configuration of its own. Its jobs throw Unavailable('document-not-rendered'). */
export function renderKind(): ProcessKind<RenderJob, ToRenderProcess, FromRenderProcess, Uint8Array> {
  const fontConfig = join(tmpdir(), `arkivbro-fonts-${randomUUID()}.conf`)
  return {
    name: 'render',
    program: {
      file: new URL('./render-process', import.meta.url),
      args: [fontConfig],
      env: { FONTCONFIG_FILE: fontConfig },
      heapMb: 1024
    },
    jobsMax: 500,
    rssMax: 400_000_000,
    begin: ({ document, level }) => ({ kind: 'render', document, level }),
    async hear(message, { openPicture }, over) {
      switch (message.kind) {
        case 'picture-wanted':
          return { kind: 'answer', message: { kind: 'picture', bytes: await openPicture(message.sha256, over) } }
        case 'failed':
          return { kind: 'failed', cause: message.reason }
        case 'rendered': {
          const { pdf, pages, rss } = message
          return { kind: 'done', result: pdf, rss, facts: { pages, bytes: pdf.length } }
        }
      }
    },
    failure: notRendered
  }
}

const words: Record<Failed | Refused, string> = {
  failed: 'Arkivdokumentet kunne ikke lages.',
  died: 'Prosessen som lager arkivdokumentet, stanset.',
  late: 'Arkivdokumentet ble ikke ferdig i tide.',
  aborted: 'Arbeidet med arkivdokumentet ble avbrutt.',
  unanswered: 'Et bilde til arkivdokumentet lot seg ikke lese.',
  stopping: 'Arkivdokumentet ble ikke laget, fordi tjenesten stanser.',
  'too-many': 'For mange arkivdokumenter venter på å bli laget. Prøv igjen senere.'
}

/** Why there is no document, for a person. */
export const notRendered = (why: Failed | Refused, cause?: unknown): Unavailable =>
  new Unavailable('document-not-rendered', words[why], cause === undefined ? {} : { cause })
