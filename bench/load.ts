import { createRequire } from 'node:module'

interface Load {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** Requests a second in all; as many as the server takes when absent. */
  readonly rate?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: () => object
}

export interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly refused: number
}

type Autocannon = (options: object) => Promise<{
  readonly requests: { readonly average: number }
  readonly latency: { readonly p50: number; readonly p99: number }
  readonly non2xx: number
  readonly errors: number
}>

// It comes without types.
const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon

/** POSTs a new body each time, from a thread of its own, and tells how it went. */
export async function load({ url, connections, seconds, rate, headers = {}, body }: Load): Promise<LoadResult> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        setupRequest: (request: object) => ({ ...request, body: JSON.stringify(body()) })
      }
    ]
  })
  const { requests, latency, non2xx, errors } = result
  return { perSecond: requests.average, p50Ms: latency.p50, p99Ms: latency.p99, refused: non2xx + errors }
}
