import { Type } from 'typebox'
import { ref } from './ref.ts'

const roles = ['servicetorget', 'moderation', 'archivist', 'kriseledelse', 'admin'] as const
const scopes = [
  'inquiries:write',
  'attachments:write',
  'inquiries:read',
  'records:read',
  'inquiries:act',
  'follow-ups:write',
  'guideline:manage',
  'crisis:lead',
  'overview:read',
  'metrics:read',
  'administrators:read',
  'administrators:manage',
  'webhooks:manage',
  'callbacks:manage',
  'keys:manage'
] as const

const Role = Type.Unsafe<(typeof roles)[number]>({ type: 'string', enum: [...roles] })
const Scopes = Type.Array(Type.Unsafe<(typeof scopes)[number]>({ type: 'string', enum: [...scopes] }), {
  maxItems: scopes.length,
  uniqueItems: true
})

export const KeyInput = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 200, description: 'Hvem eller hva nøkkelen er for.' }),
    role: Role,
    scopes: Type.Optional(Scopes)
  },
  {
    $id: 'KeyInput',
    additionalProperties: false,
    examples: [{ label: 'Servicetorget, skjema på nett', role: 'servicetorget' }]
  }
)

export const Key = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    role: Role,
    scopes: Scopes,
    madeAt: Type.String({ format: 'date-time' }),
    madeBy: Type.String(),
    revokedAt: Type.Optional(Type.String({ format: 'date-time' }))
  },
  { $id: 'Key' }
)

export const MadeKey = Type.Object(
  {
    key: ref(Key),
    token: Type.String({ description: 'Vises bare denne ene gangen. Send den som «Authorization: Bearer …».' })
  },
  { $id: 'MadeKey' }
)

export const KeyList = Type.Object({ keys: Type.Array(ref(Key)) }, { $id: 'KeyList' })
