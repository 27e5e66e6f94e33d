import type { TestProject } from 'vitest/node'
import { setup as setupEmbedded } from './setup-embedded.ts'
import { setup as setupPostgres } from './setup-postgres.ts'
import { postgresPrograms } from './start-postgres.ts'
import { startRedis } from './start-redis.ts'

/** PostgreSQL for data, Redis for the queue. */
export async function setup(project: TestProject) {
  const redis = await startRedis()
  const stopDatabase = await (postgresPrograms() ? setupPostgres(project) : setupEmbedded(project))
  project.provide('redisPort', redis.port)
  return async () => {
    await stopDatabase()
    await redis.stop()
  }
}
