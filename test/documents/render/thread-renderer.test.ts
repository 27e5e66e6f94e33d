import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { loadFonts } from '../../../src/documents/render/fonts.ts'
import type { ImageShown } from '../../../src/documents/render/page-message.ts'
import { textRuns } from '../../../src/documents/render/text-runs.ts'
import { threadCompiler } from '../../../src/documents/render/thread-compiler.ts'
import { threadPage } from '../../../src/documents/render/thread-page.ts'
import { threadTemplate } from '../../../src/documents/render/thread-template.ts'
import { Unavailable } from '../../../src/domain/errors.ts'
import { bookmarksOf, checkOf, claimOf, claimsPdfA2a, fontsOf, poppler, qpdf, textOf } from './pdf.ts'
import { message, pictures, renderer, thread } from './thread-maker.ts'

const shared = renderer()
const opened: { close(): Promise<void> }[] = []
const open = (options: Parameters<typeof renderer>[0]) => {
  const made = renderer(options)
  opened.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})
afterAll(shared.close)

const notRendered = { code: 'document-not-rendered' }
const waiting = () => message({ images: [pictures().image(Buffer.from('x'), 'image/png', 'bilde.png')] })

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the document', () => {
  test('says that it is PDF/A-2a', async () => {
    expect(claimsPdfA2a(await shared.render(thread()))).toBe(true)
  })

  test.each(['2a', '2u', '2b'] as const)('claims the level that the installation asks for, %s', async (level) => {
    expect(claimOf(await open({ level }).render(thread()))).toBe(level)
  })

  test('meets the rules for accessible documents, PDF/UA-1, as far as the engine knows them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'arkivbro-fonts-'))
    const { families, folders, coverage } = loadFonts()
    const { compile } = threadCompiler(folders, join(folder, 'fonts.conf'))
    const shown = (): ImageShown => ({ state: 'broken' })
    const given = thread({ messages: [message(), message({ role: 'marked', text: 'سلام 👍🏽 \u0007 čđŋ', depth: 1 })] })
    const page = threadPage({ text: textRuns(coverage), fonts: families, shown }, given)
    const files = new Map([['/thread.json', Buffer.from(JSON.stringify(page))]])
    expect(Buffer.from(compile(threadTemplate, files, 'ua-1').pdf).includes('<pdfuaid:part>1</pdfuaid:part>')).toBe(
      true
    )
    rmSync(folder, { recursive: true })
  })

  test('is the same, byte for byte, from two different processes', async () => {
    const other = open({})
    const given = thread({ messages: [message({ text: 'Hei 👍🏽 مرحبا' }), message({ role: 'marked', depth: 1 })] })
    const [one, two] = [await shared.render(given), await other.render(given)]
    expect(other.pids).not.toEqual(shared.pids)
    expect(Buffer.compare(one, two)).toBe(0)
  })

  test.skipIf(qpdf.skip)(qpdf.title('has no faults that qpdf finds'), async () => {
    const given = thread({ messages: [message(), message({ role: 'marked', text: 'čđŋšŧž 👩‍🚒 سلام', depth: 1 })] })
    expect(checkOf(await shared.render(given))).toContain('No syntax or stream encoding errors found')
  })

  test.skipIf(poppler.skip)(poppler.title('has every font in it'), async () => {
    const fonts = fontsOf(await shared.render(thread({ messages: [message({ text: 'čđŋšŧž ❤ 👍 سلام 𝓕' })] })))
    expect(fonts.length).toBeGreaterThan(4)
    for (const font of fonts) expect(font).toMatch(/ yes (yes|no) +(yes|no) +\d+ +0$/)
  })

  test.skipIf(poppler.skip)(
    poppler.title('shows who wrote what, when and where, and what lies beside it'),
    async () => {
      const given = thread({
        facts: [{ heading: 'Merkingen', facts: [{ label: 'Begrunnelse', value: 'Krever oppfølging' }] }],
        messages: [
          message({ text: 'Er det glatt noe sted?', author: { displayName: 'Brattvik kommune' }, isOurs: true }),
          message({
            role: 'marked',
            depth: 1,
            editedAt: new Date('2026-07-01T10:00:00Z'),
            notes: ['Film, ikke levert']
          }),
          message({ text: 'Vi strør i dag.', depth: 2, isOurs: true }),
          message({ author: {}, text: '', depth: 8 })
        ],
        files: [{ name: 'trapp.jpg', mediaType: 'image/jpeg', size: 1_234_567, sha256: 'cd'.repeat(32) }]
      })
      const text = textOf(await shared.render(given)).replaceAll(/\s+/g, ' ')
      for (const shown of [
        'Glatt trapp ved brygga',
        'Brattvik kommune',
        'Begrunnelse',
        'Krever oppfølging',
        'Merket henvendelse',
        'Svar på nummer 1',
        'Svar på nivå 8',
        'Kommunens innlegg',
        'Kommunens svar',
        'Nummer 2 av 4, i ramme, er den merkede henvendelsen.',
        '2. Kari Nordmann · 22.11.2026 kl. 14.05.09',
        '@kari',
        'https://sosialt.example/kari/1',
        '22.11.2026 kl. 14.05.09 (2026-11-22T13:05:09.000Z)',
        '01.07.2026 kl. 12.00.00 (2026-07-01T10:00:00.000Z)',
        'Film, ikke levert',
        'Ukjent avsender',
        'Uten tekst',
        'trapp.jpg',
        'image/jpeg',
        '1,2 MB',
        `SHA-256 ${'cd'.repeat(32)}`,
        'abababababababab…',
        'Side 1 av',
        given.inquiryId
      ])
        expect(text).toContain(shown)
    }
  )

  test.skipIf(qpdf.skip)(
    qpdf.title('has a bookmark for each message, with who, when, and which is marked'),
    async () => {
      const given = thread({
        messages: [message(), message({ role: 'marked', depth: 1, author: { displayName: 'سارة 👍' } }), message()],
        files: [{ name: 'Mottatte data', mediaType: 'application/json', size: 1, sha256: 'cd'.repeat(32) }]
      })
      expect(bookmarksOf(await shared.render(given))).toEqual([
        'Glatt trapp ved brygga',
        '  Tråden',
        '    1. Kari Nordmann · 22.11.2026 kl. 14.05.09',
        '    2. سارة 👍 · 22.11.2026 kl. 14.05.09 Merket henvendelse',
        '    3. Kari Nordmann · 22.11.2026 kl. 14.05.09',
        '  Filer ved siden av dokumentet'
      ])
    }
  )

  test.skipIf(poppler.skip)(poppler.title('speaks nynorsk when the municipality does'), async () => {
    const text = textOf(
      await shared.render(thread({ language: 'nn', messages: [message({ role: 'marked', text: '' })] }))
    )
    expect(text).toContain('Merkt førespurnad')
    expect(text).toContain('Utan tekst')
  })

  test.skipIf(poppler.skip)(poppler.title('prints markup as it is written'), async () => {
    const markup =
      '*fet* _kursiv_ #x #import "a" $y^2$ @ref <merke> = Tittel `kode` \\u{41} // nei /* nei */ ~ -- "hei"'
    const given = thread({
      title: markup,
      facts: [{ heading: markup, facts: [{ label: markup, value: markup }] }],
      messages: [message({ text: markup, author: { displayName: markup }, notes: [markup] })],
      files: [{ name: markup, mediaType: markup, size: 1, sha256: markup }]
    })
    const text = textOf(await shared.render(given)).replaceAll(/\s+/g, ' ')
    expect(text.split(markup).length - 1).toBeGreaterThanOrEqual(5)
  })

  test.skipIf(poppler.skip)(poppler.title('gives a long word back in one piece'), async () => {
    const word = `https://eksempel.no/${'abcdefghij'.repeat(30)}`
    const text = textOf(await shared.render(thread({ messages: [message({ text: word })] })))
    expect(text.replaceAll('\n', '')).toContain(word)
  })

  test('links to web addresses only', async () => {
    const facts = [
      { label: 'A', value: 'a', href: 'https://sosialt.example/trygg' },
      { label: 'B', value: 'b', href: 'javascript:alert(1)' },
      { label: 'C', value: 'c', href: 'file:///etc/passwd' }
    ]
    const pdf = Buffer.from(await shared.render(thread({ facts: [{ heading: 'Lenker', facts }], messages: [] })))
    expect(pdf.includes('(https://sosialt.example/trygg)')).toBe(true)
    expect(pdf.includes('javascript:')).toBe(false)
    expect(pdf.includes('file:')).toBe(false)
  })

  test('holds a thread of 500 messages and a text of 100 000 characters within the deadline', async () => {
    const text = 'Trappa ved brygga er glatt, og noen må strø den. '.repeat(40)
    const messages = Array.from({ length: 500 }, (_, index) => message({ text, depth: index % 9 }))
    const whole = thread({
      messages: [...messages, message({ role: 'marked', text: text.repeat(50).slice(0, 100_000) })]
    })
    expect(claimsPdfA2a(await shared.render(whole))).toBe(true)
  }, 60_000)

  test.each([
    ['letters', 'a'],
    ['Arabic letters', 'ب'],
    ['letters no font has', '𐐔'],
    ['Chinese', '你'],
    ['emoji', '👍🏽'],
    ['line ends', 'a\n'],
    ['marks', '\u0301']
  ])(
    'holds a text of nothing but %s within the deadline',
    async (_, text) => {
      const given = thread({ messages: [message({ text: text.repeat(100_000 / text.length) })] })
      expect(claimsPdfA2a(await shared.render(given))).toBe(true)
    },
    60_000
  )
})

