import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PdfaLevel } from '../../../src/documents/render/render-messages.ts'
import { hasMaterial } from '../../support/material.ts'
import { needs } from '../../support/programs.ts'
import { lostLines } from './comes-back.ts'
import { corpusDocuments, type NamedDocument } from './corpus-documents.ts'
import { claimOf, ONLY_BODY, poppler, qpdf } from './pdf.ts'
import { pictures, renderer } from './thread-maker.ts'
import { eachOf, ghostscriptOn, refusedByVeraPdf, saidBy } from './validators.ts'

interface Made extends NamedDocument {
  readonly level: PdfaLevel
  readonly path: string
  readonly claim: string | undefined
}

const ghostscript = needs('gs', 'apt-get install ghostscript')
const { VERAPDF: verapdf } = process.env
const folder = mkdtempSync(join(tmpdir(), 'arkivbro-validators-'))
const made: Made[] = []

/** Most at the default level; every tenth at each of the others. */
const levelOf = (index: number): PdfaLevel => (index % 10 === 0 ? '2u' : index % 10 === 1 ? '2b' : '2a')

async function makeAll(): Promise<void> {
  const { blobs, image } = pictures()
  const open = (level: PdfaLevel) => renderer({ blobs, level })
  const renderers = { '2a': renderer({ blobs, processes: 2 }), '2u': open('2u'), '2b': open('2b') }
  await eachOf(corpusDocuments(image), async ({ name, document }, index) => {
    const level = levelOf(index)
    const pdf = await renderers[level].render(document)
    const path = join(folder, `${index}.pdf`)
    writeFileSync(path, pdf)
    made.push({ name, document, level, path, claim: claimOf(pdf) })
  })
  await Promise.all(Object.values(renderers).map(({ close }) => close()))
}

/** What each document is found wanting in, by name; none is. */
async function faultsOf(fault: (one: Made) => Promise<string | undefined>): Promise<readonly string[]> {
  const faults: string[] = []
  await eachOf(made, async (one) => {
    const found = await fault(one)
    if (found !== undefined) faults.push(`${one.name}: ${found}`)
  })
  return faults
}

describe.skipIf(!hasMaterial)(
  'programs that are not ours, on every document of the corpus [needs the shared corpus]',
  () => {
    beforeAll(makeAll, 240_000)
    afterAll(() => rmSync(folder, { recursive: true }))

    test('there are more than 300, and each claims its level', () => {
      process.stdout.write(`\n${made.length} dokumenter fra korpuset.\n`)
      expect(made.length).toBeGreaterThan(300)
      expect(made.filter(({ level, claim }) => claim !== level).map(({ name }) => name)).toEqual([])
    })

    test.skipIf(qpdf.skip)(qpdf.title('qpdf finds no fault'), { timeout: 120_000 }, async () => {
      const sound = 'No syntax or stream encoding errors found'
      const check = async ({ path }: Made) => {
        const said = await saidBy('qpdf', ['--check', path])
        return said.includes(sound) ? undefined : said
      }
      expect(await faultsOf(check)).toEqual([])
    })

    test.skipIf(poppler.skip)(poppler.title('every font is embedded'), { timeout: 120_000 }, async () => {
      const check = async ({ path }: Made) => {
        const fonts = (await saidBy('pdffonts', [path])).trim().split('\n').slice(2)
        const wanting = fonts.filter((font) => !/ yes (yes|no) +(yes|no) +\d+ +0$/.test(font))
        return fonts.length > 0 && wanting.length === 0 ? undefined : wanting.join('; ')
      }
      expect(await faultsOf(check)).toEqual([])
    })

    test.skipIf(poppler.skip)(
      poppler.title('each is tagged, titled, dated, and runs nothing'),
      { timeout: 120_000 },
      async () => {
        const check = async ({ path }: Made) => {
          const said = await saidBy('pdfinfo', ['-isodates', path])
          const wanted = [/^Title: +\S/m, /^Author: +\S/m, /^CreationDate: +20/m, /^Tagged: +yes/m, /^JavaScript: +no/m]
          return [...wanted, /^Encrypted: +no/m, /A4/].every((one) => one.test(said)) ? undefined : said
        }
        expect(await faultsOf(check)).toEqual([])
      }
    )

    test.skipIf(ghostscript.skip)(
      ghostscript.title('Ghostscript reads each to the end'),
      { timeout: 180_000 },
      async () => {
        expect(await ghostscriptOn(made.map(({ path }) => path))).toBe('')
      }
    )

    test.skipIf(poppler.skip)(
      poppler.title('every letter of every post comes back'),
      { timeout: 180_000 },
      async () => {
        const check = async ({ path, document }: Made) => {
          const extracted = await saidBy('pdftotext', [...ONLY_BODY, path, '-'])
          const lost = lostLines(
            document.messages.map(({ text }) => text),
            extracted
          )
          return lost.length === 0 ? undefined : lost.slice(0, 3).join(' | ')
        }
        expect(await faultsOf(check)).toEqual([])
      }
    )

    // Not a skipped test where veraPDF is missing: it comes from no package registry that a clean machine knows.
    if (verapdf)
      test('veraPDF passes each at the level it claims', { timeout: 600_000 }, async () => {
        for (const level of ['2a', '2u', '2b'] as const) {
          const paths = made.filter((one) => one.level === level).map(({ path }) => path)
          expect(await refusedByVeraPdf(verapdf, level, paths)).toEqual([])
        }
      })
    else process.stdout.write('\nveraPDF er ikke kjørt: sett VERAPDF til programmet.\n')
  }
)
