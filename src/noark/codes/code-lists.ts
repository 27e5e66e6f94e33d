import { accessCodes } from './access-codes.ts'
import type { CodeList } from './code-list.ts'
import { openLists } from './open-lists.ts'
import { recordCodes } from './record-codes.ts'

/** Every code list, by the element that holds its codes. An element without one (arkivdel) takes any code. */
export const codeLists = { ...recordCodes, ...accessCodes, ...openLists } as const satisfies Record<string, CodeList>

export type CodeListName = keyof typeof codeLists

type Lists = typeof codeLists
type Known<List> = (List extends { readonly noark: infer Codes } ? keyof Codes : never) | FiksOnly<List>
type FiksOnly<List> = List extends { readonly fiksOnly: infer Codes } ? keyof Codes : never

/** A code of a closed list, such as `J` of journalstatus; of an open list, or none, any text. */
export type CodeOf<Element extends string> = Element extends CodeListName
  ? Lists[Element]['may'] extends 'be-extended' | 'be-any'
    ? string
    : Known<Lists[Element]> & string
  : string
