import type { ThreadDocument } from '../../domain/thread-document.ts'

/** Levels of PDF/A-2: a (tagged, for accessibility), u (all text is Unicode), b (how it looks). Each holds the next. */
export type PdfaLevel = '2a' | '2u' | '2b'

/** What the service says to a render process. A picture without bytes is too large to show. */
export type ToRenderProcess =
  | { readonly kind: 'render'; readonly document: ThreadDocument; readonly level: PdfaLevel }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array | undefined }

/** What a render process says to the service. Pictures are asked for one by one, so that few bytes are in memory. */
export type FromRenderProcess =
  | { readonly kind: 'picture-wanted'; readonly sha256: string }
  | { readonly kind: 'rendered'; readonly pdf: Uint8Array; readonly pages: number; readonly rss: number }
  | { readonly kind: 'failed'; readonly reason: string }

/** Larger pictures are not shown in the document. In bytes. */
export const PICTURE_SIZE_MAX = 20_000_000

/** Pictures shown in one document. */
export const PICTURES_MAX = 40
