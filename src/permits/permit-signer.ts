import { CompactSign, calculateJwkThumbprint, exportJWK, importPKCS8, type JWK } from 'jose'
import type { PermitSigner } from '../flow/deletion.ts'

export const PERMIT_TYPE = 'arkivbro-deletion-permit+jwt'

/**
 * Signs deletion permits with Ed25519 (RFC 8037): a JWS that anybody with the public key can check. Throws when the key is
 * not an Ed25519 private key in PEM (PKCS #8).
 */
export async function permitSigner(pem: string): Promise<PermitSigner> {
  const key = await importPKCS8(pem, 'EdDSA', { extractable: true })
  const { d: _secret, ...publicKey } = await exportJWK(key)
  const kid = await calculateJwkThumbprint(publicKey as JWK)
  return {
    publicKeys: [{ ...publicKey, kid, alg: 'EdDSA', use: 'sig' }],
    async sign(claims, at) {
      const payload = { iss: 'arkivbro', iat: Math.floor(at.getTime() / 1_000), ...claims }
      return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: PERMIT_TYPE })
        .sign(key)
    }
  }
}
