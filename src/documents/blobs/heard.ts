import type { Readable } from 'node:stream'

/**
 * A stream that nobody reads yet. Should it fail meanwhile, whoever reads it later is told; without this the process
 * would end, since an `error` event that nobody hears ends it.
 */
export const heard = (bytes: Readable): Readable => bytes.on('error', () => undefined)
