import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { MissingBackend } from './backends.ts'

interface Options {
  readonly missing: readonly MissingBackend[]
  readonly failOnSkip: boolean
}

/** Says loudly what did not run and how to get it, and closes with one plain line. A skip can be made a failure. */
export class SkipReporter implements Reporter {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const inState = (state: string) => tests.filter((test) => test.result().state === state)
    const skipped = inState('skipped')
    const broken = modules.filter((module) => module.state() === 'failed' && inModule(module) === 0).length
    const lines = [
      ...this.#options.missing.map(({ name, why }) => `IKKE KJØRT: alle prøver over «${name}». ${why}`),
      ...skipped.map((test) => `IKKE KJØRT: ${nameOf(test)}`)
    ]
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`)
    if (lines.length > 0 && this.#options.failOnSkip) {
      process.stdout.write('Her skal alt kjøres, så dette er en feil.\n')
      process.exitCode = 1
    }
    const failed = inState('failed').length + broken
    process.stdout.write(`\n${inState('passed').length} passed, ${failed} failed, ${lines.length} skipped\n`)
  }
}

const inModule = (module: TestModule) => [...module.children.allTests('failed')].length
const nameOf = (test: TestCase) => `[${test.project.name}] ${test.module.relativeModuleId} > ${test.fullName}`
