import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { Guideline } from './domain/guideline.ts'

/** A YAML document as plain data. Throws when it is none, or when a key stands twice. */
export const readYaml = (text: string): unknown => parse(text, { maxAliasCount: 0, schema: 'core' })

/** The guideline of the release, found from both `src` and `dist/src`. A test holds it to its schema. */
export async function standardGuideline(): Promise<Guideline> {
  for (const path of ['../schemas/guideline/', '../../schemas/guideline/']) {
    const file = new URL(`${path}standard.yaml`, import.meta.url)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined) return readYaml(text) as Guideline
  }
  throw new Error('The file schemas/guideline/standard.yaml is missing from this installation.')
}
