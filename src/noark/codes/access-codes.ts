import type { CodeList } from './code-list.ts'

/**
 * Lists that the standard closes, of access, grading and signatures (Noark 5 v5.5, vedlegg 1). Where Fiks Arkiv has no
 * code (M502), the text is its own code.
 */
export const accessCodes = {
  skjermingOpphoererAksjon: {
    noark: {},
    fiksOnly: {
      A: 'Avgraderes ved første kjøring etter at tidspunktet er nådd',
      G: 'Vurderes når tidspunktet nås',
      S: 'Avgraderes automatisk når tidspunktet nås',
      AU: 'Avgradering er utført',
      U: 'Avgraderes ikke automatisk'
    },
    may: 'be-closed'
  },
  skjermingMetadata: {
    m: 'M502',
    noark: {
      'Skjerming klasseID': 'Skjerming klasseID',
      'Skjerming tittel klasse': 'Skjerming tittel klasse',
      'Skjerming tittel mappe - unntatt første linje': 'Skjerming tittel mappe - unntatt første linje',
      'Skjerming tittel mappe - utvalgte ord': 'Skjerming tittel mappe - utvalgte ord',
      'Skjerming navn part i sak': 'Skjerming navn part i sak',
      'Skjerming tittel registrering - unntatt første linje': 'Skjerming tittel registrering - unntatt første linje',
      'Skjerming tittel registrering - utvalgte ord': 'Skjerming tittel registrering - utvalgte ord',
      'Skjerming navn avsender': 'Skjerming navn avsender',
      'Skjerming navn mottaker': 'Skjerming navn mottaker',
      'Skjerming tittel dokumentbeskrivelse': 'Skjerming tittel dokumentbeskrivelse',
      'Skjerming merknadstekst': 'Skjerming merknadstekst',
      'Midlertidig skjerming': 'Midlertidig skjerming'
    },
    may: 'be-closed'
  },
  skjermingDokument: {
    m: 'M503',
    noark: { H: 'Skjerming av hele dokumentet', D: 'Skjerming av deler av dokumentet' },
    may: 'be-closed'
  },
  grad: {
    m: 'M506',
    noark: {
      SH: 'Strengt hemmelig (sikkerhetsgrad)',
      H: 'Hemmelig (sikkerhetsgrad)',
      K: 'Konfidensielt (sikkerhetsgrad)',
      B: 'Begrenset (sikkerhetsgrad)',
      F: 'Fortrolig (beskyttelsesgrad)',
      SF: 'Strengt fortrolig (beskyttelsesgrad)'
    },
    may: 'be-closed'
  },
  elektroniskSignaturSikkerhetsnivaa: {
    m: 'M507',
    noark: {
      SK: 'Symmetrisk kryptert',
      V: 'Sendt med PKI/virksomhetssertifikat',
      PS: "Sendt med PKI/'person standard'-sertifikat",
      PH: "Sendt med PKI/'person høy'-sertifikat"
    },
    may: 'be-closed'
  },
  elektroniskSignaturVerifisert: {
    m: 'M508',
    noark: { I: 'Signatur påført, ikke verifisert', V: 'Signatur påført og verifisert' },
    may: 'be-closed'
  }
} as const satisfies Record<string, CodeList>
