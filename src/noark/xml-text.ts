/**
 * Makes any string lawful character data of XML 1.0 (§2.2 Char): lone surrogates, controls, U+FFFE and U+FFFF become
 * U+FFFD, one for one. Escaping is left to whoever writes the document.
 */
export const xmlText = (text: string): string =>
  text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')

/** Whether nothing but white space is there. Such an element may not stand in an archive message; it is left out. */
export const isBlank = (text: string): boolean => text.trim() === ''
