import { askingStates, type InquiryState } from '../domain/inquiry.ts'
import type { ArchiveConnector } from './ports.ts'
import type { Store, StoredInquiry } from './store-port.ts'

export interface NeedsPersonDeps {
  readonly store: Pick<Store, 'inquiries' | 'gate'>
  readonly archive: Pick<ArchiveConnector, 'name'>
}

/** What a person must do first, outside an inquiry, for it to go on: with another that it waits for, or with the deliveries. */
export type Obstacle =
  | { readonly kind: 'inquiry'; readonly id: string; readonly state: InquiryState }
  | { readonly kind: 'pause' }

/** The states by which an inquiry, and what waits for it, stands on the list «Trenger handling». */
export const statesThatAsk = async ({ store, archive }: NeedsPersonDeps): Promise<readonly InquiryState[]> =>
  askingStates((await store.gate.look(archive.name)).paused !== undefined)

/** What each of them waits for, of those that stand on the list for the sake of something else. */
export async function withObstacles<One extends StoredInquiry>(
  deps: NeedsPersonDeps,
  all: readonly One[]
): Promise<readonly (One & { readonly obstacle?: Obstacle })[]> {
  const asking = await statesThatAsk(deps)
  return Promise.all(
    all.map(async (one) => {
      const obstacle = await obstacleOf(deps, asking, one)
      return obstacle ? { ...one, obstacle } : one
    })
  )
}

async function obstacleOf(
  { store }: NeedsPersonDeps,
  asking: readonly InquiryState[],
  { inquiry, status }: StoredInquiry
): Promise<Obstacle | undefined> {
  const met = [inquiry.id]
  for (let ahead = status; ; ) {
    if (asking.includes(ahead.state)) return obstacleBy(met, ahead.state)
    if (ahead.state !== 'received' || ahead.waitsFor === undefined || met.includes(ahead.waitsFor)) return undefined
    met.push(ahead.waitsFor)
    ahead = (await store.inquiries.get(ahead.waitsFor)).status
  }
}

/** Whoever stands where a person is asked for its own sake says itself what it needs. */
function obstacleBy(met: readonly string[], state: InquiryState): Obstacle | undefined {
  if (!askingStates(false).includes(state)) return { kind: 'pause' }
  const [last = ''] = met.slice(1).slice(-1)
  return met.length > 1 ? { kind: 'inquiry', id: last, state } : undefined
}
