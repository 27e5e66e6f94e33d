import type { PlatformNormaliser } from '../../../src/flow/ports.ts'
import { normalise } from './normalise.ts'

/** Mastodon: what the REST API, the streaming API and the administrators' webhooks give. */
export const mastodon: PlatformNormaliser = {
  name: 'mastodon',
  displayName: 'Mastodon',
  description:
    'Et innlegg (Status) slik Mastodon gir det, alene eller i et varsel, en strømmehendelse eller en webhook. Tråden kan følge med som { status, context }. Favoritter, delinger, følgere og slettinger er ikke henvendelser og blir avvist.',
  normalise
}
