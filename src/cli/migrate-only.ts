import { loadConfig } from '../config.ts'
import { openBackend } from '../jobs/backend.ts'
import { openLog } from '../log.ts'
import { openDatabasePlace, queueSettings } from '../parts.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'

/** Brings the database to this release and says what was done. Safe beside running services and other migrations. */
export async function migrateOnly(env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(env)
  const log = openLog('warn')
  const place = await openDatabasePlace(config, log)
  const db = openDatabase({ url: place.url, connectionsMax: 2, onError: () => undefined })
  try {
    const applied = await migrate(db)
    console.log(
      applied.length > 0 ? `Databasen er oppgradert: ${applied.join(', ')}.` : 'Databasen er allerede oppdatert.'
    )
    const backend = await openBackend(queueSettings(config, place.url), () => undefined)
    await backend.close()
    return 0
  } finally {
    await db.destroy()
    await place.embedded?.stop()
  }
}
