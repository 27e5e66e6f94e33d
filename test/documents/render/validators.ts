import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const OUTPUT_MAX = 64_000_000 // bytes
const AT_ONCE = 3

/** Does something with each, a few at once. */
export async function eachOf<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const left = items.entries()
  const worker = async () => {
    for (const [index, item] of left) await work(item, index)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** What a program says of a file; a program that ends with an error is what it says, too. */
export async function saidBy(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(program, [...args], { maxBuffer: OUTPUT_MAX })).stdout
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Everything that Ghostscript complains of when it interprets the files to the end; empty when nothing. */
export async function ghostscriptOn(paths: readonly string[]): Promise<string> {
  const options = ['-q', '-dSAFER', '-dNOPAUSE', '-dBATCH', '-dPDFSTOPONERROR', '-sDEVICE=nullpage']
  try {
    const { stdout, stderr } = await run('gs', [...options, ...paths], { maxBuffer: OUTPUT_MAX })
    return `${stdout}${stderr}`
  } catch (error) {
    return String(error)
  }
}

/** The files that veraPDF does not pass at the level they claim. */
export async function refusedByVeraPdf(verapdf: string, level: string, paths: readonly string[]): Promise<string[]> {
  const said = await run(verapdf, ['--flavour', level, '--format', 'text', ...paths], { maxBuffer: OUTPUT_MAX }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' })
  )
  const passed = new Set(Array.from(said.stdout.matchAll(/^PASS (\S+)/gm), ([, path = '']) => path))
  return paths.filter((path) => !passed.has(path))
}
