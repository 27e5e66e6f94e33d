// A service that does nothing but own an embedded database. Speaks one JSON object a line on stdout.
import pg from 'pg'
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.ts'
import type { EmbeddedPostgresError } from '../../../src/store/embedded/embedded-postgres-error.ts'

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const [folder = '', options = '{}'] = process.argv.slice(2)

try {
  const log = (message: string) => say({ log: message })
  const server = await startEmbeddedPostgres({ folder, log, ...JSON.parse(options) })
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => undefined)
  await client.connect()
  void server.exited.then((exit) => say({ exited: exit }))
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
  process.on('SIGINT', async () => {
    const { rows } = await client.query('select 1 as answer')
    say({ drained: rows })
    await server.stop()
    process.exit(0)
  })
  say({ ready: server.url, connection: server.connection })
} catch (error) {
  const { code, message, cause } = error as EmbeddedPostgresError
  say({ refused: code, message, cause: String(cause) })
  process.exit(1)
}
