import type { Store } from '../../../src/flow/store-port.ts'

/** Gives an empty store. */
export type OpenStore = () => Promise<Store>
