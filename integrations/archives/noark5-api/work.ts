import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'
import type { CallContext } from '../../../src/flow/ports.ts'
import { follow } from './client.ts'
import { isRefusal } from './failure.ts'
import type { Mapping } from './mapping.ts'
import type { Entry, WantedPlace } from './places.ts'
import { type Resource, text } from './resource.ts'

/** One try at a plan: what is to be done, at which archive, in which words. */
export interface Work extends Mapping {
  readonly plan: ArchivePlan
  readonly ctx: CallContext
  readonly entry: Entry
  readonly place: WantedPlace
  readonly bytesInOneGoMax: number
  /** What this try has made, by the archive's own answer: nothing of ours can stand under it from before. */
  readonly made: WeakSet<Resource>
}

/** One object that is to stand in the archive once. */
export interface Wanted {
  /** Name of the step in the ledger, and what it is called to people; nothing personal. */
  readonly step: string
  /** What it stands under. */
  readonly under?: Resource
  look(): Promise<Resource | undefined>
  create(): Promise<Resource>
  /** Whether a second one would do no harm. */
  readonly safeToRepeat?: boolean
}

/**
 * Looks before it creates, and never creates twice blindly: a create that was begun and did not end is left to the
 * flow, which gives the archive time and then looks again. So the archive, not the ledger, decides what there is.
 */
export async function once({ ctx, made }: Work, wanted: Wanted): Promise<Resource> {
  const { step, under, look, create, safeToRepeat = false } = wanted
  const known = under && made.has(under) ? undefined : await look()
  if (known) return known
  let answered: Resource | undefined
  const run = async () => {
    answered = await create().then(
      (created) => {
        made.add(created)
        return created
      },
      async (error: unknown) => {
        const kept = isRefusal(error) ? await look() : undefined
        if (!kept) throw error
        return kept
      }
    )
    return text(answered, 'systemID') ?? ''
  }
  await ctx.step(step, run, { safeToRepeat })
  const kept = answered ?? (await look())
  if (kept) return kept
  throw new ArchiveFailure(
    'needs-human',
    `Arkivet hadde tatt imot ${step}, men viser det ikke nå. Se i arkivet før du prøver igjen.`
  )
}

/** The object as the archive shows it now, with its version. */
export const readAgain = ({ entry: { client, call } }: Work, object: Resource, what: string): Promise<Resource> =>
  client.get(follow(object, 'self', what), { call, what })

/** Creates something under an object, by the rel it offers for that. */
export const createUnder = async (
  { entry: { client, call } }: Work,
  parent: Resource,
  { rel, body, what }: { readonly rel: string; readonly body: object; readonly what: string }
): Promise<Resource> => client.create(follow(parent, rel, `å opprette ${what}`), body, { call, what })

/** What stands under an object by a rel; nothing when the archive does not offer the rel. */
export async function listUnder(
  { entry: { client, call } }: Work,
  parent: Resource,
  rel: string,
  what: string,
  filter?: string
): Promise<readonly Resource[]> {
  const href = parent.links.get(rel)
  if (href === undefined) return []
  return client.list(href, { call, what, ...(filter !== undefined && { filter }) })
}
