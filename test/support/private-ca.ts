import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needs } from './programs.ts'
import { freshFolder } from './setup.ts'

export const openssl = needs('openssl', 'apt-get install openssl')

export interface Certified {
  readonly key: Buffer
  readonly cert: Buffer
  /** File with the certificate of whoever made the other. */
  readonly caFile: string
}

const run = promisify(execFile)
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']

/** A certificate for these names and addresses, made by an authority that nobody else knows. */
export async function certifiedFor(subjectAltName: string): Promise<Certified> {
  const folder = freshFolder()
  const file = (name: string) => join(folder, name)
  const make = (name: string, ...rest: readonly string[]) => {
    const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-subj', `/CN=${name}`]
    return run('openssl', ['req', '-x509', ...EC, ...out, ...rest])
  }
  await make('ca')
  const byCa = ['-CA', file('ca.pem'), '-CAkey', file('ca.key')]
  await make('krok', ...byCa, '-addext', `subjectAltName=${subjectAltName}`, '-addext', 'basicConstraints=CA:FALSE')
  return { key: await readFile(file('krok.key')), cert: await readFile(file('krok.pem')), caFile: file('ca.pem') }
}
