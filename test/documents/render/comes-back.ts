/** Left out of the comparison: white space, since lines are set anew, and what is invisible by nature. */
const unseen = /[\s\p{Default_Ignorable_Code_Point}]/gu
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/
const named = /\[(U\+[0-9A-F]{4,6}(?:\s+U\+[0-9A-F]{4,6})*)\s*\]/g
/**
 * pdftotext turns text that runs right to left around letter by letter, and repeats a letter for each of the marks that
 * are raised above another. Of lines with these, every letter comes back, but not in one piece.
 */
const outOfOrder = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\p{M}\p{M}/u

/** Letters as code points: what is shown by its name, as in [U+0007], is the letter. */
export const letters = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(named, (_, names: string) =>
      names
        .split(/\s+/)
        .map((name) => String.fromCodePoint(Number.parseInt(name.slice(2), 16)))
        .join('')
    )
    .replaceAll(unseen, '')

/** The lines of the texts that do not come back from a PDF, cut short; `extracted` is what pdftotext gives. */
export function lostLines(texts: readonly string[], extracted: string): readonly string[] {
  const found = letters(extracted)
  const counts = countsIn(found)
  return texts
    .flatMap((text) => (found.includes(letters(text)) ? [] : text.split(lineEnd)))
    .map(letters)
    .filter((line) => !found.includes(line) && !(outOfOrder.test(line) && isCounted(line, counts)))
    .map((line) => line.slice(0, 60))
}

const countsIn = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const one of text.normalize('NFKD')) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

const isCounted = (line: string, found: ReadonlyMap<string, number>): boolean =>
  Array.from(countsIn(line)).every(([one, count]) => (found.get(one) ?? 0) >= count)
