const REL = 'https://rel.arkivverket.no/noark5/v5/api/'
const NIKITA = 'https://nikita.arkivlab.no/noark5/v5/'

/** Relation keys of the interface (N5TG 1.1, chapter 6). They are absolute, and the slash at the end counts. */
export const rels = {
  loginOidc: `${REL}login/oidc/`,
  loginOauth: `${REL}login/rfc6749/`,
  arkivstruktur: `${REL}arkivstruktur/`,
  sakarkiv: `${REL}sakarkiv/`,
  metadata: `${REL}metadata/`,
  admin: `${REL}admin/`,
  system: `${REL}admin/system/`,
  arkivdel: `${REL}arkivstruktur/arkivdel/`,
  klassifikasjonssystem: `${REL}arkivstruktur/klassifikasjonssystem/`,
  klasse: `${REL}arkivstruktur/klasse/`,
  mappe: `${REL}arkivstruktur/mappe/`,
  saksmappe: `${REL}sakarkiv/saksmappe/`,
  nySaksmappe: `${REL}sakarkiv/ny-saksmappe/`,
  journalpost: `${REL}sakarkiv/journalpost/`,
  nyJournalpost: `${REL}sakarkiv/ny-journalpost/`,
  korrespondansepart: `${REL}arkivstruktur/korrespondansepart/`,
  nyKorrespondansepartperson: `${REL}arkivstruktur/ny-korrespondansepartperson/`,
  nyKorrespondansepartenhet: `${REL}arkivstruktur/ny-korrespondansepartenhet/`,
  dokumentbeskrivelse: `${REL}arkivstruktur/dokumentbeskrivelse/`,
  nyDokumentbeskrivelse: `${REL}arkivstruktur/ny-dokumentbeskrivelse/`,
  dokumentobjekt: `${REL}arkivstruktur/dokumentobjekt/`,
  nyDokumentobjekt: `${REL}arkivstruktur/ny-dokumentobjekt/`,
  fil: `${REL}arkivstruktur/fil/`,
  konvertering: `${REL}arkivstruktur/konvertering/`,
  nyKonvertering: `${REL}arkivstruktur/ny-konvertering/`,
  merknad: `${REL}arkivstruktur/merknad/`,
  nyMerknad: `${REL}arkivstruktur/ny-merknad/`,
  kryssreferanse: `${REL}arkivstruktur/kryssreferanse/`,
  nyKryssreferanse: `${REL}arkivstruktur/ny-kryssreferanse/`,
  skjermingMetadata: `${REL}arkivstruktur/skjermingmetadata/`,
  nySkjermingMetadata: `${REL}arkivstruktur/ny-skjermingmetadata/`,
  egenSkjermingMetadata: `${NIKITA}skjermingmetadata/`,
  nyEgenSkjermingMetadata: `${NIKITA}ny-skjermingmetadata/`
} as const

/** The rel of a code list, such as `journalstatus`, from the metadata resource. */
export const codeListRel = (list: string): string => `${REL}metadata/${list}/`

/** The list of fields (M711): the standard writes it both ways. */
export const ownMetadataRels: readonly string[] = [
  'virksomhetsspesifikkeMetadata',
  'virksomhetsspesifikkemetadata'
].map(codeListRel)
