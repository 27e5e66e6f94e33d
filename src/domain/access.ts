/** What a caller may do. */
export const scopes = [
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
export type Scope = (typeof scopes)[number]

export const roles = ['servicetorget', 'moderation', 'archivist', 'kriseledelse', 'admin'] as const
export type Role = (typeof roles)[number]

/** What each role may do unless its key says less. */
export const scopesOf: Record<Role, readonly Scope[]> = {
  servicetorget: [
    ...(['inquiries:write', 'follow-ups:write', 'attachments:write', 'inquiries:read', 'overview:read'] as const),
    'administrators:read'
  ],
  moderation: ['inquiries:write', 'follow-ups:write', 'attachments:write', 'inquiries:read', 'administrators:read'],
  archivist: [
    ...(['inquiries:read', 'records:read', 'inquiries:act', 'follow-ups:write', 'attachments:write'] as const),
    ...(['overview:read', 'administrators:read'] as const)
  ],
  kriseledelse: ['inquiries:read', 'overview:read', 'crisis:lead', 'administrators:read'],
  admin: scopes
}

/** Who is calling: as the audit log names them, and what they may do. */
export interface Caller {
  readonly actor: string
  readonly role: Role
  readonly scopes: readonly Scope[]
}

export interface ApiKey {
  readonly id: string
  readonly label: string
  readonly role: Role
  readonly scopes: readonly Scope[]
  readonly madeAt: Date
  readonly madeBy: string
  readonly revokedAt?: Date
}
