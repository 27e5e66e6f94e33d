import type { DialectName } from '../../../integrations/archives/noark5-api/dialects.ts'

/** One thing that goes wrong with one request: `before` the archive has done as it was asked, or `after`. */
export const faults = [
  /** The archive does it when nobody waits for the answer any longer. */
  'done-too-late',
  /** The archive does it at once and answers when nobody waits any longer. */
  'answered-too-late',
  '500-before',
  '500-after',
  '503-before',
  '504-after',
  'dropped-before',
  'dropped-after',
  '409',
  /** It says no to what it has done: the same had come in before. */
  '409-after',
  '412',
  '429',
  'expired-token',
  'restart',
  /** 200 with a page for people. */
  'not-noark',
  /** A file is kept up to its middle. */
  'truncated',
  /** The answer gives a checksum that is not the file's. */
  'wrong-checksum',
  /** A list has everything twice. */
  'duplicate-answer',
  /** The `next` of a list leads to the same page. */
  'next-ring'
] as const
export type Fault = (typeof faults)[number]

/** What may happen to a request: a fault, a no that is for a person at once, or that the archive takes a second. */
export type Mishap = Fault | '404' | 'slow'

/** Faults of reads that are each another to us; the rest are tried on writes. */
const ofReads: readonly Fault[] = ['500-before', 'dropped-before', '429', 'expired-token', 'not-noark']
const ofLists: readonly Fault[] = ['wrong-checksum', 'duplicate-answer', 'next-ring']

/**
 * Whether a fault is another than the rest for a request. What a read leaves behind is nothing, done or not; and all
 * dialects read alike but for their lists.
 */
export function applies(fault: Fault, label: string, dialect: DialectName): boolean {
  const isRead = label.startsWith('GET')
  const ofRead = dialect === 'standard-1.1' ? [...ofReads, ...ofLists] : ofLists
  if (isRead && !ofRead.includes(fault)) return false
  switch (fault) {
    case 'truncated':
      return !isRead && label.endsWith('fil')
    case 'wrong-checksum':
      return isRead && label.endsWith('dokumentobjekt')
    case 'duplicate-answer':
    case 'next-ring':
      return isRead
    default:
      return true
  }
}
