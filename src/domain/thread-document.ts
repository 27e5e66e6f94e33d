import type { Author } from './inquiry.ts'

/** What the archive document shows: a title block with facts, then the thread with the marked message emphasised. */
export interface ThreadDocument {
  readonly title: string
  readonly language: 'nb' | 'nn'
  readonly inquiryId: string
  /** Shown in the running header. */
  readonly municipality: string
  readonly channel: string
  /** The title block, in order. */
  readonly facts: readonly FactGroup[]
  readonly messages: readonly ThreadMessage[]
  /** The files beside the document, as a closing list; the received data come first. */
  readonly files: readonly ListedFile[]
  /** SHA-256 of the received bytes, shown in the running footer. */
  readonly receivedSha256: string
  /** Date of the document itself: when the inquiry was received, so that the same inquiry gives the same bytes. */
  readonly dated: Date
}

/** Facts that answer one question of a reader, under a heading of their own. */
export interface FactGroup {
  readonly heading: string
  readonly facts: readonly Fact[]
}

export interface Fact {
  readonly label: string
  readonly value: string
  readonly href?: string
}

export interface ThreadMessage {
  readonly role: 'marked' | 'context'
  /** The municipality wrote it. */
  readonly isOurs?: true
  /** 0 starts the thread; each answer lies one step in. */
  readonly depth: number
  readonly author: Author
  readonly text: string
  /** BCP 47 tag. */
  readonly language?: string
  readonly publishedAt?: Date
  readonly editedAt?: Date
  readonly permalink?: string
  readonly images: readonly ThreadImage[]
  /** One line each: what belongs to the post and cannot be shown on paper, or was not delivered. */
  readonly notes: readonly string[]
}

export interface ThreadImage {
  readonly sha256: string
  readonly mediaType: string
  readonly size: number // bytes
  readonly caption: string
  readonly altText: string
}

export interface ListedFile {
  readonly name: string
  readonly mediaType: string
  readonly size: number // bytes
  readonly sha256: string
}
