import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { appointMarkers } from './appointed.ts'
import { type RunningService, startBuilt } from './built-service.ts'
import { freshEnvironment } from './setup.ts'

/**
 * The environment of an installation as this project has it: the true embedded default, with no database or queue to
 * be told of; PostgreSQL; or PostgreSQL and Redis.
 */
export async function freshInstallation(changes: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  const { DATABASE_URL, ...env } = await freshEnvironment({ LOG_LEVEL: 'info', RENDER_PROCESSES: '2', ...changes })
  if (!isEmbedded()) return { ...env, DATABASE_URL }
  endServerOf(env.DATA_FOLDER ?? '')
  return env
}

/** Whether this project's database is the embedded one, which answers on a Unix socket. */
export const isEmbedded = (): boolean => inject('databaseServer').includes('host=')

/** Starts the built program and waits until it answers, or works, with those appointed who mark; it ends with the test. Throws DidNotStart. */
export async function runService(
  env: NodeJS.ProcessEnv,
  command: 'serve' | 'worker' = 'serve'
): Promise<RunningService> {
  const service = await startBuilt(env, command)
  onTestFinished(() => service.kill())
  if (command === 'serve') await appointMarkers(service)
  return service
}

/** A service that is killed leaves its embedded server behind; no test may. */
function endServerOf(dataFolder: string): void {
  onTestFinished(() => killServerOf(dataFolder))
}

/** Kills the embedded server of a data folder, when one runs. */
export function killServerOf(dataFolder: string): void {
  const file = join(dataFolder, 'postgres', 'cluster', 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid < 2 || !existsSync(`/proc/${pid}/comm`)) return
  if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres') process.kill(pid, 'SIGKILL')
}
