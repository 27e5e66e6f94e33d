import { threadRenderer } from '../src/documents/render/thread-renderer.ts'
import type { ThreadDocument, ThreadMessage } from '../src/domain/thread-document.ts'
import { type Bench, median, quantile } from './measure.ts'

const WARM_UP = 20
const TIMED = 100
const MANY = 2_000
const P95_MS_MAX = 100
/** The service's own memory after the last of many documents, over that after the first hundred. */
const GROWTH_MB_MAX = 30
const CHILD_RSS_MB_MAX = 500

/** A three-page thread, warm, one at a time; then 2,000 of them, for the memory of the service and of its processes. */
export const document: Bench = async (tell) => {
  const rss: number[] = []
  let pages = 0
  const log = (facts: Record<string, unknown>) => {
    if (typeof facts.rss === 'number') rss.push(facts.rss / 1_000_000)
    if (typeof facts.pages === 'number') pages = facts.pages
  }
  const renderer = threadRenderer({ blobs: { open: () => Promise.reject(new Error('There are no pictures.')) }, log })
  try {
    for (let n = 0; n < WARM_UP; n += 1) await renderer.render(threadOf(n))
    const times: number[] = []
    for (let n = 0; n < TIMED; n += 1) times.push(await timeOf(() => renderer.render(threadOf(n))))
    const [p50, p95] = [median(times), quantile(times, 0.95)]
    tell(`${pages} sider: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`)
    const memory: number[] = []
    for (let n = 0; n < MANY; n += 1) {
      await renderer.render(threadOf(n))
      if (n % 100 === 99) memory.push(process.memoryUsage.rss() / 1_000_000)
    }
    const growth = Math.max(...memory.slice(-5)) - (memory[1] ?? Number.NaN)
    tell(
      `${MANY} dokumenter: tjenesten vokste ${growth.toFixed(0)} MB, prosessene var på det meste ${Math.max(...rss).toFixed(0)} MB`
    )
    return {
      name: 'document',
      value: p95,
      unit: 'ms for a three-page thread, warm, p95',
      bar: `< ${P95_MS_MAX}, memory grows < ${GROWTH_MB_MAX} MB, a process < ${CHILD_RSS_MB_MAX} MB`,
      ok: p95 < P95_MS_MAX && growth < GROWTH_MB_MAX && Math.max(...rss) < CHILD_RSS_MB_MAX,
      more: { p50, pages, growthMb: growth, processMb: Math.max(...rss) }
    }
  } finally {
    await renderer.close()
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const sentence = 'Trappa ved brygga er glatt, og noen må strø den før helgen. '

const message = (role: ThreadMessage['role'], depth: number, number: number): ThreadMessage => ({
  role,
  depth,
  author: { displayName: `Innbygger ${number}`, handle: `innbygger.${number}` },
  text: `Čáhcesullo ${number} 👍🏽 ${sentence.repeat(4)}`,
  language: 'nb',
  publishedAt: new Date(1_790_000_000_000 + number * 60_000),
  permalink: `https://sosialt.example/innlegg/1001/kommentar/${number}`,
  images: [],
  notes: []
})

/** Different each time, so that nothing is remembered from the last one. */
function threadOf(number: number): ThreadDocument {
  const at = (place: number) => number * 100 + place
  return {
    title: 'Kommentar på Facebook fra Kari Nordmann',
    language: 'nb',
    inquiryId: `0199a1b2-0000-7000-8000-${String(number).padStart(12, '0')}`,
    municipality: 'Brattvik kommune',
    channel: 'Facebook',
    facts: ['Henvendelsen', 'Merkingen', 'Arkiveringen'].map((heading) => ({
      heading,
      facts: ['Kanal', 'Skrevet av', 'Publisert', 'Sto på'].map((label) => ({ label, value: `${label} ${number}` }))
    })),
    messages: [
      ...[0, 1, 2].map((depth) => message('context', depth, at(depth))),
      message('marked', 3, at(3)),
      ...[4, 5, 6, 7, 8, 9].map((place) => message('context', 3, at(place)))
    ],
    files: [{ name: 'Mottatte data', mediaType: 'application/json', size: 2_345, sha256: 'ab'.repeat(32) }],
    receivedSha256: 'ab'.repeat(32),
    dated: new Date(1_790_000_000_000)
  }
}
