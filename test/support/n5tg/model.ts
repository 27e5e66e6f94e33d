import type { DialectName } from '../../../integrations/archives/noark5-api/dialects.ts'

const REL = 'https://rel.arkivverket.no/noark5/v5/api/'
const NIKITA = 'https://nikita.arkivlab.no/noark5/v5/'
export const rel = (name: string) => `${/^(ny-)?skjermingmetadata$/.test(name) ? NIKITA : REL}${name}/`

export type Kind =
  | 'arkivdel'
  | 'klassifikasjonssystem'
  | 'klasse'
  | 'saksmappe'
  | 'journalpost'
  | 'korrespondansepart'
  | 'dokumentbeskrivelse'
  | 'dokumentobjekt'
  | 'konvertering'
  | 'merknad'
  | 'kryssreferanse'
  | 'skjermingMetadata'

interface KindOf {
  /** What stands under one of these: rel of the list, rel by which one is made, its kind. */
  readonly under: readonly (readonly [list: string, make: string, kind: Kind])[]
  /** Fields a client may send; the first `must` have to be there. */
  readonly takes: readonly string[]
  readonly must: readonly string[]
  /** Whether a skjerming may stand on it. */
  readonly isScreened?: true
}

const none: KindOf = { under: [], takes: [], must: [] }
const inn = 'arkivstruktur/'
const merknad = [`${inn}merknad`, `${inn}ny-merknad`, 'merknad'] as const
const saksmappe = ['sakarkiv/saksmappe', 'sakarkiv/ny-saksmappe', 'saksmappe'] as const

/** N5TG 1.1, chapter 7: what hangs on what, and which attributes a client may give. */
export const kinds: Record<Kind, KindOf> = {
  arkivdel: { ...none, under: [saksmappe] },
  klassifikasjonssystem: { ...none, under: [[`${inn}klasse`, `${inn}ny-klasse`, 'klasse']] },
  klasse: { ...none, under: [saksmappe] },
  saksmappe: {
    isScreened: true,
    under: [['sakarkiv/journalpost', 'sakarkiv/ny-journalpost', 'journalpost'], merknad],
    takes: ['offentligTittel', 'beskrivelse', 'saksdato', 'saksstatus', 'saksansvarlig', 'dokumentmedium'],
    must: ['tittel']
  },
  journalpost: {
    isScreened: true,
    under: [
      [`${inn}korrespondansepart`, `${inn}ny-korrespondansepartperson`, 'korrespondansepart'],
      [`${inn}korrespondansepart`, `${inn}ny-korrespondansepartenhet`, 'korrespondansepart'],
      [`${inn}dokumentbeskrivelse`, `${inn}ny-dokumentbeskrivelse`, 'dokumentbeskrivelse'],
      [`${inn}kryssreferanse`, `${inn}ny-kryssreferanse`, 'kryssreferanse'],
      merknad
    ],
    takes: [
      'offentligTittel',
      'beskrivelse',
      'journaldato',
      'dokumentetsDato',
      'mottattDato',
      'sendtDato',
      'dokumentmedium'
    ],
    must: ['tittel', 'journalposttype', 'journalstatus']
  },
  korrespondansepart: { ...none, must: ['korrespondanseparttype', 'navn'] },
  dokumentbeskrivelse: {
    isScreened: true,
    under: [[`${inn}dokumentobjekt`, `${inn}ny-dokumentobjekt`, 'dokumentobjekt'], merknad],
    takes: ['beskrivelse', 'dokumentmedium'],
    must: ['tittel', 'dokumenttype', 'dokumentstatus', 'tilknyttetRegistreringSom']
  },
  dokumentobjekt: {
    under: [[`${inn}konvertering`, `${inn}ny-konvertering`, 'konvertering']],
    takes: ['format', 'formatDetaljer', 'filnavn', 'mimeType', 'sjekksum', 'sjekksumAlgoritme', 'filstoerrelse'],
    must: ['variantformat']
  },
  konvertering: {
    ...none,
    takes: ['konvertertFraFormat', 'konvertertTilFormat', 'konverteringsverktoey', 'konverteringskommentar'],
    must: ['konvertertDato', 'konvertertAv']
  },
  merknad: { ...none, takes: ['merknadstype'], must: ['merknadstekst'] },
  kryssreferanse: { ...none, takes: ['fraSystemID', 'tilSystemID', 'referanseType'] },
  skjermingMetadata: { ...none, must: ['kode'] }
}

