import type { Tag } from './html-tokens.ts'

/** A page of plain text that is written from the top: what stands there, and what is pending before the next word. */
export interface TextPage {
  out: string
  isLineEmpty: boolean
  breaks: number
  hasSpace: boolean
  /** In front of the next word: the mark of the list item that has begun. */
  mark: string
  quoteDepth: number
  preDepth: number
  readonly lists: { readonly isOrdered: boolean; count: number }[]
}

export const newPage = (): TextPage => ({
  out: '',
  isLineEmpty: true,
  breaks: 0,
  hasSpace: false,
  mark: '',
  quoteDepth: 0,
  preDepth: 0,
  lists: []
})

const paragraphs = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'hr'])
const lines = new Set(['div', 'li', 'tr', 'dt', 'dd', 'section', 'article', 'header', 'footer', 'figure', 'figcaption'])

/** Whether the element begins on a line of its own. */
export const isBlock = (name: string): boolean => paragraphs.has(name) || lines.has(name)

/** Writes words. Runs of blanks become one space, unless the text keeps its lines, as in `pre`. */
export function writeWords(page: TextPage, text: string, { keepsLines = false } = {}): void {
  if (keepsLines) {
    writeLines(page, text)
    return
  }
  const collapsed = text.replace(/[ \t\n\r\f]+/g, ' ')
  if (collapsed.startsWith(' ')) page.hasSpace = !page.isLineEmpty
  const words = collapsed.replace(/^ | $/g, '')
  if (words === '') return
  put(page, words)
  page.hasSpace = collapsed.endsWith(' ')
}

/** Does what a tag does to the text; unknown tags do nothing. */
export function writeTag(page: TextPage, tag: Tag): void {
  if (tag.name === 'br') breakLine(page)
  else if (tag.name === 'img') writeWords(page, tag.attribute('alt') ?? '')
  else if (tag.name === 'td' || tag.name === 'th') writeWords(page, ' ')
  else if (isBlock(tag.name)) writeBlock(page, tag)
}

function writeBlock(page: TextPage, { name, closes }: Tag): void {
  breakTo(page, paragraphs.has(name) && page.lists.length === 0 ? 2 : 1)
  const step = closes ? -1 : 1
  if (name === 'blockquote') page.quoteDepth = Math.max(0, page.quoteDepth + step)
  if (name === 'pre') page.preDepth = Math.max(0, page.preDepth + step)
  if (name === 'li' && !closes) beginItem(page)
  if (name !== 'ul' && name !== 'ol') return
  if (closes) page.lists.pop()
  else page.lists.push({ isOrdered: name === 'ol', count: 0 })
}

const DEPTH_MAX = 8 // deeper quotations and lists read as this deep, so that the text cannot outgrow its source

const quoteMarks = (page: TextPage): string => '> '.repeat(Math.min(page.quoteDepth, DEPTH_MAX))

function put(page: TextPage, text: string): void {
  if (page.isLineEmpty) {
    const marks = quoteMarks(page)
    page.out += page.breaks > 0 ? `${`\n${marks.trimEnd()}`.repeat(page.breaks - 1)}\n` : ''
    page.out += marks + page.mark
    page.breaks = 0
    page.mark = ''
  } else if (page.hasSpace) {
    page.out += ' '
  }
  page.out += text
  page.isLineEmpty = false
  page.hasSpace = false
}

function writeLines(page: TextPage, text: string): void {
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    if (index > 0) breakLine(page)
    if (line !== '') put(page, line)
  })
}

/** Begins a new line; again, and there is an empty one between. */
function breakLine(page: TextPage): void {
  breakTo(page, page.isLineEmpty ? page.breaks + 1 : 1)
}

function breakTo(page: TextPage, breaks: number): void {
  if (page.out !== '') page.breaks = Math.max(page.breaks, breaks)
  page.hasSpace = false
  page.isLineEmpty = true
}

function beginItem(page: TextPage): void {
  const list = page.lists.at(-1)
  if (list) list.count++
  const indent = '  '.repeat(Math.min(Math.max(page.lists.length - 1, 0), DEPTH_MAX))
  page.mark = `${indent}${list?.isOrdered ? `${list.count}.` : '–'} `
}
