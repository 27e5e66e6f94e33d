import type { Call, Client } from './client.ts'
import { type Entry, enter } from './places.ts'
import { rels } from './rels.ts'
import { whole } from './resource.ts'

/** For how long what the archive shows at its entrance is believed; a failure ends it at once. */
const BELIEVED_MS = 60_000

/** Largest file in one go when the archive does not say (N5TG 1.1, chapter 6, «bulkgrense»). */
const BYTES_IN_ONE_GO_MAX = 157_286_400

export interface Entered {
  readonly entry: Entry
  readonly bytesInOneGoMax: number
}

export interface Entrance {
  enter(call: Call): Promise<Entered>
  forget(): void
}

/** The way into the archive, the same for all deliveries of the same minute. */
export function entrance(client: Client): Entrance {
  let shown: { readonly entered: Entered; readonly until: number } | undefined
  return {
    async enter(call) {
      if (shown && performance.now() < shown.until) {
        const { entry, ...rest } = shown.entered
        return { entry: { ...entry, call }, ...rest }
      }
      const until = performance.now() + BELIEVED_MS
      const entry = await enter(client, call)
      const entered = { entry, bytesInOneGoMax: await bytesInOneGoMax(entry) }
      shown = { entered, until }
      return entered
    },
    forget() {
      shown = undefined
    }
  }
}

/** The archive's own limit; 0 is none. Not every server tells. */
async function bytesInOneGoMax({ client, call, root }: Entry): Promise<number> {
  const admin = root.links.get(rels.admin)
  if (admin === undefined) return BYTES_IN_ONE_GO_MAX
  const what = 'opplysningene om arkivet'
  const href = (await client.get(admin, { call, what })).links.get(rels.system)
  if (href === undefined) return BYTES_IN_ONE_GO_MAX
  const [system] = await client.list(href, { call, what })
  const limit = system && whole(system, 'bulkgrense')
  return limit === 0 ? Number.POSITIVE_INFINITY : (limit ?? BYTES_IN_ONE_GO_MAX)
}
