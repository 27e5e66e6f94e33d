import { decodeEntities, htmlTokens, type Tag } from './html-tokens.ts'
import { isBlock, newPage, writeTag, writeWords } from './text-page.ts'

/**
 * What a reader sees of a post written in HTML, as plain text: paragraphs, line breaks, lists, quotations and the whole
 * address of every link, once. Nothing is run or fetched, broken markup stays as text, and time is linear in size.
 */
export function htmlToText(html: string): string {
  const page = newPage()
  let link: Link | undefined
  const closeLink = () => {
    if (link) writeWords(page, linkText(link))
    link = undefined
  }
  for (const token of htmlTokens(html)) {
    if (token.type === 'text') {
      if (link) link.text += decodeEntities(token.text)
      else writeWords(page, decodeEntities(token.text), { keepsLines: page.preDepth > 0 })
    } else if (token.name === 'a') {
      closeLink()
      if (!token.closes) link = openLink(token)
    } else if (link && token.name === 'br') {
      link.text += ' '
    } else {
      if (isBlock(token.name)) closeLink()
      writeTag(page, token)
    }
  }
  closeLink()
  return page.out.trimEnd()
}

interface Link {
  readonly href: string
  readonly isMention: boolean
  text: string
}

function openLink(tag: Tag): Link {
  const isMention = /(^|\s)(mention|hashtag)(\s|$)/.test(tag.attribute('class') ?? '')
  return { href: (tag.attribute('href') ?? '').trim(), isMention, text: '' }
}

/**
 * Mastodon shows the middle of an address and hides its ends, so a shown text that is the beginning of the address gives
 * way to the address. Other words keep the address in brackets after them; a mention or a hashtag stays as written.
 */
function linkText({ href, isMention, text }: Link): string {
  const words = text.trim()
  if (isMention || !/^(https?:\/\/|mailto:)/i.test(href)) return text
  if (words === '') return href
  const isItsStart = bare(words) !== '' && bare(href).startsWith(bare(words))
  if (isItsStart || href.toLowerCase() === `mailto:${words.toLowerCase()}`) return text.replace(words, () => href)
  return words.includes(href) ? text : text.replace(words, () => `${words} (${href})`)
}

/** An address without scheme, `www.` and what may trail it. */
function bare(address: string): string {
  const start = /^https?:\/\/(www\.)?/i.exec(address)?.[0].length ?? 0
  let end = address.length
  while (end > start && (address[end - 1] === '/' || address[end - 1] === '…')) end--
  return address.slice(start, end)
}
