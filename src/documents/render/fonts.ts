import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as fontkit from 'fontkit'

/** What the fonts can show. A grapheme is shown when one font has all of it. */
export interface Coverage {
  /** The code points of each text font, in the order the fonts are tried. */
  readonly text: readonly CodePoints[]
  readonly emoji: CodePoints
}

/** Read from the font when first asked, since most documents need one or two fonts of many. */
export interface CodePoints {
  has(codePoint: number): boolean
  all(): ReadonlySet<number>
}

export interface Fonts {
  /** Folders with the font files. */
  readonly folders: readonly string[]
  /** Names of the text fonts, in the order they are tried. */
  readonly families: readonly string[]
  readonly coverage: Coverage
}

/** A font package: family name, and the styles used. Every style covers what the first one covers. */
interface FontPackage {
  readonly name: string
  readonly family: string
  readonly styles: readonly string[]
}

const emojiFont: FontPackage = { name: 'noto-color-emoji', family: 'Noto Color Emoji', styles: ['400Regular'] }

// The first font that has a letter shows it. Vazirmatn stands before every other Arabic font: the others come out of text
// extraction with doubled letters. Of the last three, the second is there for what the first lacks of Japanese (the ・).
const required: readonly FontPackage[] = [
  { name: 'noto-sans', family: 'Noto Sans', styles: ['400Regular', '600SemiBold'] },
  { name: 'vazirmatn', family: 'Vazirmatn', styles: ['400Regular', '600SemiBold'] },
  ...['Symbols', 'Symbols 2', 'Math'].map(regular),
  ...['Hebrew', 'Ethiopic', 'Armenian', 'Georgian'].map(regular),
  ...['Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'].map(regular),
  ...['Thai', 'Lao', 'Khmer', 'Myanmar'].map(regular),
  { name: 'chocolate-classical-sans', family: 'Chocolate Classical Sans', styles: ['400Regular'] },
  { name: 'biz-udpgothic', family: 'BIZ UDPGothic', styles: ['400Regular'] },
  { name: 'nanum-gothic', family: 'NanumGothic', styles: ['400Regular'] }
]

/** Scripts that an installation gets by installing the package `@expo-google-fonts/noto-sans-…`. */
const optional = ['Syriac', 'Thaana', 'NKo', 'Mongolian', 'Tifinagh', 'Cherokee', 'Deseret'].map(regular)

/** A font of the Noto Sans family for one script, which is small: its package holds nine weights, of which one is used. */
function regular(script: string): FontPackage {
  return {
    name: `noto-sans-${script.toLowerCase().replaceAll(' ', '-')}`,
    family: `Noto Sans ${script}`,
    styles: ['400Regular']
  }
}

const resolve = createRequire(import.meta.url).resolve

/** Finds the fonts. Throws when a required font is not installed. */
export function loadFonts(): Fonts {
  const textFonts = [...required, ...optional.filter(isInstalled)]
  return {
    folders: [...textFonts, emojiFont].flatMap((font) => font.styles.map((style) => join(folderOf(font), style))),
    families: textFonts.map(({ family }) => family),
    coverage: { text: textFonts.map(codePointsOf), emoji: codePointsOf(emojiFont) }
  }
}

const folderOf = ({ name }: FontPackage): string => dirname(resolve(`@expo-google-fonts/${name}/package.json`))

function isInstalled(font: FontPackage): boolean {
  try {
    return folderOf(font) !== ''
  } catch {
    return false
  }
}

function codePointsOf(font: FontPackage): CodePoints {
  let read: ReadonlySet<number> | undefined
  const all = () => {
    read ??= readCodePoints(font)
    return read
  }
  return { all, has: (codePoint) => all().has(codePoint) }
}

function readCodePoints(font: FontPackage): ReadonlySet<number> {
  const [style = ''] = font.styles
  const opened = fontkit.openSync(join(folderOf(font), style, `${font.family.replaceAll(' ', '')}_${style}.ttf`))
  if (!('characterSet' in opened)) throw new Error(`${font.name} is a collection of fonts`)
  return new Set(opened.characterSet)
}