/** nikita is told beside the skjerming what is screened; it has had two names for that. */
const screenedBeside: Readonly<Partial<Record<DialectName, KindOf['under'][number]>>> = {
  'nikita-2021': ['skjermingmetadata', 'ny-skjermingmetadata', 'skjermingMetadata'],
  'nikita-current': [`${inn}skjermingmetadata`, `${inn}ny-skjermingmetadata`, 'skjermingMetadata']
}

/** What stands under an object in a dialect. */
export function underOf(dialect: DialectName, kind: Kind): KindOf['under'] {
  const beside = kinds[kind].isScreened ? screenedBeside[dialect] : undefined
  return [...kinds[kind].under, ...(beside ? [beside] : [])]
}

/** What one dialect takes beside the above. */
export const extraFields = (dialect: DialectName, kind: Kind): readonly string[] => [
  ...(kinds[kind].isScreened ? ['skjerming'] : []),
  ...(dialect !== 'nikita-2021' && kind === 'journalpost' ? ['virksomhetsspesifikkeMetadata'] : []),
  ...(dialect === 'nikita-2021' ? ['systemID'] : []),
  ...(dialect !== 'nikita-2021' && kind === 'saksmappe' ? ['administrativEnhet'] : []),
  ...(dialect !== 'nikita-current' && kind === 'dokumentbeskrivelse' ? ['eksternReferanse'] : [])
]

/** Fields that somebody has registered (M711), with their type. */
export const ownFields: Readonly<Record<string, 'string' | 'uri' | 'datetime'>> = {
  'vnd-prove-v1:henvendelseid': 'string',
  'vnd-prove-v1:kanal': 'string',
  'vnd-prove-v1:eksternid': 'string',
  'vnd-prove-v1:hendelse': 'string',
  'vnd-prove-v1:nettadresse': 'uri',
  'vnd-prove-v1:brukernavn': 'string',
  'vnd-prove-v1:publisert': 'datetime',
  'vnd-prove-v1:endret': 'datetime',
  'vnd-prove-v1:mottatt': 'datetime',
  'vnd-prove-v1:merketav': 'string',
  'vnd-prove-v1:merkettidspunkt': 'datetime',
  'vnd-prove-v1:merketgrunn': 'string',
  'vnd-prove-v1:merketkategori': 'string',
  'vnd-prove-v1:mottattsha256': 'string'
}

/** Codes the archive knows, by list (N5TG 1.1, chapter 7, «Metadata»). */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  journalposttype: ['I', 'U', 'N', 'X', 'S'],
  journalstatus: ['J', 'F', 'G', 'E', 'A', 'U', 'M', 'S', 'R'],
  saksstatus: ['B', 'A', 'U', 'R', 'S', 'P', 'F'],
  dokumenttype: ['B', 'R', 'F', 'O'],
  dokumentstatus: ['B', 'F'],
  dokumentmedium: ['F', 'E', 'B'],
  tilknyttetRegistreringSom: ['H', 'V'],
  variantformat: ['P', 'A', 'O'],
  korrespondanseparttype: ['EA', 'EM', 'EK', 'GM', 'IA', 'IM', 'IK', 'IS'],
  merknadstype: ['MS', 'ML', 'MA'],
  tilgangsrestriksjon: ['B', 'K', 'H', 'F', 'SF', '5', '5a', '6', '11', 'XX', 'P', 'KL'],
  skjermingMetadata: ['KID', 'TKL', 'TM1', 'TMO', 'NPS', 'TR1', 'TRO', 'NA', 'NM', 'TD', 'MT', 'M'],
  skjermingDokument: ['H', 'D'],
  format: ['av/0', 'fmt/95', 'fmt/354', 'fmt/42', 'fmt/477']
}
