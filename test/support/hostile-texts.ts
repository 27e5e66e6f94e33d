/** Texts that make careless detectors look at the same place again and again, at any length. */
export const hostileTexts: readonly { readonly name: string; readonly text: (length: number) => string }[] = [
  ['digits', '1'],
  ['digits apart', '1 '],
  ['digits with dots', '4.1.'],
  ['pluses and digits', '+4712345'],
  ['zeros', '00 '],
  ['one letter', 'a'],
  ['the beginning of many words', 'barnevern'],
  ['words that end as streets do', 'vegen'],
  ['words of which phrases are made', 'ta livet '],
  ['words of which phrases about children are made', 'min lille gutt på '],
  ['capitals', 'Kari '],
  ['capitals without a blank', 'Aa'],
  ['streets without a number', 'Karl Johans gate '],
  ['signs of e-mail', '@'],
  ['long addresses', `${'a'.repeat(64)}@${'b.'.repeat(30)}`],
  ['marks on one letter', '\u0301'],
  ['zero-width characters', '\u200B'],
  ['phrases that stand for many letters', '\uFDFA'],
  ['astral digits', '𝟏'],
  ['halves of characters', '\uD83D'],
  ['blanks', ' '],
  ['line breaks', '\n'],
  ['letters for plates', 'AB '],
  ['brackets', '(['],
  ['words with hyphens', 'nav-'],
  ['pieces of everything', 'Kari bor i Storgata 5, nav 41 23 45 67 a@b.no AB 1234 ta livet av min lille ']
].map(([name = '', piece = '']) => ({
  name,
  text: (length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
}))
