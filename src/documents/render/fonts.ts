import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as fontkit from 'fontkit'

/** What the fonts can show. A grapheme is shown when one font has all of it. */
export interface Coverage {
  /** One set of code points per text font, in the order the fonts are tried. */
  readonly text: readonly ReadonlySet<number>[]
  readonly emoji: ReadonlySet<number>
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

// Vazirmatn stands before every other Arabic font: the others come out of text extraction with doubled letters.
const required: readonly FontPackage[] = [
  { name: 'noto-sans', family: 'Noto Sans', styles: ['400Regular', '600SemiBold'] },
  { name: 'vazirmatn', family: 'Vazirmatn', styles: ['400Regular', '600SemiBold'] },
  { name: 'noto-sans-symbols', family: 'Noto Sans Symbols', styles: ['400Regular'] },
  { name: 'noto-sans-symbols-2', family: 'Noto Sans Symbols 2', styles: ['400Regular'] },
  { name: 'noto-sans-math', family: 'Noto Sans Math', styles: ['400Regular'] }
]

/** Scripts that an installation gets by installing the package `@expo-google-fonts/noto-sans-…`. */
const optional: readonly FontPackage[] = [
  'Hebrew',
  'Ethiopic',
  'Devanagari',
  'Gurmukhi',
  'Bengali',
  'Tamil',
  'Sinhala',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Georgian',
  'Armenian',
  'SC',
  'JP',
  'KR'
].map((script) => ({
  name: `noto-sans-${script.toLowerCase()}`,
  family: `Noto Sans ${script}`,
  styles: ['400Regular']
}))

const resolve = createRequire(import.meta.url).resolve

/** Finds the fonts and reads what they cover. Throws when a required font is not installed. */
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

function codePointsOf(font: FontPackage): ReadonlySet<number> {
  const [style = ''] = font.styles
  const opened = fontkit.openSync(join(folderOf(font), style, `${font.family.replaceAll(' ', '')}_${style}.ttf`))
  if (!('characterSet' in opened)) throw new Error(`${font.name} is a collection of fonts`)
  return new Set(opened.characterSet)
}
