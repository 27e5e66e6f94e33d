import type { PlatformNormaliser } from '../../../src/flow/ports.ts'
import { normalise } from './normalise.ts'

/** Facebook Pages and Messenger: Graph API objects and webhook bodies. */
export const facebook: PlatformNormaliser = {
  name: 'facebook',
  displayName: 'Facebook',
  description:
    'Et innlegg, en kommentar, en melding eller en anmeldelse slik Graph API gir den, eller et webhook-varsel fra en Facebook-side eller Messenger. Varselet må gjelde én henvendelse. Likerklikk, reaksjoner, slettinger, leverings- og lesekvitteringer og kommunens egne innlegg er ikke henvendelser og blir avvist.',
  normalise
}
