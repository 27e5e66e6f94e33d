import { Cluster, Redis, type RedisOptions } from 'ioredis'

type Connection = Redis | Cluster

/** All our keys share one hash tag, so that a cluster keeps them in one slot (BullMQ's scripts need that). */
export const REDIS_PREFIX = '{arkivbro}'

/** A Redis that may throw away keys would lose jobs in silence; the service does not start on one. */
export class UnsuitableRedis extends Error {
  override readonly name = 'UnsuitableRedis'
}

/**
 * How long something asked may be without an answer before the connection counts as dead: longer than any wait of
 * BullMQ's for a job. One that leads nowhere is otherwise noticed after a quarter of an hour.
 */
const SILENT_MS_MAX = 15_000

/**
 * Opens `redis://host`, `rediss://host`, `redis+sentinel://host:26379,host2:26379/name` or
 * `redis+cluster://host:7000,host2:7001`. `blocking` connections wait for ever, as BullMQ's workers must; the others
 * fail at once while there is no connection.
 */
export function connectRedis(url: string, { blocking }: { readonly blocking: boolean }): Connection {
  const options = {
    maxRetriesPerRequest: blocking ? null : 1,
    enableOfflineQueue: blocking,
    connectTimeout: 10_000,
    socketTimeout: SILENT_MS_MAX,
    ...(blocking ? {} : { commandTimeout: 10_000 }),
    retryStrategy: (times: number) => Math.min(times * 100, 2_000),
    lazyConnect: true
  } satisfies RedisOptions
  const [, scheme = '', credentials, hosts = '', path = ''] =
    /^(redis(?:s|\+sentinel|\+cluster)?):\/\/(?:([^@/]*)@)?([^/?]*)\/?([^?]*)/.exec(url) ?? []
  if (scheme === 'redis+sentinel') {
    return new Redis({ ...options, ...login(credentials), sentinels: nodes(hosts, 26_379), name: path || 'mymaster' })
  }
  if (scheme === 'redis+cluster') {
    return new Cluster(nodes(hosts, 6_379), {
      redisOptions: { ...options, ...login(credentials) },
      enableOfflineQueue: blocking,
      lazyConnect: true,
      clusterRetryStrategy: (times) => Math.min(times * 100, 2_000)
    })
  }
  return new Redis(url, options)
}

const nodes = (hosts: string, portDefault: number) =>
  hosts.split(',').map((host) => {
    const [name = 'localhost', port] = host.split(':')
    return { host: name, port: port ? Number(port) : portDefault }
  })

function login(credentials: string | undefined): { username?: string; password?: string } {
  if (!credentials) return {}
  const [username = '', password] = credentials.split(':').map(decodeURIComponent)
  return password === undefined ? { password: username } : { ...(username && { username }), password }
}

/** Throws UnsuitableRedis unless every master keeps its keys when memory runs out. */
export async function checkEviction(connection: Connection): Promise<void> {
  const masters = connection instanceof Cluster ? connection.nodes('master') : [connection]
  for (const master of masters) {
    const policy = /maxmemory_policy:(\S+)/.exec(await master.info('memory'))?.[1]
    if (policy !== 'noeviction') {
      throw new UnsuitableRedis(
        `Redis har maxmemory-policy «${policy ?? 'ukjent'}» og kan kaste jobber når minnet er fullt. Sett maxmemory-policy til noeviction og start på nytt.`
      )
    }
  }
}
