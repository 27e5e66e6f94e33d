import { ambiguousNames, firstNames, surnames, titles } from './lists/names.ts'
import { type Reading, read, type Span } from './reading.ts'
import { type Word, wordsOf } from './words.ts'

const NAME_WORDS_MAX = 4

/** Words after a name that make it the name of a place, an institution or a storm. */
const placeAfter =
  /^(?:gate|gata|gt|vei|veien|veg|vegen|plass|plassen|torg|allé|park|parken|skole|skule|skulen|skolen|barnehage|barnehagen|kirke|kirka|kyrkje|kyrkja|sykehjem|sjukeheim|senter|senteret|hospital|stadion|bru|brua|kommune|fylke|hall|arena|as|asa|fjellet|dalen|øya|festival|festivalen|museum|kapell|minde|hjemmet|bo|no|com|hotell|legat|stiftelse|akademi|vgs|videregående|vidaregåande)$/u
const storms =
  /^(?:stormen|ekstremvêret|ekstremværet|ekstremvær|uværet|uvêret|orkanen|uveret|st|sankt|ms|mf|ferja|ferga|skipet|båten|prosjektet|robotklipperen|hunden|katten)$/u
/** Capitalised words that no surname is, although they end like one. */
const noSurnames =
  /^(?:norge|noreg|oslo|bergen|trondheim|stavanger|tromsø|facebook|kommunen|kommune|europa|island|england|russland|tyskland|finland|nederland|høyre|senterpartiet|arbeiderpartiet|rådhuset|torget|sentrum|skolen|barnehagen|nav|ap|god|takk|hei|hilsen|jul|sommer|vinter|vestland|innlandet|rogaland|hordaland|nordland|møre|telemark|agder|troms|finnmark|buskerud|akershus|østfold|vestfold|trøndelag|lillehammer|hamar|drammen|fredrikstad|sandefjord|larvik|molde|bodø|ålesund|haugesund|kristiansand|kristiansund|asker|bærum|romerike|hadeland|svalbard|grønland|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|laurdag|sundag|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)$/u

/** Names of others than whoever wrote the text. */
export function thirdPartyNames(reading: Reading, words: readonly Word[], authorName?: string): readonly Span[] {
  const own = new Set(authorName === undefined ? [] : wordsOf(read(authorName)).map(({ lower }) => lower))
  const found: Span[] = []
  for (let at = 0; at < words.length; at += 1) {
    const last = nameEnd(reading, words, at)
    if (last === undefined) continue
    const name = words.slice(at, last + 1)
    if (!name.every((word) => isOwn(own, word)) && !isNobody(name)) {
      found.push({ start: (words[at] as Word).start, end: (words[last] as Word).end })
    }
    at = last
  }
  return found
}

const isOwn = (own: ReadonlySet<string>, { lower }: Word): boolean => own.has(lower) || own.has(lower.replace(/s$/, ''))

/** Ola og Kari Nordmann are everybody. */
const isNobody = (name: readonly Word[]): boolean => /^nordmanns?$/.test(name.at(-1)?.lower ?? '')

/** The last word of the name that begins at a word, if one does. */
function nameEnd(reading: Reading, words: readonly Word[], at: number): number | undefined {
  const word = words[at] as Word
  const before = word.follows ? words[at - 1] : undefined
  const isTitled = before !== undefined && titles.has(before.lower)
  if (!word.isCapitalised) return uncasedName(words, at)
  if (isInitialled(words, at)) return at + 1
  const rank = rankOf(word)
  if (rank === 'none' && !(isTitled && !noSurnames.test(word.lower))) return unlistedName(words, at)
  if (before && storms.test(before.lower)) return undefined
  const last = fullNameEnd(words, at)
  if (isPlace(words, last)) return undefined
  if (last > at || isTitled || rank === 'clear') return last
  return isMidSentence(reading, words, at) ? last : undefined
}

type Rank = 'clear' | 'ambiguous' | 'none'

/** How surely a word is a first name; a genitive counts as the name. */
function rankOf({ lower }: Word): Rank {
  const names = [lower, lower.replace(/s$/, '')]
  if (names.some((name) => ambiguousNames.has(name))) return 'ambiguous'
  return names.some((name) => firstNames.has(name)) ? 'clear' : 'none'
}

/** A first name takes more first names, initials and surnames with it. */
function fullNameEnd(words: readonly Word[], at: number): number {
  let last = at
  while (last - at < NAME_WORDS_MAX - 1) {
    const next = words[last + 1]
    if (
      !next?.follows ||
      next.start - (words[last] as Word).end > 2 ||
      !next.isCapitalised ||
      noSurnames.test(next.lower)
    )
      break
    if (endsGenitive(words[last] as Word) && last > at) break
    last += 1
  }
  return last
}

