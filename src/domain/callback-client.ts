import type { InquiryKind } from './inquiry.ts'

/** How to read a moderation tool's callbacks: who signs them, and what the tool's own words mean here. */
export interface CallbackRegistration {
  readonly name: string
  /** PEM (SubjectPublicKeyInfo) of the RSA key that the callbacks are signed with. */
  readonly publicKey: string
  /** The channel whose posts the tool moderates. */
  readonly source: string
  readonly fields: ContentFields
  /** What items of a type are; a post, for a type that is not listed. */
  readonly kinds: readonly { readonly typeId: string; readonly kind: InquiryKind }[]
  readonly actions: readonly ActionMeaning[]
  /** In order of weight: of the policies that a callback names, the first one here gives the category. */
  readonly policies: readonly { readonly id: string; readonly category: string }[]
}

/** Where in a callback the post stands, each as a JSON pointer (RFC 6901). */
export interface ContentFields {
  readonly text: string
  readonly authorName?: string
  readonly authorId?: string
  readonly permalink?: string
  readonly publishedAt?: string
}

/** An action that makes the post an inquiry, of this category if it says one, or that is nothing to us. */
export type ActionMeaning =
  | { readonly id: string; readonly means: 'inquiry'; readonly category?: string }
  | { readonly id: string; readonly means: 'ignore' }

/** A moderation tool that is registered. */
export interface CallbackClient extends CallbackRegistration {
  readonly id: string // UUIDv7
  /** 1 as registered; each change is one more, and the earlier ones stand. */
  readonly version: number
  /** SHA-256 of the public key's DER, in lower-case hex. */
  readonly keySha256: string
  readonly changedAt: Date
  readonly changedBy: string
  /** Nothing that it signs counts any longer. */
  readonly endedAt?: Date
}

/** How the audit log names a tool that hands something in. */
export const actorOf = ({ id }: Pick<CallbackClient, 'id'>): string => `callback:${id}`
