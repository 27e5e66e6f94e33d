import type { CodeList } from './code-list.ts'
import { codeLists } from './code-lists.ts'

const lists: Readonly<Record<string, CodeList>> = codeLists
const extendable = Object.keys(lists).filter((name) => lists[name]?.may !== 'be-closed')
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with the codes that a municipality wants to add, one sentence for each; in bokmål. */
export function ownCodeMistakes(given: unknown): readonly string[] {
  if (!isObject(given)) return ['Kodelistene er ikke et JSON-objekt med ett felt for hver liste.']
  return Object.entries(given).flatMap(([name, codes]) => listMistakes(name, codes))
}

function listMistakes(name: string, codes: unknown): readonly string[] {
  const list = Object.hasOwn(lists, name) ? lists[name] : undefined
  if (!list) return [`Kodelisten «${name}» finnes ikke. Lister som kan utvides: ${extendable.join(', ')}.`]
  if (list.may === 'be-closed') {
    return [`Kodelisten «${name}»${list.m ? ` (${list.m})` : ''} er fastsatt av standarden og kan ikke utvides.`]
  }
  if (!isObject(codes)) return [`Kodelisten «${name}» er ikke et objekt med kode og tekst.`]
  const texts = Object.entries({ ...list.noark, ...codes }).map(([, text]) => text)
  return [
    ...Object.entries(codes).flatMap(([code, text]) =>
      code.trim() === '' || typeof text !== 'string' || text.trim() === ''
        ? [`Kodelisten «${name}» har en tom kode, eller en kode uten tekst.`]
        : []
    ),
    ...(new Set(texts).size < texts.length ? [`Kodelisten «${name}» har to koder med samme tekst.`] : [])
  ]
}
