import type { AttachmentFinding, NotConverted, PreparedAttachment } from './prepared-attachment.ts'

/** What a reader of the record must know of an attachment (M310), in bokmål; undefined when there is nothing to say. */
export function attachmentRemark({ outcome, findings }: PreparedAttachment): string | undefined {
  const sentences = [...outcomeSentences(outcome), ...findings.flatMap(findingSentences)]
  return sentences.length === 0 ? undefined : [...new Set(sentences)].join(' ')
}

function outcomeSentences(outcome: PreparedAttachment['outcome']): readonly string[] {
  switch (outcome.kind) {
    case 'not-converted':
      return [...reasons[outcome.reason], AS_IT_CAME]
    case 'still':
      return ['Filmen er ikke i arkivformat. Den er arkivert slik den kom, sammen med et stillbilde fra den.']
    case 'to-be-converted':
      return ['Vedlegget undersøkes, og konverteres om det trengs, når arkivposten lages.']
    case 'infected':
    case 'not-scanned':
    case 'converted':
    case 'kept':
      return []
  }
}

const AS_IT_CAME = 'Originalen er arkivert slik den kom.'
const NOT_CONVERTED = 'Vedlegget kunne ikke konverteres til arkivformat:'

const reasons: Record<NotConverted, readonly string[]> = {
  damaged: [`${NOT_CONVERTED} filen er skadet eller ufullstendig.`],
  encrypted: ['Vedlegget er kryptert og kan ikke leses uten passord.'],
  'no-converter': [`${NOT_CONVERTED} Arkivbro kan ikke konvertere dette formatet.`],
  'not-pdfa': ['PDF-en er ikke PDF/A, og er derfor ikke i arkivformat.'],
  scripted: ['PDF-en inneholder skript eller handlinger, og er derfor ikke i arkivformat.'],
  'too-demanding': [`${NOT_CONVERTED} det tok for lang tid eller for mye minne å lese filen.`],
  'too-large': [`${NOT_CONVERTED} filen er for stor.`],
  'too-many-pixels': [`${NOT_CONVERTED} bildet har for mange bildepunkter.`],
  'unknown-format': [`${NOT_CONVERTED} formatet er ukjent.`],
  drawing: [`${NOT_CONVERTED} SVG-tegninger tegnes ikke, fordi de kan inneholde skript og hente innhold utenfra.`]
}

function findingSentences(finding: AttachmentFinding): readonly string[] {
  switch (finding.kind) {
    case 'gps-position':
      return ['Filen inneholder GPS-posisjon.']
    case 'animated':
      return [`Bildet er animert og har ${finding.pages} bilder.`]
    case 'name-mismatch':
      return [`Filnavnet sier ${finding.named}, men innholdet er ${finding.is}.`]
    case 'trailing-data':
      return ['Filen har data etter slutten av formatet.']
    case 'polyglot':
      return [`Filen kan også leses som en annen type (${finding.mediaType}).`]
    case 'encrypted':
      return ['Vedlegget er kryptert og kan ikke leses uten passord.']
    case 'scripted':
      return ['Filen inneholder skript. De er ikke kjørt.']
    case 'embedded-files':
      return ['Filen har andre filer i seg.']
    case 'external-references':
      return ['Filen viser til innhold utenfor seg selv. Det er ikke hentet.']
    case 'claims-pdfa':
      return [`PDF-en oppgir selv at den er PDF/A-${finding.level}. Det er ikke kontrollert.`]
  }
}
