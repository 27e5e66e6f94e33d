import { type Static, Type } from 'typebox'
import { type DialectName, dialectNames } from './dialects.ts'

const optional = (description: string, options = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...options }))

const SECURE = '^https://|^http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:|/|$)'
const PAIRS = '^\\s*[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*$'

/** What this connector reads from the environment. */
export const Settings = Type.Object({
  N5TG_URL: Type.String({
    pattern: SECURE,
    description: 'Adressen til arkivets tjenestegrensesnitt. https, unntatt på samme maskin.'
  }),
  N5TG_DIALECT: Type.Unsafe<DialectName>(
    Type.Enum([...dialectNames], {
      default: 'standard-1.1',
      description: `Hvilken utgave av grensesnittet arkivet taler: ${dialectNames.join(', ')}.`
    })
  ),
  N5TG_AUTH: Type.Enum(['oidc-client-credentials', 'oidc-password', 'basic'], {
    default: 'oidc-client-credentials',
    description: 'Hvordan Arkivbro logger inn: oidc-client-credentials, oidc-password eller basic.'
  }),
  N5TG_USER: optional('Brukernavnet, for oidc-password og basic.'),
  N5TG_PASSWORD: optional('Passordet, for oidc-password og basic.', { secret: true }),
  N5TG_CLIENT_ID: optional('Klientens id, for oidc-client-credentials og oidc-password.'),
  N5TG_CLIENT_SECRET: optional('Klientens hemmelighet. Påkrevd for oidc-client-credentials.', { secret: true }),
  N5TG_LOGIN_URL: optional('Verten som utsteder tokener, når den er en annen enn arkivets.', { pattern: SECURE }),
  N5TG_ARKIVDEL: Type.String({
    minLength: 1,
    description: 'Arkivdelen nye saker legges i: systemID (M001) eller tittel (M020).'
  }),
  N5TG_KLASSE: optional('klasseID (M002) for nye saker, når arkivdelen er klassifisert.'),
  N5TG_KLASSIFIKASJONSSYSTEM: optional('Tittelen til klassifikasjonssystemet, når klasseID finnes i flere.'),
  N5TG_DOKUMENTTYPER: Type.String({
    default: '*=B',
    pattern: PAIRS,
    description: 'Arkivets dokumenttyper (M083) for våre, som KORR=B,FOTO=B. * er alle andre.'
  }),
  N5TG_FORMATER: optional('Arkivets formatkoder (M701) for våre, som PDF/A=fmt/477. Utelatt: arkivet bestemmer.', {
    pattern: PAIRS
  }),
  N5TG_TILGANGSRESTRIKSJONER: optional(
    'Arkivets koder (M500) for våre, som Unntatt offentlighet=UO. * er alle andre. Utelatt: det som skal skjermes, sendes ikke.',
    { pattern: PAIRS }
  ),
  N5TG_METADATA: optional(
    'Forstavelsen til Arkivbros felter (M711) slik de er registrert i arkivet, som vnd-kommune-v1. Utelatt: sendes ikke.',
    { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }
  ),
  N5TG_MERKNADSTYPE: Type.String({ default: 'MS', minLength: 1, description: 'Arkivets merknadstype (M084).' }),
  N5TG_FILE_MB_MAX: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description:
        'Største fil arkivet tar imot, i MB. Større filer er for et menneske. Utelatt: arkivet sier fra selv.'
    })
  ),
  N5TG_TIMEOUT_SECONDS: Type.Number({
    default: 30,
    exclusiveMinimum: 0,
    maximum: 240,
    description: 'Hvor lenge arkivet får bruke på et svar. Filer får ett sekund i tillegg for hver MB.'
  })
})
export type Settings = Readonly<Static<typeof Settings>>

const needed: Record<Settings['N5TG_AUTH'], readonly (keyof Settings)[]> = {
  'oidc-client-credentials': ['N5TG_CLIENT_ID', 'N5TG_CLIENT_SECRET'],
  'oidc-password': ['N5TG_USER', 'N5TG_PASSWORD', 'N5TG_CLIENT_ID'],
  basic: ['N5TG_USER', 'N5TG_PASSWORD']
}

/** What the way of signing in needs and was not given. One line each, never with a value. */
export const missingIn = (settings: Settings): readonly string[] =>
  needed[settings.N5TG_AUTH]
    .filter((name) => settings[name] === undefined)
    .map((name) => `  ${name} mangler. N5TG_AUTH er «${settings.N5TG_AUTH}», og den trenger ${name}.`)

/** `KORR=B,*=A` as a table. */
export const pairsIn = (value: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (value ?? '').split(',').flatMap((pair) => {
      const [from = '', to = ''] = pair.split('=').map((part) => part.trim())
      return from !== '' && to !== '' ? [[from, to] as const] : []
    })
  )
