import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Migration, type MigrationProvider, Migrator, sql } from 'kysely'
import type { Database } from './database.ts'

/** The `.sql` files of the release, found from both `src/store` and `dist/src/store`. */
async function migrationFolder(): Promise<string> {
  for (const path of ['../../schemas/database/', '../../../schemas/database/']) {
    const folder = fileURLToPath(new URL(path, import.meta.url))
    const names = await readdir(folder).catch(() => [])
    if (names.some((name) => name.endsWith('.sql'))) return folder
  }
  throw new Error('The folder schemas/database is missing from this installation.')
}

const provider: MigrationProvider = {
  async getMigrations() {
    const folder = await migrationFolder()
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
    const migrations = names.map(async (name): Promise<[string, Migration]> => {
      const script = await readFile(`${folder}/${name}`, 'utf8')
      return [name.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(script).execute(db)) }]
    })
    return Object.fromEntries(await Promise.all(migrations))
  }
}

/**
 * Applies every migration not yet applied, in name order, in one transaction under an advisory lock: any number of
 * processes may start at once. Forward only. Gives the names applied by this call.
 */
export async function migrate(db: Database): Promise<readonly string[]> {
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}
