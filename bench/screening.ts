import { withoutNationalIds } from '../src/domain/screening/national-ids.ts'
import { screen } from '../src/domain/screening/screen.ts'
import { hostileTexts } from '../test/support/hostile-texts.ts'
import { markedText } from '../test/support/marked-text.ts'
import { tuned } from '../test/support/screening-measures.ts'
import type { Measured } from './measure.ts'

const LENGTH = 100_000
const EIGHTH = LENGTH / 8
const ROUNDS = 5
const MS_PER_THOUSAND_MAX = 25
const GROWTH_MAX = 4
const NOISE_MS = 100 // below this, time says nothing of growth

/** What is done to each text on its way in: screened, cleared for titles. */
function whole(text: string): void {
  screen(text)
  withoutNationalIds(text)
}

/** Hostile texts of 100 000 characters, and the labelled examples as one text: time, and how it grows with the length. */
export async function screening(tell: (text: string) => void): Promise<Measured> {
  const plain = [...tuned.nb, ...tuned.nn].map((example) => markedText(example).text).join('\n')
  const texts = [...hostileTexts, { name: 'the labelled examples', text: (length: number) => repeated(plain, length) }]
  for (const { text } of texts) whole(text(EIGHTH))
  const measured = texts.map(({ name, text }) => {
    const long = leastMs(() => whole(text(LENGTH)))
    const short = leastMs(() => {
      for (let time = 0; time < 8; time += 1) whole(text(EIGHTH))
    })
    const bare = leastMs(() => walk(text(LENGTH)))
    tell(`${name}: ${perThousand(long)} ms per 1000 tegn, ${(long / bare).toFixed(0)} ganger å lese tegnene`)
    return { long, growth: long / Math.max(short, NOISE_MS) }
  })
  const worst = Math.max(...measured.map(({ long }) => long)) / (LENGTH / 1_000)
  const growth = Math.max(...measured.map(({ growth: one }) => one))
  const ordinary = (measured.at(-1)?.long ?? 0) / (LENGTH / 1_000)
  return {
    name: 'screening',
    value: worst,
    unit: 'ms for 1000 characters of the worst hostile text',
    bar: `< ${MS_PER_THOUSAND_MAX}, and eight times the text takes < ${GROWTH_MAX} times eight`,
    ok: worst < MS_PER_THOUSAND_MAX && growth < GROWTH_MAX,
    more: { growth, ordinary }
  }
}

const repeated = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length)

const perThousand = (ms: number): string => (ms / (LENGTH / 1_000)).toFixed(3)

/** The least that anyone can do to a text: look at every code point. */
function walk(text: string): number {
  let sum = 0
  for (const character of text) sum += character.codePointAt(0) ?? 0
  return sum
}

/** Processor time, so that whoever else uses the machine does not count. */
function leastMs(run: () => void): number {
  const each = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  })
  return Math.max(Math.min(...each), 0.01)
}
