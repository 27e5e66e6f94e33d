import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { PdfaLevel } from './render-messages.ts'

/** Sets a document. The engine's cache and memory grow with every document; see the render pool. */
export interface ThreadCompiler {
  /** `files` by their absolute path in the template. Throws an Error that quotes nothing of the document. */
  compile(
    template: string,
    files: ReadonlyMap<string, Uint8Array>,
    standard: PdfStandard
  ): { readonly pdf: Uint8Array; readonly pages: number }
}

/** What the engine enforces: a level of PDF/A (ISO 19005-2), or PDF/UA-1 (ISO 14289-1). It takes one at a time. */
export type PdfStandard = `a-${PdfaLevel}` | 'ua-1'

/** The part of the engine's interface that is used; the platform packages come without types. */
interface Engine {
  readonly NodeCompiler: {
    create(options: { workspace: string; fontArgs: readonly { fontPaths: readonly string[] }[] }): NodeCompiler
  }
}

interface NodeCompiler {
  mapShadow(path: string, content: Buffer): void
  resetShadow(): void
  evictCache(maxAge: number): void
  compile(options: { mainFileContent: string }): {
    readonly result: { readonly numOfPages: number } | null
    takeError(): object | null
  }
  pdf(document: object, options: { pdfStandard: string }): Buffer
  fetchDiagnostics(error: object): readonly { readonly message: string }[]
}

// A folder that does not exist: the template reads what it is given and nothing from the disk.
const WORKSPACE = '/arkivbro-thread'

/** Documents whose intermediate results the engine keeps; 0 makes it leak several times as much. */
const CACHE_AGE_MAX = 2

/**
 * Starts the engine for this platform with these font folders and no others. `fontConfig` is the file that FONTCONFIG_FILE
 * names; it is there only while the engine looks for fonts. Throws when the engine is not installed.
 */
export function threadCompiler(fontFolders: readonly string[], fontConfig: string): ThreadCompiler {
  const { NodeCompiler } = loadEngine()
  const compiler = withoutSystemFonts(fontConfig, () =>
    NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontPaths: fontFolders }] })
  )
  return {
    compile(template, files, standard) {
      try {
        for (const [path, bytes] of files) compiler.mapShadow(`${WORKSPACE}${path}`, Buffer.from(bytes))
        const compiled = compiler.compile({ mainFileContent: template })
        if (!compiled.result) throw new Error(reasonOf(compiler, compiled.takeError()))
        return { pdf: exported(compiler, compiled.result, standard), pages: compiled.result.numOfPages }
      } finally {
        compiler.resetShadow()
        compiler.evictCache(CACHE_AGE_MAX)
      }
    }
  }
}

function loadEngine(): Engine {
  const { platform, arch } = process
  const libc = platform === 'linux' ? '-gnu' : platform === 'win32' ? '-msvc' : ''
  return createRequire(import.meta.url)(`@myriaddreamin/typst-ts-node-compiler-${platform}-${arch}${libc}`)
}

/**
 * The engine always looks for the system's fonts too, and a Noto Sans found there, of another version, would change the
 * page. So it is told that they are in a folder that does not exist.
 */
function withoutSystemFonts<T>(fontConfig: string, start: () => T): T {
  writeFileSync(fontConfig, '<?xml version="1.0"?><fontconfig><dir>/arkivbro-no-fonts</dir></fontconfig>', {
    flag: 'wx'
  })
  try {
    return start()
  } finally {
    rmSync(fontConfig)
  }
}

function exported(compiler: NodeCompiler, document: object, pdfStandard: PdfStandard): Uint8Array {
  try {
    return compiler.pdf(document, { pdfStandard })
  } catch (error) {
    throw new Error(withoutQuotes(error instanceof Error ? error.message : String(error)))
  }
}

const reasonOf = (compiler: NodeCompiler, error: object | null): string =>
  error === null ? 'no reason given' : withoutQuotes(compiler.fetchDiagnostics(error)[0]?.message ?? 'no reason given')

/** What the engine says, without the words of the document that it quotes: this goes to the log. */
const withoutQuotes = (message: string): string => message.replaceAll(/`[^`]*`/g, '`…`').slice(0, 300)
