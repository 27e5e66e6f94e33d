import { expect, test } from 'vitest'
import { lostLines } from './comes-back.ts'

test.each([
  ['a line that is cut', ['Trappa er glatt.\nNoen må strø.'], 'Trappa er glatt. Noen må', ['Noenmåstrø.']],
  ['a letter that is not named', ['a\u0007b'], 'ab', ['a\u0007b']],
  ['a letter of text that runs right to left', ['سلام'], 'مال', ['سلام']],
  ['a mark of several on one letter', ['ริ่'], 'ริ', ['ริ่']]
])('%s is lost', (_, texts, extracted, lost) => {
  expect(lostLines(texts, extracted)).toEqual(lost)
})

test.each([
  ['lines that are set anew', 'Trappa er\nglatt.', 'Trappa\ner glatt.'],
  ['letters shown by their names', 'a\u0007\u202eb', 'a[U+0007\nU+202E]b'],
  ['invisible letters', 'a\u200b\ufeffb', 'ab'],
  ['text that is turned around', 'سلام', 'مالس'],
  ['a letter that comes back once for each of its marks', 'ริ่', 'ริ่ริ่'],
  ['letters and marks apart', 'a\u030a', 'å']
])('%s are not', (_, text, extracted) => {
  expect(lostLines([text], extracted)).toEqual([])
})
