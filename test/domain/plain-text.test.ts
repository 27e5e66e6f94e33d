import { describe, expect, test } from 'vitest'
import { htmlToText } from '../../src/domain/plain-text.ts'

describe('the text of a post', () => {
  test.each([
    ['<p>En</p><p>To</p>', 'En\n\nTo'],
    ['<p>En<br>To<br/>Tre<br /><br />Fire</p>', 'En\nTo\nTre\n\nFire'],
    ['<p>  mye \n\t luft  </p>', 'mye luft'],
    ['<p>a <b>b</b> c<i> d</i>e</p>', 'a b c de'],
    ['uten merker', 'uten merker'],
    ['', ''],
    ['<p>Ta med:</p><ul><li>pass</li><li><p>skjema</p></li></ul><p>Hei</p>', 'Ta med:\n\n– pass\n– skjema\n\nHei'],
    ['<ol><li>en<ul><li>under</li></ul></li><li>to</li></ol>', '1. en\n  – under\n2. to'],
    ['<blockquote><p>En</p><p>To</p></blockquote><p>Svar</p>', '> En\n>\n> To\n\nSvar'],
    ['<pre><code>a  b\n  c\n\nd</code></pre>', 'a  b\n  c\n\nd'],
    ['Hei <img src="x" alt=":smil: &amp; takk"> du', 'Hei :smil: & takk du'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc']
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })
})

describe('an entity', () => {
  test.each([
    ['&lt;b&gt; &amp;amp; &quot;&#39;&apos;', "<b> &amp; \"''"],
    ['bl&aring;b&aelig;r &AElig;&Oslash;', 'blåbær ÆØ'],
    ['&#x1F68C;&#128652;', '🚌🚌'],
    ['a&nbsp;&nbsp;b', 'a\u00a0\u00a0b'],
    ['&#0;&#55296;&#x110000;&#7;', '\ufffd\ufffd\ufffd\ufffd'],
    ['&ukjent; &constructor; R&D &#; &amp', '&ukjent; &constructor; R&D &#; &amp'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>']
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })
})

describe('a link', () => {
  test.each([
    [
      'that Mastodon has shortened is whole, once',
      '<p>Se <a href="https://a.example/en/lang/adresse?x=1&amp;y=2"><span class="invisible">https://</span><span class="ellipsis">a.example/en/lang</span><span class="invisible">/adresse?x=1&amp;y=2</span></a>.</p>',
      'Se https://a.example/en/lang/adresse?x=1&y=2.'
    ],
    [
      'cut with an ellipsis is whole',
      '<a href="https://www.a.example/en/lang/">a.example/en/la…</a>',
      'https://www.a.example/en/lang/'
    ],
    [
      'under words stands after them',
      '<a href="https://a.example/">søk her</a> i dag',
      'søk her (https://a.example/) i dag'
    ],
    [
      'that pretends to be another shows where it goes',
      '<a href="https://b.example/">https://a.example/</a>',
      'https://a.example/ (https://b.example/)'
    ],
    ['without words is its address', '<a href="https://a.example/"></a>', 'https://a.example/'],
    ['with dollar signs is not a pattern', '<a href="https://a.example/$&$1">$&</a>', '$& (https://a.example/$&$1)'],
    [
      'to a person is the name',
      '<a href="https://a.example/@kari" class="u-url mention">@<span>kari</span></a> hei',
      '@kari hei'
    ],
    [
      'to a tag is the tag',
      '<a class="mention hashtag" href="https://a.example/tags/vei">#<span>vei</span></a>',
      '#vei'
    ],
    ['to a letter box is the address', '<a href="mailto:post@a.example">post@a.example</a>', 'mailto:post@a.example'],
    ['that would run something is its words', '<a href="javascript:alert(1)">trykk</a>', 'trykk'],
    [
      'that never closes ends with its paragraph',
      '<p><a href="https://a.example/x">her</p><p>Hei',
      'her (https://a.example/x)\n\nHei'
    ]
  ])('%s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text)
  })
})

describe('markup that is broken or hostile', () => {
  test.each([
    ['1 < 2 og 3 > 2 <3', '1 < 2 og 3 > 2 <3'],
    ['a <b', 'a <b'],
    ['a<!-- skjult <b> -->b', 'ab'],
    ['a<!-- ikke lukket', 'a<!-- ikke lukket'],
    ['<p title="a > b" class=x>Hei</p>', 'Hei'],
    ['<p title="aldri lukket>Hei</p>', 'Hei'],
    ["<p don't>Hei</p>", 'Hei'],
    ['a<script>alert("<p>")</script>b<STYLE>p{}</style >c', 'abc'],
    ['a<script>uten slutt', 'a'],
    ['<!DOCTYPE html><?xml version="1.0"?>Hei', 'Hei'],
    ['</p></li></blockquote></ul>Hei', 'Hei'],
    ['<a href=https://a.example/x href="javascript:1">her</a>', 'her (https://a.example/x)']
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  const hostile: readonly (readonly [string, string])[] = [
    ['open tags', '<a '],
    ['open quotes', `<a x="<a y='>' " `],
    ['open comments', '<!--'],
    ['nested quotations', '<blockquote>a<br>'],
    ['nested lists', '<ul><li>a'],
    ['links', '<a href="https://a.example/">a</a>'],
    ['links that never close', '<a href="https://a.example/">'],
    ['slashes in a link', '/'],
    ['ampersands', '&#'],
    ['blanks', ' \n'],
    ['equals signs', '= '],
    ['scripts', '<script>'],
    ['less-than signs', '<']
  ]
  test.each(hostile)('made of many %s takes time in proportion to its size', (_, piece) => {
    const html = `<a href="https://a.example/">${piece.repeat(Math.ceil(1_000_000 / piece.length))}'x`
    // With quadratic time this would outlast the test's deadline many times over.
    expect(htmlToText(html).length).toBeLessThan(html.length * 8)
  })
})
