import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { PERMIT_TYPE } from './permit-signer.ts'

/** What a permit says, when one of the keys has signed it. Throws what `jose` throws when none has, or it is no permit. */
export async function checkPermit(permit: string, keys: JSONWebKeySet): Promise<Readonly<Record<string, unknown>>> {
  const { payload, protectedHeader } = await compactVerify(permit.trim(), createLocalJWKSet(keys), {
    algorithms: ['EdDSA']
  })
  if (protectedHeader.typ !== PERMIT_TYPE) throw new Error('The signature is good, and this is no deletion permit.')
  return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>
}
