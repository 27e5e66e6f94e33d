import type { AuditAction } from '../domain/audit-event.ts'

/** What each audit event is called in a timeline. */
export const eventTexts: Record<AuditAction, string> = {
  'inquiry.received': 'Mottatt og lagret',
  'inquiry.repeated': 'Sendt inn på nytt, uendret',
  'inquiry.conflicting': 'Sendt inn på nytt med annet innhold, og avvist',
  'inquiry.composed': 'Dokument og arkivpost laget',
  'inquiry.sending': 'Sending til arkivet begynt',
  'inquiry.awaiting-receipt': 'Arkivet har tatt imot; venter på kvittering',
  'inquiry.unknown-outcome': 'Utfallet er ukjent; arkivet blir spurt',
  'inquiry.try-again': 'Venter på nytt forsøk',
  'inquiry.work-restored': 'Hadde mistet oppgaven sin, og fikk den tilbake',
  'inquiry.needs-action': 'Trenger handling',
  'inquiry.journaled': 'Journalført',
  'inquiry.dismissed': 'Avvist',
  'inquiry.retried': 'Bedt om nytt forsøk',
  'inquiry.asked': 'Bedt om at arkivet blir spurt',
  'inquiry.held': 'Satt på vent',
  'inquiry.released': 'Sluppet videre',
  'inquiry.read': 'Lest',
  'inquiry.listed': 'Vist i liste',
  'inquiry.previewed': 'Forhåndsvist',
  'timeline.read': 'Tidslinjen lest',
  'record.read': 'Arkivmeldingen lest',
  'document.read': 'Dokument hentet',
  'attachment.stored': 'Vedlegg lagret',
  'archive.closed': 'Leveringer stanset en stund; arkivet svarer ikke som det skal',
  'archive.opened': 'Arkivet svarer igjen; leveringer går som vanlig',
  'archive.paused': 'Leveringer satt på pause',
  'archive.resumed': 'Leveringer startet igjen',
  'key.made': 'Nøkkel laget',
  'key.revoked': 'Nøkkel trukket tilbake'
}
