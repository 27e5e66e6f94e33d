import type { ErrorCode } from '../domain/errors.ts'

interface ProblemRow {
  readonly status: number
  readonly title: string
}

/** The only place where an error meets HTTP. A code without a row here does not compile. */
export const problems: Record<ErrorCode, ProblemRow> = {
  unauthenticated: { status: 401, title: 'Du må vise hvem du er' },
  forbidden: { status: 403, title: 'Du har ikke lov til dette' },
  'cross-site-request': { status: 403, title: 'Forespørselen kom fra et annet nettsted' },
  'inquiry-not-found': { status: 404, title: 'Henvendelsen finnes ikke' },
  'document-not-found': { status: 404, title: 'Dokumentet finnes ikke' },
  'record-not-ready': { status: 404, title: 'Arkivposten er ikke laget ennå' },
  'key-not-found': { status: 404, title: 'Nøkkelen finnes ikke' },
  'platform-not-found': { status: 404, title: 'Plattformen er ikke kjent' },
  'bulk-action-not-found': { status: 404, title: 'Massehandlingen finnes ikke' },
  'guideline-not-found': { status: 404, title: 'Retningslinjen finnes ikke' },
  'reply-not-found': { status: 404, title: 'Det er ikke noe svar å gi' },
  'administrator-not-found': { status: 404, title: 'Administratoren finnes ikke' },
  'webhook-not-found': { status: 404, title: 'Webhooken finnes ikke' },
  'webhook-message-not-found': { status: 404, title: 'Meldingen finnes ikke' },
  'callback-client-not-found': { status: 404, title: 'Moderasjonsverktøyet finnes ikke' },
  'inquiry-in-wrong-state': { status: 409, title: 'Henvendelsen har gått videre' },
  'case-founded': { status: 409, title: 'Saken er opprettet av en annen henvendelse' },
  'may-be-in-archive': { status: 409, title: 'Henvendelsen kan allerede ligge i arkivet' },
  'lease-lost': { status: 409, title: 'Henvendelsen er i arbeid hos en annen' },
  'nothing-proposed': { status: 409, title: 'Ingenting er foreslått' },
  'same-person': { status: 409, title: 'En annen må bekrefte' },
  'receipt-mismatch': { status: 409, title: 'Journalposten stemmer ikke med det som ble sendt' },
  'archive-cannot-be-asked': { status: 409, title: 'Arkivet kan ikke søkes i' },
  'selection-changed': { status: 409, title: 'Utvalget har endret seg' },
  'bulk-action-ended': { status: 409, title: 'Massehandlingen er ferdig' },
  'review-needed': { status: 409, title: 'Henvendelsen må kontrolleres først' },
  'guideline-in-force': { status: 409, title: 'Retningslinjen gjelder allerede' },
  'crisis-goes-on': { status: 409, title: 'Krisemodus er på fra før' },
  'no-crisis': { status: 409, title: 'Krisemodus er ikke på' },
  'reply-not-held': { status: 409, title: 'Svaret er ikke holdt tilbake' },
  'deletion-not-permitted': { status: 409, title: 'Innlegget kan ikke slettes ennå' },
  'not-restricted-in-archive': { status: 409, title: 'Journalposten må skjermes i arkivet først' },
  'administrator-changed': { status: 409, title: 'Utnevningen er endret av en annen' },
  'appointment-ended': { status: 409, title: 'Utnevningen er avsluttet' },
  'name-in-use': { status: 409, title: 'Navnet er i bruk' },
  'pages-changed': { status: 409, title: 'Listen er endret av en annen' },
  'webhook-removed': { status: 409, title: 'Webhooken er fjernet' },
  'too-many-webhooks': { status: 409, title: 'Det er for mange webhooker' },
  'callback-client-changed': { status: 409, title: 'Registreringen er endret av en annen' },
  'callback-client-ended': { status: 409, title: 'Registreringen er avsluttet' },
  'signing-key-in-use': { status: 409, title: 'Nøkkelen er i bruk' },
  'too-large': { status: 413, title: 'For stort' },
  'not-an-inquiry': { status: 422, title: 'Dette er ikke en henvendelse' },
  'payload-not-understood': { status: 422, title: 'Innholdet kan ikke tolkes' },
  'nothing-to-archive': { status: 422, title: 'Det er ingenting å arkivere' },
  'attachment-unknown': { status: 422, title: 'Vedlegget finnes ikke' },
  'key-used-with-other-body': { status: 422, title: 'Henvendelsen er mottatt før, med annet innhold' },
  'idempotency-key-used-with-other-body': { status: 422, title: 'Idempotency-Key er brukt før, med annet innhold' },
  'several-inquiries': { status: 422, title: 'Mer enn én henvendelse' },
  'answer-to-nobody': { status: 422, title: 'Svaret sier ikke hva det svarer på' },
  'followed-unknown': { status: 422, title: 'Henvendelsen det vises til, finnes ikke' },
  'journalpost-not-found': { status: 422, title: 'Journalposten finnes ikke' },
  'category-unknown': { status: 422, title: 'Kategorien finnes ikke' },
  'guideline-contradicts-itself': { status: 422, title: 'Retningslinjen henger ikke sammen' },
  'guideline-code-unknown': { status: 422, title: 'Retningslinjen viser til koder som ikke finnes' },
  'marker-not-appointed': { status: 422, title: 'Den som merket, er ikke utnevnt til det' },
  'mark-in-future': { status: 422, title: 'Merkingen har ikke skjedd ennå' },
  'own-page-cannot-inquire': { status: 422, title: 'Kommunen kan ikke skrive til seg selv' },
  'period-not-valid': { status: 422, title: 'Tidsrommet er ikke gyldig' },
  'page-not-recognisable': { status: 422, title: 'En side kan ikke kjennes igjen' },
  'webhook-url-not-allowed': { status: 422, title: 'Adressen kan ikke kalles' },
  'public-key-not-valid': { status: 422, title: 'Nøkkelen kan ikke brukes' },
  'said-twice': { status: 422, title: 'Det samme står to ganger' },
  'action-unknown': { status: 422, title: 'Handlingen er ikke registrert' },
  'policy-unknown': { status: 422, title: 'Regelen er ikke registrert' },
  'marker-missing': { status: 422, title: 'Ingen person har merket innlegget' },
  'journalpost-elsewhere': { status: 422, title: 'Journalposten ligger i en annen sak' },
  'database-unavailable': { status: 503, title: 'Databasen svarer ikke' },
  'files-unavailable': { status: 503, title: 'Fillageret svarer ikke' },
  'disk-full': { status: 503, title: 'Disken er nesten full' },
  'archive-unavailable': { status: 503, title: 'Arkivet svarer ikke som det skal' },
  'document-not-rendered': { status: 503, title: 'Dokumentet ble ikke laget' },
  'attachments-not-prepared': { status: 503, title: 'Vedleggene ble ikke undersøkt' },
  'scanner-unavailable': { status: 503, title: 'Virusskanneren svarer ikke' },
  'identity-provider-unavailable': { status: 503, title: 'Innloggingstjenesten svarer ikke' },
  'step-outcome-unknown': { status: 503, title: 'Utfallet hos arkivet er ukjent' }
}

