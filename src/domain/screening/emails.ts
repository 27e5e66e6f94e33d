import type { Reading, Span } from './reading.ts'

const LOCAL_MAX = 64
const DOMAIN_MAX = 255
const SIGN_MAX = 24 // characters from the first of a sign in words or brackets to its end

/** What begins a sign of e-mail; cheap to look for. */
const signStart = /@|[([{]|(?:krøll|alfa)|\bat\b/gu

/** The sign, and how people write it so that machines shall not see it; with blanks about it. */
const sign =
  /^(?:@|[([{<]\s?(?:@|at|a|alfa|krøllalfa|krøll alfa|alfakrøll|krølla|snabel a)\s?[)\]}>]|(?:krøll ?alfa|alfakrøll|krølla)(?!\p{L})|at(?=\s))\s{0,2}/u
const word = '[\\p{L}\\d]'
const dotWords = '(?:dot|punktum|prikk|punkt)'
const dot = `(?:\\s?\\.\\s?(?=${word})|\\s?[([{]\\s?(?:${dotWords}|\\.)\\s?[)\\]}]\\s?|\\s${dotWords}\\s)`
const closeDot = `(?:\\.|\\s?[([{]\\s?${dotWords}\\s?[)\\]}]\\s?|\\s${dotWords}\\s)`
const localSigns = "[\\p{L}\\d!#$%&'*+/=?^_`{|}~-]"
const localPart = new RegExp(`${word}${localSigns}{0,63}(?:${closeDot}${localSigns}{1,63}){0,4}$`, 'u')
const domain = new RegExp(`^(?:${word}(?:[\\p{L}\\d-]{0,61}${word})?${closeDot}){1,8}\\p{L}{2,24}(?!${word})`, 'u')

/** With blanks about its dots a domain must end as those do that people here have. */
const looseDomain = new RegExp(
  `^${word}[\\p{L}\\d-]{0,61}(?:${dot}[\\p{L}\\d-]{1,61}){0,3}${dot}(?:no|com|org|net|se|dk|eu|info|online)(?!${word})`,
  'u'
)

/** E-mail addresses, with a sign or with the sign in words. A handle such as @navn@tjener is none. */
export function emails({ lower }: Reading): readonly Span[] {
  const found: Span[] = []
  for (const { index } of lower.matchAll(signStart)) {
    const span = addressAt(lower, index)
    if (span) found.push(span)
  }
  return found
}

function addressAt(lower: string, at: number): Span | undefined {
  const written = sign.exec(lower.slice(at, at + SIGN_MAX))?.[0]
  if (written === undefined || isInWord(lower, at)) return undefined
  const localEnd = endOfLocal(lower, at)
  const local = localPart.exec(lower.slice(Math.max(0, localEnd - LOCAL_MAX), localEnd))?.[0]
  if (local === undefined || lower[localEnd - local.length - 1] === '@') return undefined
  const after = at + written.length
  const rest = lower.slice(after, after + DOMAIN_MAX)
  const host = (domain.exec(rest) ?? looseDomain.exec(rest))?.[0]
  if (host === undefined || !/\p{L}/u.test(host.slice(0, -MIN_TOP))) return undefined
  if (written.startsWith('at') && !/[.\d_]/.test(local)) return undefined
  return { start: localEnd - local.length, end: after + host.length }
}
const MIN_TOP = 2

const isInWord = (lower: string, at: number): boolean =>
  /\p{L}/u.test(lower.charAt(at)) && /[\p{L}\d]/u.test(lower.charAt(at - 1))

/** Up to two blanks may stand before the sign. */
function endOfLocal(lower: string, at: number): number {
  let end = at
  while (end > 0 && at - end < 2 && /\s/.test(lower.charAt(end - 1))) end -= 1
  return end
}
