/** The words of a text, in small letters, as they stand one after the other. Linear in the length of the text. */
export const wordsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLocaleLowerCase('nb')
    .match(/[\p{L}\p{N}]+/gu) ?? []
