/** What was found in an attachment, and which files of it go to the archive. */
export interface PreparedAttachment {
  readonly outcome: AttachmentOutcome
  readonly findings: readonly AttachmentFinding[]
  /** What the bytes say beyond their media type, such as `JFIF 1.01` or `PDF/A-2b`. */
  readonly formatDetaljer?: string // M702
  /** A picture of a film that is archived as it is: shown in the document, and not filed. */
  readonly still?: ConvertedFile
}

/** What became of an attachment. Whatever it is, the original is stored as it came. */
export type AttachmentOutcome =
  /** It is in an archive format already. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'converted'; readonly made: ConvertedFile }
  /** A film in no archive format; a picture of it stands beside it. */
  | { readonly kind: 'still'; readonly made: ConvertedFile }
  | { readonly kind: 'not-converted'; readonly reason: NotConverted }
  /** Nobody has looked yet: a preview. */
  | { readonly kind: 'to-be-converted' }
  /** The virus scanner found something; nothing has opened it since. */
  | { readonly kind: 'infected'; readonly signature: string }
  /** Larger than the virus scanner takes. */
  | { readonly kind: 'not-scanned' }

/** A file that was made from an attachment, already in the blob store. */
export interface ConvertedFile {
  readonly sha256: string // lower-case hex
  readonly size: number // bytes
  readonly mediaType: string
  /** Programs and versions that made it. */
  readonly tool: string // M714
  /** What was done or lost, in bokmål and without a full stop. */
  readonly comments: readonly string[] // M715
}

/** Why there is no file in an archive format. */
export type NotConverted =
  | 'damaged'
  | 'encrypted'
  | 'no-converter'
  | 'not-pdfa'
  | 'scripted'
  | 'too-demanding' // took too much time or memory, or brought the converter down
  | 'too-large'
  | 'too-many-pixels'
  | 'unknown-format'
  | 'drawing' // SVG: drawing it would mean running or fetching what it asks for

/** What screening and readers should know of a file. The fact, never the content. */
export type AttachmentFinding =
  | { readonly kind: 'gps-position' }
  | { readonly kind: 'animated'; readonly pages: number }
  /** The name says another format than the bytes. */
  | { readonly kind: 'name-mismatch'; readonly named: string; readonly is: string }
  /** Bytes after the end of the format. */
  | { readonly kind: 'trailing-data'; readonly bytes: number }
  /** It can be read as this too. */
  | { readonly kind: 'polyglot'; readonly mediaType: string }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'scripted' }
  | { readonly kind: 'embedded-files' }
  /** It asks for things outside of itself. */
  | { readonly kind: 'external-references' }
  /** Says of itself that it is PDF/A; nobody has validated that. */
  | { readonly kind: 'claims-pdfa'; readonly level: string }
