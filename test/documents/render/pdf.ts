import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needs } from '../../support/programs.ts'

export const poppler = needs('pdftotext', 'apt-get install poppler-utils')
export const qpdf = needs('qpdf', 'apt-get install qpdf')

/** The words of a PDF, in reading order. */
export const textOf = (pdf: Uint8Array): string => run(pdf, (path) => execFileSync('pdftotext', [path, '-']))

/** One line per font: name, type, encoding, whether embedded. */
export const fontsOf = (pdf: Uint8Array): readonly string[] =>
  run(pdf, (path) => execFileSync('pdffonts', [path]))
    .trim()
    .split('\n')
    .slice(2)

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
