import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { InvalidConfig, loadConfig } from '../config.ts'
import { openLog } from '../log.ts'
import { type Running, startService } from '../service.ts'

/** The API, and the work too unless SERVE_WORKS is false. */
export async function serve(env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(env)
  const log = openLog(config.LOG_LEVEL)
  const running = await startService({ config, env, log, api: true, work: config.SERVE_WORKS })
  log.info({ address: running.address }, 'listening')
  if (running.adminKey !== undefined) {
    // The one place where a key is shown, and not in the log.
    console.log(firstKeyText(running.adminKey, config.DATA_FOLDER))
  }
  return untilStopped(running, config.STOP_SECONDS, log)
}

/** Work only; it needs a database that others can reach. */
export async function work(env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(env)
  if (config.DATABASE_URL === undefined) {
    throw new InvalidConfig(
      '«worker» deler database med andre prosesser og trenger derfor DATABASE_URL. Alt i én prosess: bruk «serve».'
    )
  }
  const log = openLog(config.LOG_LEVEL)
  const running = await startService({ config, env, log, api: false, work: true })
  log.info({}, 'working')
  return untilStopped(running, config.STOP_SECONDS, log)
}

/**
 * Waits for a signal, for an error that nobody caught, or for the service to break; stops it in order and ends the
 * process: with 0 after a signal, with 1 otherwise, and when stopping takes too long.
 */
export function untilStopped(running: Running, stopSeconds: number, log: Logger): Promise<number> {
  return new Promise((done) => {
    let stopping = false
    let brokenBy: string | undefined
    const grace = closeWithGrace({ delay: (stopSeconds + 10) * 1_000, logger: false }, async ({ err }) => {
      stopping = true
      if (err) log.fatal({ err }, 'an error that nobody caught')
      await running.stop()
      if (brokenBy !== undefined) throw new Error(brokenBy)
      done(0)
    })
    void running.broken.then((why) => {
      if (stopping) return
      console.error(why)
      brokenBy = why
      grace.close()
    })
  })
}

const firstKeyText = (key: string, dataFolder: string) => {
  const [id, secret] = key.split('.', 2)
  return `\nFørste start. Administratornøkkelen, som også ligger i ${dataFolder}/admin-key:\n  nøkkel:     ${key}\n  i nettleser: brukernavn ${id}, passord ${secret}\n`
}
