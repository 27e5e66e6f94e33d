import type { DialectName } from '../../../integrations/archives/noark5-api/dialects.ts'
import { codeLists } from './model.ts'

const must = ['tilgangsrestriksjon', 'skjermingshjemmel'] as const
const may = ['skjermingDokument', 'skjermingsvarighet', 'skjermingOpphoererDato'] as const

const isCode = (list: string, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  codeLists[list]?.includes(String((value as { kode?: unknown }).kode)) === true

/** What each attribute is to be (N5TG 1.1, chapter 7, «Skjerming»). */
const isGood: Readonly<Record<string, (value: unknown) => boolean>> = {
  tilgangsrestriksjon: (value) => isCode('tilgangsrestriksjon', value),
  skjermingshjemmel: (value) => typeof value === 'string' && value !== '',
  skjermingMetadata: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((one) => isCode('skjermingMetadata', one)),
  skjermingDokument: (value) => isCode('skjermingDokument', value),
  skjermingsvarighet: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  skjermingOpphoererDato: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
}

/** Whether the archive takes a skjerming: the standard asks for M502 in it, nikita takes it only beside. */
export function isSkjerming(dialect: DialectName, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const inside = dialect === 'standard-1.1' ? ['skjermingMetadata'] : []
  const [needed, known] = [
    [...must, ...inside],
    [...must, ...may, ...inside]
  ]
  const given = Object.entries(value)
  return (
    needed.every((name) => name in value) &&
    given.every(([name, one]) => known.includes(name as never) && isGood[name]?.(one) === true)
  )
}
