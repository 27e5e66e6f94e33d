import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs } from '../../support/programs.ts'

export const poppler = needs('pdftotext', 'apt-get install poppler-utils')
export const qpdf = needs('qpdf', 'apt-get install qpdf')

/** For pdftotext: in the order in which it was set, from an A4 page without its running header and footer. In points. */
export const ONLY_BODY = ['-raw', '-r', '72', '-x', '0', '-y', '84', '-W', '596', '-H', '688']

/** The words of a PDF, in reading order. */
export const textOf = (pdf: Uint8Array, options: readonly string[] = []): string =>
  run(pdf, (path) => execFileSync('pdftotext', [...options, path, '-'], { maxBuffer: 64_000_000 }))

/** One line per font: name, type, encoding, whether embedded. */
export const fontsOf = (pdf: Uint8Array): readonly string[] =>
  run(pdf, (path) => execFileSync('pdffonts', [path]))
    .trim()
    .split('\n')
    .slice(2)

interface Bookmark {
  readonly title: string
  readonly kids: readonly Bookmark[]
}

/** The bookmarks of a PDF, each indented by two spaces more than the one it belongs to. */
export function bookmarksOf(pdf: Uint8Array): readonly string[] {
  const said = run(pdf, (path) => execFileSync('qpdf', ['--json', '--json-key=outlines', path]))
  const { outlines } = JSON.parse(said) as { outlines: readonly Bookmark[] }
  const under = (marks: readonly Bookmark[], indent: string): readonly string[] =>
    marks.flatMap(({ title, kids }) => [`${indent}${title}`, ...under(kids, `${indent}  `)])
  return under(outlines, '')
}

/** What `qpdf --check` says; throws when it finds faults. */
export const checkOf = (pdf: Uint8Array): string => run(pdf, (path) => execFileSync('qpdf', ['--check', path]))

/** The level of PDF/A that the XMP says, such as `2a`; undefined when the bytes are no PDF or claim nothing. */
export function claimOf(pdf: Uint8Array): string | undefined {
  const bytes = Buffer.from(pdf)
  if (bytes.subarray(0, 5).toString() !== '%PDF-') return undefined
  const said = (name: string) =>
    new RegExp(`<pdfaid:${name}>(\\w)</pdfaid:${name}>`).exec(bytes.toString('latin1'))?.[1]
  const [part, conformance] = [said('part'), said('conformance')]
  return part && conformance && `${part}${conformance.toLowerCase()}`
}

/** Whether the bytes are a PDF that says it is PDF/A-2a. */
export const claimsPdfA2a = (pdf: Uint8Array): boolean => claimOf(pdf) === '2a'

function run(pdf: Uint8Array, read: (path: string) => Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-pdf-'))
  try {
    const path = join(folder, 'document.pdf')
    writeFileSync(path, pdf)
    return read(path).toString()
  } finally {
    rmSync(folder, { recursive: true })
  }
}
