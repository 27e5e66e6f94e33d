import { Type } from 'typebox'
import { WORD_PATTERN } from './inquiry.ts'

const closed = { additionalProperties: false } as const

/** Why a person does something. Every action asks for it. */
export const reason = Type.String({
  pattern: WORD_PATTERN,
  minLength: 3,
  maxLength: 2_000,
  description: 'Begrunnelsen. Den tas vare på og vises i tidslinjen.'
})

export const DecisionInput = Type.Object(
  { reason },
  { $id: 'DecisionInput', ...closed, examples: [{ reason: 'Innlegget gjelder en annen kommune.' }] }
)