describe('when something goes wrong', () => {
  test('a process that is killed at work fails that document only', async () => {
    const killed: number[] = []
    const { render, pids } = open({
      blobs: {
        open: async () => {
          killed.push(...pids)
          process.kill(pids[0] ?? 0, 'SIGKILL')
          return await new Promise(() => {})
        }
      }
    })
    await expect(render(thread({ messages: [waiting()] }))).rejects.toMatchObject(notRendered)
    expect(claimsPdfA2a(await render(thread()))).toBe(true)
    expect(pids).toHaveLength(2)
    expect(killed).toHaveLength(1)
  })

  test('a document that takes too long fails, and the next one does not', async () => {
    const { render, pids } = open({ timeoutMs: 8000, blobs: { open: () => new Promise(() => {}) } })
    await expect(render(thread({ messages: [waiting()] }))).rejects.toThrow('ikke ferdig i tide')
    await expect.poll(() => isAlive(pids[0] ?? 0)).toBe(false)
    expect(claimsPdfA2a(await render(thread()))).toBe(true)
  }, 30_000)

  test('one who no longer waits is told so, at work and in the queue', async () => {
    const atWork = new AbortController()
    const inQueue = new AbortController()
    const { render } = open({
      blobs: {
        open: async () => {
          inQueue.abort()
          atWork.abort()
          return await new Promise(() => {})
        }
      }
    })
    const both = [
      render(thread({ messages: [waiting()] }), atWork.signal),
      render(thread(), inQueue.signal),
      render(thread())
    ]
    const outcomes = await Promise.allSettled(both)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    await expect(render(thread(), AbortSignal.abort())).rejects.toBeInstanceOf(Unavailable)
  })

  test('a picture that the storage does not give fails the document, so that it is tried again', async () => {
    const { render } = open({ blobs: { open: () => Promise.reject(new Error('disk')) } })
    const failure = await render(thread({ messages: [waiting()] })).catch((error: unknown) => error)
    expect(failure).toMatchObject({ ...notRendered, cause: { message: 'disk' } })
  })

  test('more than 200 waiting documents are refused', async () => {
    const { render, close } = open({ blobs: { open: () => new Promise(() => {}) } })
    const many = Array.from({ length: 202 }, () =>
      render(thread({ messages: [waiting()] })).catch((error: Error) => error)
    )
    const refused = await many[201]
    expect(refused).toMatchObject({ ...notRendered, message: expect.stringContaining('For mange') })
    await close()
    const told = await Promise.all(many)
    expect(told.every((error) => error instanceof Unavailable)).toBe(true)
  })

  test('closing ends the processes and refuses new work', async () => {
    const { render, close, pids } = open({ processes: 2 })
    await Promise.all([render(thread()), render(thread())])
    await close()
    expect(pids).toHaveLength(2)
    expect(pids.some(isAlive)).toBe(false)
    await expect(render(thread())).rejects.toMatchObject(notRendered)
  })

  test('a render process does not outlive a killed service', async () => {
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('orphan-parent.ts', import.meta.url))],
      {
        stdio: ['ignore', 'pipe', 'inherit']
      }
    )
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  }, 30_000)

  test('a render process knows nothing of the environment of the service', async () => {
    process.env.ARKIVBRO_TEST_SECRET = 'hemmelig'
    const { render, pids } = open({})
    await render(thread())
    const environment = readFileSync(`/proc/${pids[0]}/environ`, 'utf8')
      .split('\0')
      .map((entry) => entry.split('=')[0])
    expect(environment.filter((name) => name !== '')).toEqual(expect.arrayContaining(['PATH', 'HOME', 'LANG']))
    expect(environment).not.toContain('ARKIVBRO_TEST_SECRET')
  })

  test('a worn process is replaced after 500 documents', async () => {
    const { render, pids } = open({})
    for (let made = 0; made < 501; made++) await render(thread({ inquiryId: String(made) }))
    expect(pids).toHaveLength(2)
  }, 60_000)
})
