import { phraseMatcher } from './phrases.ts'
import type { Reading, Span } from './reading.ts'
import type { Word } from './words.ts'

/** What names of streets end in, so surely that a number after it is the number of a house. */
const road =
  '*gata|*gate|*gaten|*gt|*veien|*vei|*vegen|*veg|*vn|*allé|*alle|*alléen|*alleen|*svingen|*stien|*smauet|*smuget|*kaia|*brygga|*bryggen|*terrasse|*terrassen|*torget|*torg|*plass|*plassen'
/** Ends of names that other words have too: the name must have a capital. */
const land =
  '*bakken|*bakkane|*haugen|*haugane|*åsen|*lia|*tunet|*tun|*ringen|*kroken|*løkka|*løkken|*jordet|*grenda|*faret|*kleiva|*skogen|*toppen|*vollen|*enga|*marka|*hagen|*stranda|*moen|*flata|*sletta|*høgda|*høyden|*dalen|*berget|*viken|*vika|*brotet|*gjerdet|*åkeren|*åkra|*teigen|*myra|*bygda|*utsikten|*utsikta'
/** Roads with a number instead of a name, and what else is counted and ends so. */
const noStreet =
  'riksv*,fylkesv*,europav*,motorv*,hovedv*,hovudv*,privatv*,skogsv*,gangv*,sykkelv*,sykkelst*,blindv*,omkjøringsv*,arbeidsplass*,*parkeringsplass*,p plass*,*barnehageplass*,*sykehjemsplass*,*sjukeheimsplass*,*sjukeheimplass*,lekeplass*,leikeplass*,studieplass*,skoleplass*,elevplass*,båtplass*,sitteplass*,ståplass*,*kommuneveg,*barnehagen,*jobbvei,*hverdagen,*fredagen,*lørdagen,*søndagen,*torsdagen,*tirsdagen,*onsdagen,*mandagen,dagen,*skolehagen,innvei*,tilfartsv*,midtveg*,underveg*,undervei*,borgerplikt*,førsteplass*,andreplass*,tredjeplass*,*seilingen'

const matcher = phraseMatcher([
  ['road', road.replaceAll('|', ',')],
  ['land', land.replaceAll('|', ',')],
  ['no street', noStreet]
])

/** A word for the road alone, after a name of its own: «Karl Johans gate», «kongens gate». */
const roadAlone = new Set([
  'gate',
  'gata',
  'vei',
  'veien',
  'veg',
  'vegen',
  'plass',
  'torg',
  'allé',
  'alle',
  'terrasse',
  'gt',
  'brygge',
  'kai'
])
const units =
  /^(?:km|m|meter|kilometer|kr|kroner|nok|prosent|år|dag|uke|veke|måned|månad|time|timar|minutt|min|stk|person|menneske|bil|bilar|hus|gang|gong|barn|unge|cm|mm|tonn|grader|mål|poeng|av|plasser|plassar|kvm|stykk)\p{L}{0,3}$/u
const NAME_WORDS_MAX = 3

/** Streets with the number of a house, and the postal code and place that follow. */
export function streetAddresses(reading: Reading, words: readonly Word[]): readonly Span[] {
  const found: Span[] = []
  for (let at = 0; at < words.length; at += 1) {
    if (!canHaveHouse(words, at)) continue
    const end = houseEnd(reading, words, at)
    const span = end === undefined ? undefined : addressAt(reading, words, at, end)
    if (span) found.push(span)
  }
  return found
}

const HOUSE_GAP_MAX = 4

/** Whether a number follows a word, with no more than «nr» between. */
function canHaveHouse(words: readonly Word[], at: number): boolean {
  const [word, next] = [words[at], words[at + 1]]
  if (!word || !next || next.start - word.end > HOUSE_GAP_MAX || isNumber(word)) return false
  return isNumber(next) || next.lower === 'nr'
}

const isNumber = ({ lower }: Word): boolean => lower.charCodeAt(0) <= LAST_DIGIT
const LAST_DIGIT = 0x39

