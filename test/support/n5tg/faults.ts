/** One thing that goes wrong with one request. What comes `before` keeps the archive as it was; `after`, it has done as asked. */
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

/** Those that only make sense for some requests. */
export function applies(fault: Fault, label: string): boolean {
  const isRead = label.startsWith('GET')
  switch (fault) {
    case 'truncated':
      return label.endsWith('fil') && !isRead
    case 'wrong-checksum':
      return label.endsWith('dokumentobjekt') && isRead
    case 'duplicate-answer':
    case 'next-ring':
      return isRead
    case '409':
    case '412':
      return !isRead
    default:
      return true
  }
}
