import type { Ended } from './live-through.ts'

/** What is wrong with how a world ended: every mark is one journalpost, or stands where a person sees it. */
export function wrongs({ inquiries }: Ended): readonly string[] {
  const somebodyIsAsked = inquiries.some(({ state }) => state === 'needs-action')
  return inquiries.flatMap(({ state, trouble, held, isTrue }, index) => {
    const which = `${index + 1} is ${state} and the archive holds ${held}`
    if (held > 1) return [`${which}: a double`]
    if (state === 'journaled' && held === 1) return isTrue ? [] : [`${which}, which is not what its receipt says`]
    if (state === 'dismissed' && held === 0) return []
    if (trouble === 'waits-for-first' && somebodyIsAsked && held === 0) return []
    return state === 'needs-action' ? [] : [which]
  })
}
