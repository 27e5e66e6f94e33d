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

/** Whether the bytes are a PDF that says it is PDF/A-2a. */
export function claimsPdfA2a(pdf: Uint8Array): boolean {
  const bytes = Buffer.from(pdf)
  return (
    bytes.subarray(0, 5).toString() === '%PDF-' &&
    bytes.includes('<pdfaid:part>2</pdfaid:part>') &&
    bytes.includes('<pdfaid:conformance>A</pdfaid:conformance>')
  )
}

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
