import { generateKeyPairSync } from 'node:crypto'

/** A key that deletion permits are signed with, made for this run. */
export const PERMIT_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
