import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ONLY_BODY, poppler, textOf } from './pdf.ts'
import { message, renderer, thread } from './thread-maker.ts'

const { render, close } = renderer()
afterAll(close)

/** Of every length from nothing to a page and a half, so that breaks fall everywhere. */
const messages = Array.from({ length: 90 }, (_, index) =>
  message({
    role: index === 40 ? 'marked' : 'context',
    depth: Math.min(index, 7),
    text: 'Trappa ved brygga er glatt, og noen må strø den. '.repeat((index * 37) % 101)
  })
)

const linesOf = (page: string): readonly string[] => page.split('\n').filter((line) => line.trim() !== '')
/** How a message begins: what it answers, its heading, its details. */
const head =
  /^(Svar på |\d+\. Kari|Brukernavn|Profil|Publisert|Sto på|@kari|https:|\d\d\.\d\d\.\d{4} kl\.|Merket henvendelse)/
const begins = /^(Svar på |\d+\. Kari|Filer ved siden)/

describe.skipIf(poppler.skip)(poppler.title('a long thread'), () => {
  let bodies: readonly string[] = []
  let pages: readonly string[] = []

  beforeAll(async () => {
    const pdf = await render(thread({ messages }))
    const inPages = (text: string) => text.split('\f').filter((page) => page.trim() !== '')
    bodies = inPages(textOf(pdf, ONLY_BODY))
    pages = inPages(textOf(pdf))
  })

  test('has pages that end in the words of a message, never in its head', () => {
    expect(bodies.length).toBeGreaterThan(20)
    const last = bodies.slice(0, -1).map((body) => linesOf(body).at(-1) ?? '')
    expect(last.filter((line) => head.test(line))).toEqual([])
  })

  test('says on top of a page which message goes on there, and only there', () => {
    const within = bodies.map((body) => !begins.test(linesOf(body)[0] ?? ''))
    expect(within.filter(Boolean).length).toBeGreaterThan(5)
    const said = pages.map((page) => page.includes('fortsetter fra forrige side'))
    expect(said.slice(1)).toEqual(within.slice(1))
  })

  test('numbers each page, and says how many there are', () => {
    expect(pages.map((page) => /Side (\d+ av \d+)/.exec(page)?.[1])).toEqual(
      pages.map((_, index) => `${index + 1} av ${pages.length}`)
    )
  })
})
