import { type Static, Type } from 'typebox'
import { reason } from './actions.ts'
import { WORD_PATTERN } from './inquiry.ts'
import { InquirySummary } from './inquiry-views.ts'
import { ref } from './ref.ts'
import { Uuid } from './uuid.ts'

const closed = { additionalProperties: false } as const
const instant = (description: string) => Type.String({ format: 'date-time', description })

const given = (description: string) => Type.String({ format: 'date-time', maxLength: 40, description })

const kinds = ['retry', 'ask', 'dismiss', 'hold', 'release'] as const
const action = Type.Unsafe<(typeof kinds)[number]>({
  type: 'string',
  enum: [...kinds],
  description: 'retry: prøv igjen. ask: spør arkivet. dismiss: avvis. hold: sett på vent. release: slipp.'
})

const states = ['received', 'in-review', 'ready', 'awaiting-receipt', 'unknown-outcome', 'needs-action'] as const

export const SelectionInput = Type.Object(
  {
    states: Type.Array(Type.Unsafe<(typeof states)[number]>({ type: 'string', enum: [...states] }), {
      minItems: 1,
      maxItems: states.length,
      uniqueItems: true,
      description: 'Tilstandene de står i.'
    }),
    code: Type.Optional(
      Type.String({ pattern: WORD_PATTERN, maxLength: 100, description: 'Koden for feilen de står med.' })
    ),
    source: Type.Optional(Type.String({ pattern: WORD_PATTERN, maxLength: 100, description: 'Kanalen de kom fra.' })),
    receivedFrom: Type.Optional(given('Mottatt fra og med.')),
    receivedTo: Type.Optional(given('Mottatt før.'))
  },
  { $id: 'SelectionInput', ...closed, description: 'Henvendelser som oppfyller alt.' }
)
export type SelectionInput = Static<typeof SelectionInput>

export const BulkPreviewInput = Type.Object(
  { selection: ref(SelectionInput) },
  {
    $id: 'BulkPreviewInput',
    ...closed,
    examples: [{ selection: { states: ['needs-action'], code: 'archive-auth' } }]
  }
)

export const BulkActionInput = Type.Object(
  {
    action,
    selection: ref(SelectionInput),
    count: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Antallet forhåndsvisningen ga.' }),
    perMinute: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 6_000, description: 'Hvor mange i minuttet. Utelatt: 60.' })
    ),
    reason
  },
  {
    $id: 'BulkActionInput',
    ...closed,
    examples: [
      {
        action: 'retry',
        selection: { states: ['needs-action'], code: 'archive-auth' },
        count: 12,
        reason: 'Passordet til arkivet er rettet.'
      }
    ]
  }
)

export const BulkPreview = Type.Object(
  {
    count: Type.Integer({ description: 'Hvor mange utvalget har nå.' }),
    sample: Type.Array(ref(InquirySummary), { description: 'De eldste av dem.' })
  },
  { $id: 'BulkPreview' }
)

export const BulkAction = Type.Object(
  {
    id: Uuid(),
    action,
    reason: Type.String(),
    perMinute: Type.Integer(),
    madeAt: instant('Når den ble bestemt.'),
    madeBy: Type.String({ examples: ['key:4f1d0a7c9be2'] }),
    state: Type.Unsafe<'running' | 'ended' | 'cancelled'>({ type: 'string', enum: ['running', 'ended', 'cancelled'] }),
    endedAt: Type.Optional(instant('Når den var ferdig eller ble avbrutt.')),
    cancelledBy: Type.Optional(Type.String()),
    total: Type.Integer({ description: 'Hvor mange den gjelder.' }),
    done: Type.Integer({ description: 'Hvor mange det er gjort med.' }),
    refused: Type.Record(Type.String(), Type.Integer(), {
      description: 'Hvor mange det ikke kunne gjøres med, etter koden for hvorfor.'
    })
  },
  { $id: 'BulkAction' }
)

export const BulkActionList = Type.Object({ actions: Type.Array(ref(BulkAction)) }, { $id: 'BulkActionList' })

export const bulkShapes = [SelectionInput, BulkPreviewInput, BulkActionInput, BulkPreview, BulkAction, BulkActionList]