const endsGenitive = ({ lower }: Word): boolean => lower.endsWith('ns') && surnames.has(lower.slice(0, -1))

function isPlace(words: readonly Word[], last: number): boolean {
  const next = words[last + 1]
  return (
    placeAfter.test((words[last] as Word).lower) ||
    (next !== undefined && isNear(words[last] as Word, next) && placeAfter.test(next.lower))
  )
}

const isNear = (word: Word, next: Word): boolean => next.start - word.end <= 1

/** A word with a capital inside a sentence has it for its own sake. */
function isMidSentence({ text }: Reading, words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  const word = words[at] as Word
  if (!before) return false
  return (
    !/[.!?:;\n"«»#@/-]/u.test(text.slice(Math.max(before.end, word.start - 4), word.start)) &&
    (!before.isCapitalised || isCommonWord(before))
  )
}

/** An initial before a common surname: «K. Hansen». */
function isInitialled(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word
  const next = words[at + 1]
  if (word.lower.length !== 1 || !next?.follows || next.start - word.end > 2 || !next.isCapitalised) return false
  return (surnames.has(next.lower.replace(/s$/, '')) || isSonsName(next.lower)) && !isPlace(words, at + 1)
}

/** Two words with capitals of which the second is a common surname, the first being in no list. */
function unlistedName(words: readonly Word[], at: number): number | undefined {
  const word = words[at] as Word
  const next = words[at + 1]
  if (
    !next?.follows ||
    !isNear(word, next) ||
    !next.isCapitalised ||
    noSurnames.test(word.lower) ||
    isPlace(words, at + 1)
  )
    return undefined
  const surname = next.lower.replace(/s$/, '')
  return word.lower.length > 2 &&
    (surnames.has(surname) || surnames.has(next.lower) || isSonsName(next.lower)) &&
    !isCommonWord(word)
    ? at + 1
    : undefined
}

/** A common word has its capital from the beginning of a sentence. */
const isCommonWord = ({ lower }: Word): boolean => commonWords.has(lower)
const commonWords = new Set(
  `har hadde er var jeg eg vi me han hun ho de dei det den da når nå no så hos hvem kven hvorfor kvifor hvor kor familien familie frøken firma kjære
  hilsen helsing mvh hei takk og men at som på til fra frå med bare berre ikke ikkje spør spørr ring kontakt snakk hils hels både kanskje`.split(
    /\s+/
  )
)

/** A whole name without its capitals, or in capitals throughout: a first name and a surname that both are listed. */
function uncasedName(words: readonly Word[], at: number): number | undefined {
  const word = words[at] as Word
  const told = toldName(words, at)
  if (told !== undefined) return told
  const isLoud = word.written === word.written.toUpperCase()
  const isName = firstNames.has(word.lower) || ambiguousNames.has(word.lower)
  const next = words[at + 1]
  if (!isName || !next?.follows || !isNear(word, next)) return undefined
  const surname = next.lower.replace(/s$/, '')
  const isSurname = isLoud ? surnames.has(surname) || isSonsName(surname) : surnames.has(surname) && isSonsName(surname)
  return isSurname && !isPlace(words, at + 1) ? at + 1 : undefined
}

const isSonsName = (surname: string): boolean => /(?:ss?en|sson)$/u.test(surname.slice(-8))

/** Words that a first name follows also when nobody wrote it with a capital. */
const tellsName = /^(?:han|hun|ho|hu|heter|heiter|het|derre|med|kontakta|er|var|og)$/u
const possessive = /^(?:min|mi|vår|hans|hennes|hennar)$/u
/** First names that in lower case are other words. */
const wordsToo = new Set('hans tom dina mina even finn aksel lasse tea inga live lea line huda nada max'.split(' '))

/** A listed first name in lower case after a word that tells of a person: «naboen min roger», «hun sissel». */
function toldName(words: readonly Word[], at: number): number | undefined {
  const word = words[at] as Word
  const before = words[at - 1]
  if (!word.follows || !before || !isSurelyFirstName(word) || word.written !== word.lower) return undefined
  const owner = words[at - 2]
  const isOwned = possessive.test(before.lower) && owner !== undefined && titles.has(owner.lower)
  const next = words[at + 1]
  const goesOn = next?.follows && isNear(word, next) && (isSurelyFirstName(next) || surnames.has(next.lower))
  if (!tellsName.test(before.lower) && !titles.has(before.lower) && !isOwned && !goesOn) return undefined
  return isPlace(words, at) ? undefined : goesOn ? at + 1 : at
}

const isSurelyFirstName = ({ lower }: Word): boolean =>
  firstNames.has(lower) && !ambiguousNames.has(lower) && !wordsToo.has(lower)
