import { type Assessment, assess } from '../domain/assess.ts'
import { Refused } from '../domain/errors.ts'
import type { Inquiry } from '../domain/inquiry.ts'
import type { Policy } from '../domain/policy.ts'
import { screenedFor } from './screened.ts'

/**
 * What the guideline in force decides about an inquiry; `during` is the crisis that it came in during, when that was not
 * now. Throws Refused('category-unknown').
 */
export function assessInquiry({ version, guideline, crisis }: Policy, inquiry: Inquiry, during?: string): Assessment {
  const { category } = inquiry.mark
  if (category !== undefined && !Object.hasOwn(guideline.categories, category)) {
    throw unknownCategory(guideline, ['/mark/category'])
  }
  const told = crisis?.id ?? during
  const found = screenedFor(guideline, inquiry)
  return assess(guideline, version, { inquiry, ...found, ...(told !== undefined && { crisis: told }) })
}

export const unknownCategory = ({ categories }: Policy['guideline'], pointers: readonly string[]) =>
  new Refused(
    'category-unknown',
    `Kategorien finnes ikke i retningslinjen som gjelder. Ingenting er lagret. Velg en av disse: ${Object.keys(categories).join(', ')}.`,
    pointers.map((pointer) => ({ pointer, detail: 'finnes ikke' }))
  )
