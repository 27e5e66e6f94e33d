import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import type { Database } from '../../src/store/database.ts'
import { inquiryBody } from './makers.ts'

/** What a person could have written. Nobody's: the number is made up, and found nowhere else in the project. */
export const canary = {
  fnr: '13097248022',
  name: 'Kanarina Fuglesangbråten',
  phone: '99 88 77 66',
  mail: 'kanarina@fuglesang.example',
  address: 'Sangfuglveien 1234B',
  text: 'piip-piip-kvitrekvitre'
}
const words = [...Object.values(canary), '99887766', 'Sangfuglveien', 'Fuglesangbr', 'kanarina', 'kvitrekvitre']

export const canaryBody = (changes: Partial<InquiryInput> = {}): InquiryInput =>
  inquiryBody({
    externalId: `fugl-${randomUUID()}`,
    text: `Hei, jeg er ${canary.name}, ${canary.fnr}, bor i ${canary.address}, ring ${canary.phone}. ${canary.text}`,
    author: { displayName: canary.name, handle: canary.mail, profileUrl: `https://eksempel.no/${canary.mail}` },
    permalink: `https://eksempel.no/${canary.mail}/${canary.text}`,
    context: { parents: [{ author: { displayName: canary.name }, text: `${canary.text} ${canary.fnr}` }] },
    mark: { by: canary.name, reason: `${canary.text} ${canary.fnr}`, category: 'question' },
    note: `Ring ${canary.phone}`,
    ...changes
  })

/** Those of the words that stand in a text, in any case. */
export const foundIn = (text: string) => words.filter((word) => text.toLowerCase().includes(word.toLowerCase()))

/** All that a table holds. */
export const tableText = async (db: Database, table: string) => {
  const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.table(table)} t`.execute(db)
  return rows.map(({ line }) => line).join('\n')
}
