import Fastify from 'fastify'
import { Pool } from 'pg'
import { loadConfig } from '../src/config.ts'
import { openLog } from '../src/log.ts'
import { startService } from '../src/service.ts'
import { appointMarkers } from '../test/support/appointed.ts'
import { callerOf } from '../test/support/caller.ts'
import { ADMIN_KEY } from './key.ts'

/** One of the two servers that the intake benchmark compares, in a process of its own; says where it listens. */
const address = process.argv[2] === 'bare' ? await bare() : await arkivbro()
process.send?.({ address })

/** What nobody can do with less: Fastify, one pool, one INSERT. */
async function bare(): Promise<string> {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 16 })
  await pool.query('create table if not exists bare (id bigint generated always as identity primary key, body jsonb)')
  const app = Fastify()
  app.post('/v1/inquiries', async (request, reply) => {
    await pool.query('insert into bare (body) values ($1)', [JSON.stringify(request.body)])
    return reply.code(202).send({ status: 'ok' })
  })
  return app.listen({ host: '127.0.0.1', port: 0 })
}

async function arkivbro(): Promise<string> {
  const config = loadConfig(process.env)
  const running = await startService({ config, env: process.env, log: openLog('silent'), api: true, work: false })
  const { address = '' } = running
  await appointMarkers(callerOf(address, ADMIN_KEY))
  return address
}
