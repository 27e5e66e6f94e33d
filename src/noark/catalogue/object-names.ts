/** Every object that an element can hold, and what it is for. The dialects say what stands in it. */
export const objectMeanings = {
  arkivmelding: 'En sending til arkivet: en mappe, en registrering eller begge.',
  arkiv: 'Roten: alt en arkivskaper avleverer i én omgang.',
  arkivskaper: 'Organet som har skapt arkivet.',
  arkivdel: 'En del av arkivet, oftest én periode.',
  klassifikasjonssystem: 'Et system som mappene er ordnet etter.',
  klasse: 'Et emne eller en funksjon i klassifikasjonssystemet.',
  mappe: 'Samler registreringer som hører sammen.',
  saksmappe: 'En mappe for én sak.',
  registrering: 'Noe som er dokumentert, med sine dokumenter.',
  journalpost: 'En registrering som er journalført.',
  arkivnotat: 'En registrering som arkiveres uten å journalføres.',
  dokumentbeskrivelse: 'Et dokument i en registrering.',
  dokumentobjekt: 'Én fil: én variant av én versjon av et dokument.',
  konvertering: 'Hvordan en fil ble laget av en annen.',
  korrespondansepart: 'Den som har sendt eller mottatt.',
  part: 'En part i saken.',
  avskrivning: 'At en inngående journalpost er ferdig behandlet.',
  dokumentflyt: 'Et dokument på vei til godkjenning.',
  presedens: 'At saken kan følges i senere saker.',
  merknad: 'En merknad til det den står på.',
  kryssreferanse: 'En henvisning til noe annet i arkivet.',
  skjerming: 'Hva som er unntatt offentlighet, og hvorfor.',
  gradering: 'Gradering etter sikkerhetsloven eller beskyttelsesinstruksen.',
  kassasjon: 'Vedtak om bevaring eller kassasjon.',
  utfoertKassasjon: 'At dokumenter er kassert.',
  sletting: 'At en variant eller versjon er slettet.',
  elektroniskSignatur: 'En elektronisk signatur som fulgte med.',
  klassifikasjon: 'Plassering i et klassifikasjonssystem.',
  kode: 'En kode med teksten den står for.',
  identifikatorer: 'En enhet eller person i kommunen.',
  eksternNoekkel: 'Fagsystemets egen nøkkel.',
  saksnummer: 'Saksår og løpenummer.',
  journalnummer: 'Journalår og løpenummer.',
  saksJournalpostnummer: 'Saksnummer og nummeret i saken.',
  referanseTilMappe: 'Hvilken mappe det gjelder.',
  referanseTilRegistrering: 'Hvilken registrering det gjelder.',
  referanseTilJournalpost: 'Hvilken journalpost det gjelder.',
  referanseTilDokumentbeskrivelse: 'Hvilket dokument det gjelder.',
  journalpostDokumentnummer: 'Et dokument ved sitt nummer i journalposten.',
  virksomhetsspesifikkeMetadata: 'Metadata utenfor standarden, i eget navnerom.',
  henvendelse: 'Hva plattformen oppga om en henvendelse i sosiale medier, og hvem som merket den for saksbehandling.'
} as const

export type ObjectName = keyof typeof objectMeanings

/** What each special kind of unit is besides (xsi:type). */
export const baseOf = { saksmappe: 'mappe', journalpost: 'registrering', arkivnotat: 'registrering' } as const

export type SpecialName = keyof typeof baseOf
