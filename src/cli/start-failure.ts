import { InvalidConfig } from '../config.ts'
import { UnsuitableRedis } from '../jobs/redis.ts'
import { EmbeddedPostgresError } from '../store/embedded/embedded-postgres-error.ts'

/** What a person can do about failures of the surroundings, by the code that Node or PostgreSQL (SQLSTATE) gives. */
const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Porten er opptatt. Stopp det som bruker den, eller velg en annen med PORT.',
  EADDRNOTAVAIL: 'Adressen i HOST finnes ikke på denne maskinen.',
  EACCES: 'Tjenesten har ikke tilgang. Sjekk rettighetene til DATA_FOLDER, eller velg en port over 1023.',
  ECONNREFUSED: 'Ingen svarer på adressen. Sjekk DATABASE_URL og REDIS_URL, og at serverne går.',
  ENOTFOUND: 'Vertsnavnet finnes ikke. Sjekk DATABASE_URL og REDIS_URL.',
  ETIMEDOUT: 'Serveren svarte ikke i tide. Sjekk DATABASE_URL og REDIS_URL, og brannmuren mellom dem.',
  '28P01': 'Databasen godtar ikke passordet i DATABASE_URL.',
  '28000': 'Databasen godtar ikke brukeren i DATABASE_URL.',
  '3D000': 'Databasen som DATABASE_URL nevner finnes ikke. Lag den, eller rett navnet.',
  '42501': 'Databasebrukeren har ikke lov til å lage tabeller. Gi den rettigheter i databasen.'
}

/** The failure in words a person can act on; undefined for what nobody foresaw. */
export function startFailure(error: unknown): string | undefined {
  if (error instanceof InvalidConfig || error instanceof EmbeddedPostgresError || error instanceof UnsuitableRedis) {
    return error.message
  }
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  const remedy = typeof code === 'string' ? remedies[code] : undefined
  return remedy === undefined ? undefined : `${remedy} (${String(code)})`
}
