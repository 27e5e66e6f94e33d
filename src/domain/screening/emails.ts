import type { Reading, Span } from './reading.ts'

const LOCAL_MAX = 64
const DOMAIN_MAX = 255

/** The sign, and how people write it so that machines shall not see it. */
const at = /@|\s?[([{]\s?(?:at|a|alfa|krøllalfa|alfakrøll)\s?[)\]}]\s?|\s(?:krøllalfa|alfakrøll|krølla)\s/gu
const localPart = /[\p{L}\d](?:[\p{L}\d.!#$%&'*+/=?^_`{|}~-]*[\p{L}\d_+-])?$/u
const dot = '(?:\\.|\\s?[([{]\\s?(?:dot|punktum|prikk)\\s?[)\\]}]\\s?|\\s(?:dot|punktum|prikk)\\s)'
const domain = new RegExp(
  `^(?:[\\p{L}\\d](?:[\\p{L}\\d-]{0,61}[\\p{L}\\d])?${dot}){1,8}\\p{L}{2,24}(?![\\p{L}\\d])`,
  'u'
)

/** E-mail addresses, with a sign or with the sign in words. A handle such as @navn@tjener is none. */
export function emails({ lower }: Reading): readonly Span[] {
  return [...lower.matchAll(at)].flatMap(({ 0: sign, index }) => {
    const local = localPart.exec(lower.slice(Math.max(0, index - LOCAL_MAX), index))?.[0]
    if (local === undefined || lower[index - local.length - 1] === '@') return []
    const after = index + sign.length
    const host = domain.exec(lower.slice(after, after + DOMAIN_MAX))?.[0]
    if (host === undefined || !/\p{L}/u.test(host.slice(0, host.lastIndexOf('.')))) return []
    return [{ start: index - local.length, end: after + host.length }]
  })
}
