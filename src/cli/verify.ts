import { readFile } from 'node:fs/promises'
import { checkPermit } from '../permits/check-permit.ts'

/** `verify permit <file> <keys.json>`: whether a deletion permit is ours, from two files and nothing else. */
export async function verify(_env: NodeJS.ProcessEnv, [what, file, keys]: readonly string[]): Promise<number> {
  if (what !== 'permit' || file === undefined || keys === undefined) {
    console.error('Bruk: arkivbro verify permit <fil med tillatelsen> <fil med nøklene fra /v1/permit-keys>')
    return 2
  }
  const permit = await read(file)
  const known = await read(keys)
  if (permit === undefined || known === undefined) return 2
  try {
    const claims = await checkPermit(permit, JSON.parse(known))
    console.log('Tillatelsen er ekte. Innlegget er arkivert og kan slettes:')
    for (const [name, value] of Object.entries(claims)) console.log(`  ${name.padEnd(20)} ${String(value)}`)
    return 0
  } catch {
    console.error(
      'Tillatelsen er ikke signert med noen av nøklene, eller den er endret. Ikke slett innlegget. Kode: permit-not-valid'
    )
    return 1
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    console.error(`Filen ${path} kan ikke leses.`)
    return undefined
  }
}
