import type { EndedInquiry } from './live-through.ts'

/** What is wrong with how a world ended: every mark is one journalpost, or stands on the list «Trenger handling». */
export function wrongs(inquiries: readonly EndedInquiry[]): readonly string[] {
  return inquiries.flatMap(({ state, held, isTrue, isKept, isListed }, index) => {
    const which = `${index + 1} is ${state} and the archive holds ${held}`
    if (held > 1) return [`${which}: a double`]
    if (state === 'journaled' && held === 1) {
      if (!isTrue) return [`${which}, which is not what its receipt says`]
      return isKept ? [] : [`${which}, and it lies open`]
    }
    if (state === 'dismissed' && held === 0) return []
    return isListed ? [] : [which]
  })
}
