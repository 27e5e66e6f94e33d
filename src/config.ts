import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'

const optional = (description: string, options = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...options }))
const secret = (description: string) => optional(description, { secret: true })

/** Every setting, its default and its meaning. Nothing else in the program reads the environment. */
export const ConfigSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'Adressen tjenesten lytter på.' }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65_535,
    description: 'Porten tjenesten lytter på. 0: en ledig.'
  }),
  LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'Minst alvorlige linje som loggføres: debug, info, warn, error eller silent.'
  }),
  DATA_FOLDER: Type.String({ default: './data', description: 'Mappen for innebygd database, filer og arkiv.' }),
  DATABASE_URL: optional('postgres://… (PostgreSQL 14 eller nyere). Utelatt: innebygd PostgreSQL i DATA_FOLDER.', {
    pattern: '^postgres(ql)?://'
  }),
  DATABASE_CONNECTIONS: Type.Integer({
    default: 16,
    minimum: 2,
    maximum: 200,
    description: 'Flest samtidige tilkoblinger til databasen.'
  }),
  REDIS_URL: optional(
    'redis://…, rediss://…, redis+sentinel://vert,vert/navn eller redis+cluster://vert,vert. Utelatt: køen ligger i databasen.',
    { pattern: '^redis(s|\\+sentinel|\\+cluster)?://' }
  ),
  S3_ENDPOINT: optional(
    'Adressen til et S3-lager for filer. Utelatt sammen med de andre S3_-innstillingene: filer i DATA_FOLDER.',
    {
      pattern: '^https?://'
    }
  ),
  S3_REGION: Type.String({ default: 'us-east-1', description: 'Regionen til S3-lageret.' }),
  S3_BUCKET: optional('Bøtta i S3-lageret. Satt: filer lagres i S3.'),
  S3_ACCESS_KEY_ID: secret('Nøkkel-id for S3.'),
  S3_SECRET_ACCESS_KEY: secret('Hemmelig nøkkel for S3.'),
  ARCHIVE: Type.String({
    default: 'folder',
    description: 'Arkivet det leveres til: navnet på en mappe i integrations/archives.'
  }),
  MUNICIPALITY_NAME: Type.String({
    default: 'Eksempel kommune',
    minLength: 1,
    maxLength: 200,
    description: 'Kommunens navn, slik det står i arkivet.'
  }),
  POSTMOTTAK: optional(
    'Hvor publikum skal skrive, slik det står i svarene: «post@eksempel.kommune.no eller Postboks 1, 0001 Eksempel».',
    { maxLength: 300 }
  ),
  ADMINISTRATIV_ENHET: Type.String({
    default: 'Servicetorget',
    minLength: 1,
    maxLength: 200,
    description: 'Administrativ enhet (M305) for nye saker.'
  }),
  SAKSANSVARLIG: Type.String({
    default: 'Ufordelt',
    minLength: 1,
    maxLength: 200,
    description: 'Saksansvarlig (M306) for nye saker.'
  }),
  ARKIVDEL: optional('Arkivdel (M208) for nye saker.'),
  CODE_LISTS: optional(
    'Egne koder i kodelistene som standarden lar kommunen utvide: JSON som {"dokumenttype": {"SOME": "Henvendelse i sosialt medium"}}, eller stien til en slik fil.'
  ),
  DOCUMENT_LANGUAGE: Type.Enum(['nb', 'nn'], { default: 'nb', description: 'Språket i arkivdokumentet: nb eller nn.' }),
  PDFA_LEVEL: Type.Enum(['2a', '2u', '2b'], {
    default: '2a',
    description: 'PDF/A-nivået til arkivdokumentet: 2a (merket for tilgjengelighet), 2u eller 2b.'
  }),
  ADMIN_KEY: secret(
    'Administratornøkkelen «id.hemmelighet», med minst 32 tilfeldige tegn etter punktumet. Utelatt med innebygd database: lages ved første start.'
  ),
  PERMIT_KEY: secret(
    'Privat Ed25519-nøkkel (PEM, PKCS #8) som slettetillatelser signeres med. Lag den med: openssl genpkey -algorithm ed25519. Utelatt med innebygd database: lages ved første start.'
  ),
  OIDC_ISSUER: optional('Utstederen av innloggingstokener (OpenID Connect).', {
    pattern: '^https://|^http://(127\\.0\\.0\\.1|localhost)[:/]'
  }),
  OIDC_AUDIENCE: optional('Mottakeren som må stå i tokenet. Påkrevd med OIDC_ISSUER.'),
  OIDC_ROLE_CLAIM: Type.String({
    default: 'roles',
    description: 'Hvor i tokenet rollen står, som roles eller realm_access.roles.'
  }),
  ATTACHMENT_MB_MAX: Type.Integer({ default: 200, minimum: 1, maximum: 4_000, description: 'Største vedlegg, i MB.' }),
  CLAMAV_URL: optional(
    'Virusskanneren clamd: tcp://vert:3310 eller unix:///run/clamav/clamd.ctl. Utelatt: vedlegg skannes ikke.',
    { pattern: '^tcp://[^/]+/?$|^unix:///.' }
  ),
  FFMPEG: optional('Programmet ffmpeg, som lager stillbilder av filmer. Utelatt: det som ligger på PATH, om noe.'),
  WEBHOOK_PRIVATE_TARGETS: optional(
    'Adresser utenfor internett som webhooker likevel kan gå til: verter, adresser og nett med komma mellom, som «moderering.eksempel.kommune.no,10.20.0.0/16». http:// går bare til denne maskinen selv.',
    { pattern: '^[A-Za-z0-9.:/, -]+$', maxLength: 2_000 }
  ),
  TRUSTED_PROXIES: optional(
    'Adresser og nett som omvendte proxyer kaller fra, med komma mellom, som «10.20.0.4,10.30.0.0/24». Fra dem, og bare fra dem, tas X-Forwarded-For på ordet, så grensen for innlogging gjelder hver bruker og ikke hele proxyen.',
    { pattern: '^[0-9A-Fa-f.:/, ]+$', maxLength: 2_000 }
  ),
  REQUESTS_PER_MINUTE: Type.Integer({
    default: 6_000,
    minimum: 1,
    description: 'Flest forespørsler i minuttet for hver nøkkel, i hver prosess.'
  }),
  RENDER_PROCESSES: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 16,
    description: 'Prosesser som lager PDF/A samtidig, og like mange som undersøker vedlegg.'
  }),
  DISK_FREE_MB_MIN: Type.Integer({
    default: 256,
    minimum: 0,
    maximum: 1_000_000,
    description: 'Så mye skal være ledig på disken til datamappen. Er det mindre, tas ikke mer imot før det er ryddet.'
  }),
  DELIVERIES_AT_ONCE: Type.Integer({
    default: 4,
    minimum: 1,
    maximum: 256,
    description: 'Leveranser til arkivet samtidig, i hver prosess.'
  }),
  DELIVERIES_PER_MINUTE_MAX: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: 'Flest leveranser til arkivet i minuttet, fra alle prosesser til sammen. Utelatt: ingen grense.'
    })
  ),
  SETTLE_SECONDS: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 3_600,
    description:
      'Hvor lenge arkivet får på å bli ferdig med en sending som ikke fikk svar, før Arkivbro slår opp hva som ble av den. Lengre enn arkivet noen gang bruker.'
  }),
  SERVE_WORKS: Type.Boolean({
    default: true,
    description: 'Om «serve» også behandler køen. Sett false når egne «worker» gjør det.'
  }),
  STOP_SECONDS: Type.Integer({
    default: 8,
    minimum: 1,
    maximum: 300,
    description: 'Hvor lenge påbegynt arbeid får bli ferdig når tjenesten stopper.'
  })
})

