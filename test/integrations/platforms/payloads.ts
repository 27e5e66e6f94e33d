import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refused } from '../../../src/domain/errors.ts'
import type { InquiryContent } from '../../../src/domain/inquiry.ts'
import type { PlatformNormaliser } from '../../../src/flow/ports.ts'

/** One of our own payloads, from the integration's `fixtures` folder. */
export function fixture(platform: string, name: string): unknown {
  const path = fileURLToPath(
    new URL(`../../../integrations/platforms/${platform}/fixtures/${name}.json`, import.meta.url)
  )
  return JSON.parse(readFileSync(path, 'utf8'))
}

export interface NamedPayload {
  readonly name: string
  readonly payload: unknown
}

/** Every JSON file of a folder. */
export const payloadsIn = (folder: string): readonly NamedPayload[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, payload: JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) }))

/** What becomes of a payload; any other exception than Refused goes on. */
export function outcome(platform: PlatformNormaliser, payload: unknown): InquiryContent | Refused {
  try {
    return platform.normalise(payload)
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}
