import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generatedFiles } from '../support/noark-files.ts'

test.each([...generatedFiles()])('%s is what the table says', (path, text) => {
  const kept = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

  expect(kept === text, 'The table has changed. Write the file anew: npm run noark').toBe(true)
})
