import type { ThreadDocument, ThreadImage } from '../../domain/thread-document.ts'
import type { Run } from './graphemes.ts'
import { type ImageShown, type PageMessage, type PageRow, type Place, pageMessage, pageRow } from './page-message.ts'
import { lineCount, type TextRuns } from './text-runs.ts'
import { type ThreadLabels, threadLabels } from './thread-labels.ts'

/** What the template is given, as JSON. Every string that came from outside has been through `TextRuns`. */
export interface ThreadPage {
  readonly language: string
  readonly fonts: readonly string[]
  readonly labels: ThreadLabels
  readonly meta: {
    readonly title: string
    readonly author: string
    readonly description: string
    readonly keywords: readonly string[]
    readonly date: readonly [year: number, month: number, day: number, hour: number, minute: number, second: number]
  }
  readonly header: readonly (readonly Run[])[]
  /** The start of the hash, for the footer. */
  readonly hash: readonly Run[]
  readonly title: readonly Run[]
  readonly facts: readonly { readonly heading: readonly Run[]; readonly rows: readonly PageRow[] }[]
  /** What the thread is and which of its messages is the marked one. */
  readonly intro: string
  readonly messages: readonly PageMessage[]
  readonly files: readonly PageFile[]
}

interface PageFile {
  readonly name: readonly Run[]
  readonly mediaType: readonly Run[]
  readonly size: string
  readonly sha256: readonly Run[]
}

export interface ThreadPageDeps {
  readonly text: TextRuns
  readonly fonts: readonly string[]
  readonly shown: (image: ThreadImage) => ImageShown
}

const TITLE_LENGTH_MAX = 160
const HEADER_LENGTH_MAX = 60
const HASH_LENGTH_SHOWN = 16
const LINES_MAX = 20_000 // in the document
const LINES_IN_MESSAGE_MIN = 20

/** Lays out what the document says. Pure: the same document gives the same page. */
export function threadPage({ text, fonts, shown }: ThreadPageDeps, document: ThreadDocument): ThreadPage {
  const labels = threadLabels[document.language]
  // A document without a title is not accessible (ISO 14289-1, 7.1), and invisible letters make none.
  const title = text.plain(document.title, TITLE_LENGTH_MAX).trim() || labels.marked
  const municipality = text.plain(document.municipality, HEADER_LENGTH_MAX)
  const channel = text.plain(document.channel, HEADER_LENGTH_MAX)
  const inquiryId = text.plain(document.inquiryId, HEADER_LENGTH_MAX)
  const linesMax = linesInMessageMax(document)
  const titleRow = title === text.plain(document.title).trim() ? [] : [pageRow(text, labels.title, document.title)]
  return {
    language: document.language,
    fonts,
    labels,
    meta: {
      title,
      author: municipality,
      description: `${labels.marked} ${inquiryId}`,
      keywords: [
        'Noark 5',
        channel,
        inquiryId,
        `SHA-256 ${text.plain(document.receivedSha256, HEADER_LENGTH_MAX * 2)}`
      ],
      date: dateParts(document.dated)
    },
    header: [municipality, channel, inquiryId].map(text.line),
    hash: text.line(text.plain(document.receivedSha256, HASH_LENGTH_SHOWN)),
    title: text.line(title),
    facts: document.facts.map(({ heading, facts }, index) => ({
      heading: text.line(heading),
      rows: [
        ...(index === 0 ? titleRow : []),
        ...facts.map(({ label, value, href }) => pageRow(text, label, value, href))
      ]
    })),
    intro: introOf(document, labels),
    messages: document.messages.map((message, index) =>
      pageMessage({ text, labels, shown, linesMax }, message, placeOf(document.messages, index))
    ),
    files: document.files.map(({ name, mediaType, size, sha256 }) => ({
      name: text.line(name),
      mediaType: text.line(mediaType),
      size: humanSize(size),
      sha256: text.line(sha256)
    }))
  }
}

function introOf({ messages }: ThreadDocument, labels: ThreadLabels): string {
  const marked = messages.findIndex(({ role }) => role === 'marked')
  if (messages.length === 1 || marked < 0) return labels.alone
  return labels.amongOthers.replace('{number}', String(marked + 1)).replace('{count}', String(messages.length))
}

/** An answer belongs to the last message before it that stands one step further out. */
function placeOf(messages: ThreadDocument['messages'], index: number): Place {
  const depth = messages[index]?.depth ?? 0
  const answers = messages.slice(0, index).findLastIndex((earlier) => earlier.depth === depth - 1)
  return { number: index + 1, ...(answers >= 0 && { answers: answers + 1 }) }
}

/** Ordinary threads keep every line end; only a flood of them is held back. */
function linesInMessageMax({ messages }: ThreadDocument): number {
  const lines = messages.reduce((sum, { text }) => sum + lineCount(text), 0)
  if (lines <= LINES_MAX) return Number.POSITIVE_INFINITY
  return Math.max(LINES_IN_MESSAGE_MIN, Math.floor(LINES_MAX / messages.length))
}

const dateParts = (date: Date): ThreadPage['meta']['date'] => [
  date.getUTCFullYear(),
  date.getUTCMonth() + 1,
  date.getUTCDate(),
  date.getUTCHours(),
  date.getUTCMinutes(),
  date.getUTCSeconds()
]

const units = ['kB', 'MB', 'GB', 'TB'] as const

/** `512 byte`, `1,2 MB`: a comma, as Norwegian has it, and thousands. */
function humanSize(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length)
  const unit = units[power - 1]
  return unit === undefined ? `${bytes} byte` : `${(bytes / 1000 ** power).toFixed(1).replace('.', ',')} ${unit}`
}
