import { Type } from 'typebox'
import { reason } from './actions.ts'

const instant = Type.String({ format: 'date-time' })

export const PauseInput = Type.Object(
  { reason },
  { $id: 'PauseInput', additionalProperties: false, examples: [{ reason: 'Arkivet oppgraderes fram til kl. 14.' }] }
)

export const ArchiveStatus = Type.Object(
  {
    name: Type.String({ examples: ['folder'], description: 'Arkivet det leveres til.' }),
    state: Type.Unsafe<'up' | 'slow' | 'down'>({ type: 'string', enum: ['up', 'slow', 'down'] }),
    message: Type.String({ examples: ['Arkivmappen er klar.'], description: 'Hvordan det står til, på norsk.' }),
    deliveries: Type.Unsafe<'open' | 'trying' | 'closed' | 'paused'>({
      type: 'string',
      enum: ['open', 'trying', 'closed', 'paused'],
      description:
        'open: leveringer går. closed: stanset en stund fordi arkivet svikter. trying: én henvendelse prøver seg. paused: et menneske har satt dem på pause.'
    }),
    unmatchedMessages: Type.Integer({
      description:
        'Meldinger fra arkivet uten kjent henvendelse: de er tatt vare på, men svarer ikke på noe Arkivbro vet at det har sendt.'
    }),
    closedUntil: Type.Optional(instant),
    paused: Type.Optional(
      Type.Object({
        at: instant,
        by: Type.String({ examples: ['key:4f1d0a7c9be2'] }),
        reason: Type.String({ examples: ['Arkivet oppgraderes fram til kl. 14.'] })
      })
    )
  },
  { $id: 'ArchiveStatus' }
)
