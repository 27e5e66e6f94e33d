import type { CodeList, Texts } from './code-list.ts'
import { codeLists } from './code-lists.ts'

/** Codes that a municipality adds to the lists that the standard leaves free, or texts it wants instead: by element. */
export type OwnCodes = Readonly<Record<string, Texts>>

/** The code lists of one installation. */
export interface CodeBook {
  /** Whether the element may have the code. */
  isKnown(element: string, code: string): boolean
  /** Whether a deposit may have the code. */
  isDelivered(element: string, code: string): boolean
  /** The text of a code; none when the list has none for it. */
  textOf(element: string, code: string): string | undefined
  /** The code that a deposit's text stands for. */
  codeOf(element: string, text: string): string | undefined
}

/** The code lists of the standard, with those that a municipality has added. */
export function codeBook(ownCodes: OwnCodes = {}): CodeBook {
  const lists: Readonly<Record<string, CodeList>> = codeLists
  const listOf = (element: string) => (Object.hasOwn(lists, element) ? lists[element] : undefined)
  const inNoark = (element: string): Texts => ({
    ...listOf(element)?.noark,
    ...(Object.hasOwn(ownCodes, element) ? ownCodes[element] : {})
  })
  const takesAny = (element: string) => (listOf(element)?.may ?? 'be-any') === 'be-any'
  const textOf = (element: string, code: string) => {
    const texts = { ...listOf(element)?.fiksOnly, ...inNoark(element) }
    return Object.hasOwn(texts, code) ? texts[code] : undefined
  }
  return {
    textOf,
    isKnown: (element, code) => takesAny(element) || textOf(element, code) !== undefined,
    isDelivered(element, code) {
      const delivered = listOf(element)?.delivered
      return delivered ? delivered.includes(code) : takesAny(element) || Object.hasOwn(inNoark(element), code)
    },
    codeOf(element, text) {
      const [found] = Object.entries(inNoark(element)).find(([, known]) => known === text) ?? []
      return found ?? (takesAny(element) ? text : undefined)
    }
  }
}

/** The standard's own lists, for an installation that adds nothing. */
export const standardCodes: CodeBook = codeBook()
