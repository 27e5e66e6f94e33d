import { type Standstill, standstillOf } from '../domain/archive-gate.ts'
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
  | { readonly kind: Standstill }

/** Why deliveries stand still, when they do. */
export const standstill = async ({ store, archive }: NeedsPersonDeps): Promise<Standstill | undefined> =>
  standstillOf(await store.gate.look(archive.name))

/** The states by which an inquiry, and what waits for it, stands on the list «Trenger handling». */
export const statesThatAsk = (still: Standstill | undefined): readonly InquiryState[] =>
  askingStates(still !== undefined)

/** What each of them waits for, of those that stand on the list for the sake of something else. */
export async function withObstacles<One extends StoredInquiry>(
  { store }: Pick<NeedsPersonDeps, 'store'>,
  still: Standstill | undefined,
  all: readonly One[]
): Promise<readonly (One & { readonly obstacle?: Obstacle })[]> {
  return Promise.all(
    all.map(async (one) => {
      const obstacle = await obstacleOf(store, still, one)
      return obstacle ? { ...one, obstacle } : one
    })
  )
}

async function obstacleOf(
  { inquiries }: Pick<Store, 'inquiries'>,
  still: Standstill | undefined,
  { inquiry, status }: StoredInquiry
): Promise<Obstacle | undefined> {
  const met = [inquiry.id]
  for (let ahead = status; ; ) {
    if (askingStates(false).includes(ahead.state)) return obstacleBy(met, ahead.state)
    if (still && askingStates(true).includes(ahead.state)) return { kind: still }
    if (ahead.state !== 'received' || ahead.waitsFor === undefined || met.includes(ahead.waitsFor)) return undefined
    met.push(ahead.waitsFor)
    ahead = (await inquiries.get(ahead.waitsFor)).status
  }
}

/** Whoever stands where a person is asked for its own sake says itself what it needs. */
function obstacleBy(met: readonly string[], state: InquiryState): Obstacle | undefined {
  const [, ...others] = met
  const id = others.at(-1)
  return id === undefined ? undefined : { kind: 'inquiry', id, state }
}