function addressAt(reading: Reading, words: readonly Word[], at: number, end: number): Span | undefined {
  const word = words[at] as Word
  const tags = matcher.find(words.slice(at, at + 2)).flatMap(({ first, tag }) => (first === 0 ? [tag] : []))
  const start = tags.includes('no street') ? undefined : nameStart(words, at, tags.at(-1))
  if (start !== undefined) return { start, end: postalEnd(reading, end) ?? end }
  const farEnd = word.isCapitalised && word.written.length > 2 ? postalEnd(reading, end) : undefined
  return farEnd === undefined ? undefined : { start: placeStart(words, at), end: farEnd }
}

/** Where the name of the street begins, if the word ends one. */
function nameStart(words: readonly Word[], at: number, tag: string | undefined): number | undefined {
  const word = words[at] as Word
  if (roadAlone.has(word.lower)) return twoWordStart(words, at)
  const isLong = word.lower.length >= (word.isCapitalised ? 5 : 6)
  if (tag === 'road' && isLong) return word.isCapitalised ? placeStart(words, at) : word.start
  return tag === 'land' && isLong && word.isCapitalised ? placeStart(words, at) : undefined
}

function twoWordStart(words: readonly Word[], at: number): number | undefined {
  const before = words[at - 1]
  const word = words[at] as Word
  if (!before || !word.follows || /^\d/.test(before.written)) return undefined
  if (before.isCapitalised) return placeStart(words, at - 1)
  return /\p{L}{3,}s$/u.test(before.lower.slice(-12)) && !/^(?:hvis|deres|ellers|forbis)$/u.test(before.lower)
    ? before.start
    : undefined
}

/** A name may have words with capitals before the last one: «Nedre Storgate». */
function placeStart(words: readonly Word[], at: number): number {
  let first = at
  while (at - first < NAME_WORDS_MAX - 1 && words[first]?.follows && isPartOfName(words[first - 1])) first -= 1
  return (words[first] as Word).start
}

const isPartOfName = (word: Word | undefined): boolean =>
  word?.isCapitalised === true &&
  !/^(?:i|på|ved|fra|frå|til|adresse|bor|bur|hei|eg|jeg|vi|adressa|adressen)$/.test(word.lower)

const house = /^,?\s{0,2}(?:nr\.?\s?)?(\d{1,4})(?:\s?([a-h])(?!\p{L}))?(?![\d:%°]|[.,]\d|\s?[-–]?\s?(?:%|,-))/iu
const LOOK = 24 // characters

/** «Storgt.», «Bjørkev.», «Strandg.» */
const isShortened = (word: Word): boolean => word.isCapitalised && /\p{L}{3}(?:gt|vn|v|g)$/u.test(word.lower.slice(-8))

/** The end of the number of a house that follows a word, if one does. */
function houseEnd({ text }: Reading, words: readonly Word[], at: number): number | undefined {
  const word = words[at] as Word
  const after = word.end + (isShortened(word) && text[word.end] === '.' ? 1 : 0)
  const found = house.exec(text.slice(after, after + LOOK))
  if (!found) return undefined
  const end = after + found[0].length
  const next = nextWord(words, at, end)
  return next && found[2] === undefined && units.test(next.lower.slice(0, LOOK)) && next.start - end <= 1
    ? undefined
    : end
}

function nextWord(words: readonly Word[], at: number, from: number): Word | undefined {
  return words.slice(at + 1, at + 5).find(({ start }) => start >= from)
}

const postal = /^,?\s{0,2}(?:[hHuU]\d{4},?\s)?(?:N-)?\d{4}\s\p{Lu}\p{L}{1,20}/u

/** The end of a postal code and its place that follow, if they do. */
function postalEnd({ text }: Reading, end: number): number | undefined {
  const found = postal.exec(text.slice(end, end + 2 * LOOK))
  return found ? end + found[0].length : undefined
}
