/**
 * The embedded database cannot be used. `message` is bokmål and says what happened, what it means and what to do;
 * `code` says which of the ways it is; `cause` has what the operating system or PostgreSQL said.
 */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode

  constructor(code: EmbeddedPostgresErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'EmbeddedPostgresError'
    this.code = code
  }
}

/**
 * - `embedded-postgres-missing`: no PostgreSQL is installed for this platform.
 * - `embedded-postgres-unusable`: it is installed, but cannot run here.
 * - `data-folder-in-use`: another service, or a server that is not ours to stop, uses the folder.
 * - `data-folder-unusable`: the folder cannot be made, written or reached by the server's user.
 * - `embedded-postgres-failed`: the server did not come up; its own words are in the cause and in server.log.
 */
type EmbeddedPostgresErrorCode =
  | 'embedded-postgres-missing'
  | 'embedded-postgres-unusable'
  | 'data-folder-in-use'
  | 'data-folder-unusable'
  | 'embedded-postgres-failed'

const ownDatabase =
  'Sett DATABASE_URL til en PostgreSQL-database (postgres://bruker:passord@vert/database) og start på nytt'

export const postgresMissing = (platform: string, cause?: unknown) =>
  new EmbeddedPostgresError(
    'embedded-postgres-missing',
    `Fant ingen innebygd PostgreSQL for ${platform}. Tjenesten har derfor ingen database å lagre henvendelser i. ` +
      `${ownDatabase}, eller installer avhengighetene på nytt uten --omit=optional.`,
    cause
  )

export const postgresUnusable = (cause: unknown) =>
  new EmbeddedPostgresError(
    'embedded-postgres-unusable',
    'Den innebygde PostgreSQL lar seg ikke kjøre på denne maskinen eller med denne brukeren. ' +
      `Tjenesten har derfor ingen database å lagre henvendelser i. ${ownDatabase}.`,
    cause
  )

export const folderInUse = (folder: string, by: string) =>
  new EmbeddedPostgresError(
    'data-folder-in-use',
    `Datamappen ${folder} er allerede i bruk av ${by}. To tjenester kan ikke dele samme mappe, så denne startet ikke, ` +
      'og ingen data er rørt. Stopp den andre tjenesten, eller gi denne en egen datamappe.'
  )

export const folderUnusable = (folder: string, cause: unknown) =>
  new EmbeddedPostgresError(
    'data-folder-unusable',
    `Datamappen ${folder} kan ikke brukes. Databasen kan derfor ikke starte. Gi brukeren som kjører tjenesten ` +
      'lese- og skrivetilgang til mappen, eller velg en annen datamappe.',
    cause
  )

export const postgresFailed = (folder: string, cause: unknown) =>
  new EmbeddedPostgresError(
    'embedded-postgres-failed',
    `Den innebygde databasen i ${folder} startet ikke. Henvendelser kan derfor ikke tas imot; det som er lagret, ` +
      `ligger urørt. Se server.log i mappen, rett feilen og start på nytt. ${ownDatabase} om feilen ikke lar seg rette.`,
    cause
  )
