import { norwegianTime } from '../../domain/norwegian-time.ts'
import type { ThreadImage, ThreadMessage } from '../../domain/thread-document.ts'
import type { Run } from './graphemes.ts'
import { type Line, lineCount, startsRightToLeft, type TextRuns } from './text-runs.ts'
import type { ThreadLabels } from './thread-labels.ts'

/** A label and what stands beside it. */
export interface PageRow {
  readonly label: readonly Run[]
  readonly value: readonly Run[]
  readonly rtl: boolean
  readonly href?: string
}

/** A message as the template shows it. */
export interface PageMessage {
  readonly marked: boolean
  /** Says that the municipality wrote it; empty when somebody else did. */
  readonly ours: string
  /** What it answers, in words; empty for what starts the thread. */
  readonly answers: string
  readonly indent: number
  readonly language: string
  readonly heading: readonly Run[]
  /** When it was published, beside the heading. */
  readonly when: string
  readonly rows: readonly PageRow[]
  readonly lines: readonly Line[]
  readonly codesShown: boolean
  readonly linesJoined: boolean
  readonly figures: readonly PageFigure[]
  readonly notes: readonly (readonly Run[])[]
}

interface PageFigure {
  readonly state: 'shown' | 'broken' | 'left-out'
  readonly caption: readonly Run[]
  readonly description: readonly Run[]
  readonly alt: string
  readonly path?: string
  readonly width?: number // centimetres
  readonly firstOfSeveral?: boolean
}

/** How an image is shown; the page knows nothing of its bytes. */
export type ImageShown =
  | { readonly state: 'shown'; readonly path: string; readonly width: number; readonly firstOfSeveral: boolean }
  | { readonly state: 'broken' | 'left-out' }

export interface PageMessageDeps {
  readonly text: TextRuns
  readonly labels: ThreadLabels
  readonly shown: (image: ThreadImage) => ImageShown
  /** Lines of text before the rest runs on. */
  readonly linesMax: number
}

const INDENT_MAX = 6 // levels
const HEADING_LENGTH_MAX = 120
const ALT_LENGTH_MAX = 1000
const LINK_LENGTH_MAX = 2000

/** A message's place in the thread, from 1, and that of the one it answers when it is there. */
export interface Place {
  readonly number: number
  readonly answers?: number
}

/** Lays out one message. */
export function pageMessage(
  { text, labels, shown, linesMax }: PageMessageDeps,
  message: ThreadMessage,
  { number, answers }: Place
): PageMessage {
  const language = languageOf(message.language)
  const author = message.author.displayName || message.author.handle || labels.unknownAuthor
  const name = text.plain(author, HEADING_LENGTH_MAX)
  const rtl = startsRightToLeft(message.text) ?? rightToLeftLanguages.includes(language)
  const lines = text.lines(message.text, rtl, linesMax)
  return {
    marked: message.role === 'marked',
    ours: message.isOurs ? (message.depth === 0 ? labels.ourPost : labels.ourAnswer) : '',
    answers: answersWhat(message, answers, labels),
    indent: Math.max(0, Math.min(message.depth, INDENT_MAX)),
    language,
    heading: text.line(`${number}. ${name}`),
    when: isTime(message.publishedAt) ? norwegianTime(message.publishedAt) : '',
    rows: [
      ...(name === text.plain(author) ? [] : [pageRow(text, labels.name, author)]),
      ...messageRows(text, labels, message)
    ],
    lines,
    codesShown: lines.some(({ runs }) => runs.some((run) => typeof run === 'object' && 'codes' in run)),
    linesJoined: lineCount(message.text) > linesMax,
    figures: message.images.map((image) => pageFigure(text, labels, image, shown(image))),
    notes: message.notes.map((note) => text.line(note))
  }
}

function answersWhat({ depth }: ThreadMessage, answers: number | undefined, labels: ThreadLabels): string {
  if (answers !== undefined) return `${labels.answerTo} ${answers}`
  return depth > 0 ? `${labels.answer} ${depth}` : ''
}

function messageRows(text: TextRuns, labels: ThreadLabels, message: ThreadMessage): readonly PageRow[] {
  const { author, publishedAt, editedAt, permalink } = message
  const optional = (label: string, value: string | undefined, href?: string) =>
    value ? [pageRow(text, label, value, href)] : []
  return [
    ...optional(labels.handle, author.handle),
    ...optional(labels.profile, author.profileUrl, author.profileUrl),
    pageRow(text, labels.published, publishedAt ? bothTimes(publishedAt, labels) : labels.unknownTime),
    ...optional(labels.edited, editedAt && bothTimes(editedAt, labels)),
    ...optional(labels.address, permalink, permalink)
  ]
}

function pageFigure(text: TextRuns, labels: ThreadLabels, image: ThreadImage, shown: ImageShown): PageFigure {
  const described = image.altText.trim() !== '' && image.altText !== image.caption
  return {
    ...shown,
    caption: text.line(image.caption),
    description: described ? text.line(image.altText) : [],
    alt: text.plain(image.altText || image.caption, ALT_LENGTH_MAX) || labels.pictureWithoutDescription
  }
}

/** A row; `href` becomes a link when it is a web address. */
export function pageRow(text: TextRuns, label: string, value: string, href?: string): PageRow {
  const shown = text.line(value)
  // Of an address in pieces, each would become a link of its own.
  const target = href === undefined || typeof shown[0] !== 'string' || shown.length > 1 ? undefined : webAddress(href)
  return {
    label: text.line(label),
    value: shown,
    rtl: startsRightToLeft(value) ?? false,
    ...(target !== undefined && { href: target })
  }
}

/** The address as a link may hold it; undefined when it is not a web address, which is then text only. */
function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined
  const url = new URL(href)
  return ['http:', 'https:'].includes(url.protocol) && url.href.length <= LINK_LENGTH_MAX ? url.href : undefined
}

const isTime = (instant: Date | undefined): instant is Date => instant !== undefined && !Number.isNaN(instant.getTime())

/** Norwegian time for the reader, UTC for the record. */
const bothTimes = (instant: Date, labels: ThreadLabels): string =>
  !isTime(instant) ? labels.unknownTime : `${norwegianTime(instant)} (${instant.toISOString()})`

const rightToLeftLanguages = ['ar', 'he', 'fa', 'ur', 'yi', 'ps', 'ckb', 'sd', 'ug', 'dv', 'syr']

/** The primary language of a BCP 47 tag; `und` when there is none that the template would take. */
const languageOf = (tag = ''): string => /^([a-z]{2,3})(?:[-_]|$)/i.exec(tag)?.[1]?.toLowerCase() ?? 'und'
