import type { AttachmentFinding, NotConverted } from '../../domain/prepared-attachment.ts'

/** A file to look at, and where to write what may be made of it. */
export interface ToLookProcess {
  readonly path: string
  readonly mediaType: string
  readonly target: string
}

/** What a look process says. `failed` is a fault of ours. */
export type FromLookProcess =
  | { readonly kind: 'looked'; readonly look: Look; readonly rss: number }
  | { readonly kind: 'failed'; readonly reason: string }

/** What a file turned out to be. */
export interface Look {
  readonly outcome: LookOutcome
  readonly findings: readonly AttachmentFinding[]
  readonly formatDetaljer?: string // M702
}

/** `made`: a file in an archive format lies at the target. */
export type LookOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'not-converted'; readonly reason: NotConverted }
  | { readonly kind: 'made'; readonly mediaType: string; readonly tool: string; readonly comments: readonly string[] }

/** Files that must be read whole are not opened above this. In bytes. */
export const WHOLE_BYTES_MAX = 100_000_000

/** A look that ends without a file in an archive format. */
export const notConverted = (reason: NotConverted, findings: readonly AttachmentFinding[] = []): Look => ({
  outcome: { kind: 'not-converted', reason },
  findings
})