export type Config = Readonly<Static<typeof ConfigSchema>>

/** The settings are not valid. The message names every mistake, in bokmål. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig'
}

/** Reads the environment once and reports every mistake at once. Unset and empty mean the same. Throws InvalidConfig. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = readSettings(ConfigSchema, env)
  const mistakes = [...mistakesIn(ConfigSchema, given), ...contradictions(given)]
  if (mistakes.length > 0) {
    throw new InvalidConfig(`Innstillingene er ikke gyldige, så tjenesten starter ikke:\n${mistakes.join('\n')}`)
  }
  return Object.freeze(given as Config)
}

/** Picks a schema's settings out of the environment, with defaults and types. */
export function readSettings(
  schema: TSchema & { properties: Record<string, TSchema> },
  env: NodeJS.ProcessEnv
): unknown {
  const entries = Object.keys(schema.properties).flatMap((key) => (env[key] ? [[key, env[key]] as const] : []))
  return Value.Convert(schema, Value.Default(schema, Object.fromEntries(entries)))
}

/** One line for each setting that does not fit, never showing its value. */
export function mistakesIn(
  schema: TSchema & { properties: Record<string, TSchema> },
  given: unknown
): readonly string[] {
  const wrong = new Set<string>()
  for (const { instancePath, params } of Value.Errors(schema, given)) {
    const named = instancePath.split('/')[1]
    for (const name of named ? [named] : requiredIn(params)) wrong.add(name)
  }
  return [...wrong].map((name) => {
    const about: unknown = Reflect.get(schema.properties[name] ?? {}, 'description')
    const isMissing = typeof given === 'object' && given !== null && !(name in given)
    return `  ${name} ${isMissing ? 'mangler' : 'har en ugyldig verdi'}. ${String(about)}`
  })
}

const requiredIn = (params: object): readonly string[] =>
  'requiredProperties' in params && Array.isArray(params.requiredProperties) ? params.requiredProperties : []

const KEY_SHAPE = /^[a-z0-9-]{1,32}\.[A-Za-z0-9_~+/=-]{32,200}$/
const DISTINCT_CHARACTERS_MIN = 12

function contradictions(given: unknown): readonly string[] {
  const { ADMIN_KEY, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, OIDC_ISSUER, OIDC_AUDIENCE } = given as Config
  const mistakes: string[] = []
  const secretPart = ADMIN_KEY?.split('.')[1] ?? ''
  if (ADMIN_KEY !== undefined && (!KEY_SHAPE.test(ADMIN_KEY) || new Set(secretPart).size < DISTINCT_CHARACTERS_MIN)) {
    mistakes.push(
      '  ADMIN_KEY er for svak. Den skal være «id.hemmelighet» med minst 32 tilfeldige tegn etter punktumet. Lag hemmeligheten med: openssl rand -hex 32'
    )
  }
  if (S3_BUCKET !== undefined && (S3_ACCESS_KEY_ID === undefined || S3_SECRET_ACCESS_KEY === undefined)) {
    mistakes.push('  S3_BUCKET er satt, men S3_ACCESS_KEY_ID eller S3_SECRET_ACCESS_KEY mangler.')
  }
  if (OIDC_ISSUER !== undefined && OIDC_AUDIENCE === undefined) {
    mistakes.push(
      '  OIDC_ISSUER er satt, men OIDC_AUDIENCE mangler. Uten den kunne tokener til andre tjenester brukes her.'
    )
  }
  return mistakes
}
