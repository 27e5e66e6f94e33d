import type { Decision } from '../domain/decision.ts'
import { Refused } from '../domain/errors.ts'
import type { OwnPage, OwnPages } from '../domain/own-page.ts'
import type { LatelyRead } from './lately-read.ts'
import type { Clock } from './ports.ts'
import type { OwnPageStore } from './store-port.ts'

export interface OwnPageDeps {
  readonly pages: OwnPageStore
  /** What intake knows of them, told of each change. */
  readonly ownPages: Pick<LatelyRead<unknown>, 'forget'>
  readonly now: Clock
}

/**
 * Says which accounts are ours, in place of what stood in `version`. Throws Refused('page-not-recognisable'),
 * Conflict('pages-changed').
 */
export async function replaceOwnPages(
  { pages: store, ownPages, now }: OwnPageDeps,
  pages: readonly OwnPage[],
  { version, ...decision }: Decision & { readonly version: number }
): Promise<OwnPages> {
  const pointers = pages.flatMap(({ accountId, handle, profileUrl }, n) =>
    (accountId ?? handle ?? profileUrl) === undefined
      ? [{ pointer: `/pages/${n}`, detail: 'mangler accountId, handle og profileUrl' }]
      : []
  )
  if (pointers.length > 0) throw notRecognisable(pointers)
  const changedAt = now()
  // Also when nobody knows how it ended: it may have been kept.
  await store.replace(version + 1, pages, changedAt, decision).finally(ownPages.forget)
  return { version: version + 1, pages, changedAt, changedBy: decision.actor }
}

const notRecognisable = (pointers: Refused['pointers']) =>
  new Refused(
    'page-not-recognisable',
    'Navnet alene skiller ikke en side fra andre som kaller seg det samme. Ingenting er lagret. Oppgi kontoens id, brukernavn eller adresse.',
    pointers
  )
