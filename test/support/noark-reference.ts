import { objectMeanings } from '../../src/noark/catalogue/object-names.ts'
import { isValueType, type ValueType } from '../../src/noark/catalogue/value-types.ts'
import type { CodeList } from '../../src/noark/codes/code-list.ts'
import { codeLists } from '../../src/noark/codes/code-lists.ts'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import type { Dialect } from '../../src/noark/dialects/dialect.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { type ElementLayout, type ObjectLayout, objectsOf } from '../../src/noark/dialects/layout.ts'

const lists: Readonly<Record<string, CodeList>> = codeLists

/** The reference page `docs/noark5.md`, in bokmål: every object of every dialect, and every code list. */
export function noarkReference(): string {
  const own = objectsOf(fiksArkiv).filter(({ name }) => name === 'henvendelse')
  const sections = [
    `# Noark 5 i Arkivbro

Denne siden er laget av tabellen i \`src/noark\` (\`npm run noark\`), den samme som skriver, leser og kontrollerer alt som
sendes. Elementene er de i Noark 5 v5.5; M-numre fra M800 og de som mangler i Noark, er fra Fiks Arkiv V1.

- **Antall**: 0–1 kan mangle, 1 skal være der, M betyr flere. «enten» og «eller» står ved elementer som
  utelukker hverandre.
- **Innhold**: et objekt står beskrevet under sitt eget navn. En kode står i kodelisten med samme navn som elementet.
- Elementer skrives i den rekkefølgen de står her. Ingenting skrives tomt.`,
    section(arkivstruktur, 'Tidspunkt står i norsk tid uten tidssone, og koder som teksten i standarden.'),
    section(fiksArkiv, 'Tidspunkt står i norsk tid med tidssone, og koder med kode og tekst.'),
    `## Egne metadata om henvendelsen

De står i virksomhetsspesifikkeMetadata (M711) på journalposten, i begge formater, etter
\`schemas/noark5/henvendelse-v1.xsd\`.

${own.map((object) => objectTable(object, false)).join('\n\n')}`,
    `## Kodelister

Listene som kan utvides, utvides med innstillingen \`CODE_LISTS\`. Koder som ikke avleveres, kan stå i arkivmeldingen, men
ikke i et arkivuttrekk.

${Object.keys(lists).map(codeTable).join('\n\n')}`
  ]
  return `${sections.join('\n\n')}\n`
}

function section(dialect: Dialect, forms: string): string {
  const objects = objectsOf(dialect).filter(({ schema }) => dialect.schemas.includes(schema))
  return `## ${dialect.name}\n\n${forms}\n\n${objects.map((object) => objectTable(object, dialect.isDeposit)).join('\n\n')}`
}

function objectTable({ name, base, own, schema }: ObjectLayout, isDeposit: boolean): string {
  const besides = base ? ` Har alt som ${base} har, og deretter:` : ''
  const prefix = schema.prefix === '' ? '' : `${schema.prefix}:`
  const rows = own.map((row, index) => [
    `\`${prefix}${row.name}\``,
    row.m,
    contentOf(row),
    countOf(row, own[index - 1]),
    ...(isDeposit ? [row.isDelivered ? 'ja' : 'nei'] : []),
    row.meaning
  ])
  const head = ['Element', 'M-nr.', 'Innhold', 'Antall', ...(isDeposit ? ['Avleveres'] : []), 'Betydning']
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `### ${name}\n\n${objectMeanings[name]}${besides}\n\n${lines.join('\n')}`
}

const contents: Readonly<Record<ValueType, string>> = {
  string: 'tekst',
  text: 'tekst',
  systemID: 'UUID',
  uuid: 'UUID',
  checksum: 'SHA-256',
  sha256: 'SHA-256',
  integer: 'heltall fra 0',
  ordinal: 'heltall fra 1',
  bytes: 'antall byte',
  boolean: 'ja/nei',
  date: 'dato',
  dateTime: 'tidspunkt'
}

const contentOf = ({ holds }: ElementLayout): string =>
  isValueType(holds) ? contents[holds] : holds === 'code' ? 'kode' : `objekt ${holds}`

function countOf({ min, max, choice }: ElementLayout, before: ElementLayout | undefined): string {
  const count = min === 1 && max === 1 ? '1' : `${min}–${max === 'many' ? 'M' : 1}`
  if (choice === undefined) return count
  return `${before?.choice === choice ? 'eller' : 'enten'} ${count}`
}

function codeTable(name: string): string {
  const { m, noark = {}, fiksOnly = {}, delivered, may } = lists[name] ?? {}
  const isDelivered = (code: string) => (delivered ? delivered.includes(code) : true)
  const rows = [
    ...Object.entries(noark).map(([code, text]) => `| \`${code}\` | ${text} | ${isDelivered(code) ? 'ja' : 'nei'} |`),
    ...Object.entries(fiksOnly).map(([code, text]) => `| \`${code}\` | ${text} | nei |`)
  ]
  const says = {
    'be-closed': 'Fastsatt av standarden.',
    'be-extended': 'Kan utvides av kommunen.',
    'be-any': 'Tar imot enhver kode; kommunen kan gi koder en tekst.'
  }
  const table = rows.length > 0 ? `\n\n| Kode | Tekst | Avleveres |\n|---|---|---|\n${rows.join('\n')}` : ''
  return `### ${name}${m ? ` (${m})` : ''}\n\n${may ? says[may] : ''}${table}`
}
