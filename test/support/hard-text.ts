import { readdirSync, readFileSync } from 'node:fs'
import { corpus } from './material.ts'

/** Strings that break XML writers: what XML 1.0 has no room for, what looks like markup, and what is long. */
export const nastyStrings: readonly string[] = [
  '\uD800',
  '\uDFFF\uD800',
  'a\uD83Db',
  '\uFFFE',
  '\uFFFF',
  '\u0000',
  'a\u0000b',
  '\u0001\u0002\u0008\u000B\u000C\u001F',
  '\u007F\u0080\u0085\u009F',
  ']]>',
  '<![CDATA[ x ]]>',
  '<!-- -- -->',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
  '&amp;&lt;&#0;&#xD800;&unknown;',
  '"\'<>&',
  '\r\n\r\n\t',
  'a\rb\nc\td\u2028e\u2029f',
  ' leading and trailing ',
  '\u00A0\u3000\uFEFF',
  '\u202Eetfra\u202C\u2066x\u2069\u200B\u200D\u00AD',
  '\u3164',
  'Z\u0351\u036B\u0343\u036A\u0302'.repeat(200),
  '\u{10FFFF}\u{1FFFE}\u{E0001}',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇳🇴',
  '__proto__',
  'constructor',
  'x'.repeat(100_000),
  '&'.repeat(100_000),
  '\uD800'.repeat(100_000)
]

/** Every string of the corpus: naughty strings, every emoji, UTF-8 tests, and text in scripts that Norwegians write. */
export function corpusStrings(): readonly string[] {
  const blns: readonly string[] = JSON.parse(readFileSync(corpus('text/blns-even.json'), 'utf8'))
  const emoji = readFileSync(corpus('text/emoji-test-no-zwj.txt'), 'utf8').matchAll(/; fully-qualified +# (\S+)/g)
  const files = readdirSync(corpus('text')).filter((name) => /\.(txt|xml|yml)$/.test(name) && !name.startsWith('emoji'))
  const texts = files.map((name) => readFileSync(corpus(`text/${name}`), 'utf8'))
  const json = readdirSync(corpus('text/json')).map((name) => readFileSync(corpus(`text/json/${name}`), 'utf8'))
  const emojis = [...emoji].map(([, one = '']) => one)
  return [...new Set([...blns, ...emojis, ...texts, ...texts.flatMap((text) => text.split('\n')), ...json])]
}