interface FixedProblem extends ProblemRow {
  readonly code: string
  readonly detail?: string
}

/** What the router, the schemas and Fastify's plugins turn away, and what nobody foresaw. */
export const otherProblems = {
  invalidRequest: { code: 'invalid-request', status: 400, title: 'Forespørselen er ikke gyldig' },
  badBody: {
    code: 'body-not-json',
    status: 400,
    title: 'Innholdet kan ikke leses',
    detail: 'Innholdet skal være gyldig JSON i UTF-8. Ingenting er lagret.'
  },
  badForm: {
    code: 'body-not-multipart',
    status: 400,
    title: 'Filen kan ikke leses',
    detail: 'Innholdet skal være multipart/form-data med én fil, og komme helt fram. Ingenting er lagret.'
  },
  badAddress: {
    code: 'address-not-valid',
    status: 400,
    title: 'Adressen er ikke gyldig',
    detail: 'Adressen kan ikke leses. Se etter tegn som ikke er kodet riktig.'
  },
  badRequest: {
    code: 'bad-request',
    status: 400,
    title: 'Forespørselen ble ikke forstått',
    detail: 'Forespørselen følger ikke HTTP. Ingenting er lagret.'
  },
  noSuchPath: { code: 'no-such-path', status: 404, title: 'Det er ingenting på denne adressen' },
  tooLarge: {
    code: 'too-large',
    status: 413,
    title: 'For stort',
    detail: 'Innholdet er større enn grensen. Last opp filer med POST /v1/attachments.'
  },
  mediaTypeUnknown: {
    code: 'media-type-unknown',
    status: 415,
    title: 'Innholdstypen er ikke kjent',
    detail: 'Send application/json, eller multipart/form-data for filer.'
  },
  tooManyRequests: {
    code: 'too-many-requests',
    status: 429,
    title: 'For mange forespørsler',
    detail: 'Vent så lenge som Retry-After sier, og prøv igjen.'
  },
  internalError: {
    code: 'internal-error',
    status: 500,
    title: 'Noe gikk galt hos oss',
    detail: 'Feilen er loggført. Prøv igjen; samme innhold to ganger blir bare én henvendelse.'
  }
} as const satisfies Record<string, FixedProblem>

/** Every code an error answer can have, by status: what the API description lists. */
export const problemCodes: readonly FixedProblem[] = [
  ...Object.entries(problems).map(([code, row]) => ({ code, ...row })),
  ...Object.values(otherProblems).filter(({ code }) => !(code in problems))
].sort((a, b) => a.status - b.status || a.code.localeCompare(b.code))
