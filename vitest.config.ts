import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { backends } from './test/support/backends.ts'
import { SkipReporter } from './test/support/skip-reporter.ts'

/** Suites that lean on database and queue run once for each pair of them that this machine can start. */
const backed = ['test/{flow,http,jobs,service,store}/**/*.test.ts']
const common = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  restoreMocks: true
}

const projects: TestProjectConfiguration[] = [
  {
    test: { ...common, name: 'alone', include: ['test/**/*.test.ts'], exclude: backed }
  },
  { test: { ...common, name: 'supervisor', include: ['test/store/embedded/**/*.test.ts'] } },
  ...backends.available.map(
    ({ name, setup }): TestProjectConfiguration => ({
      test: { ...common, name, include: backed, exclude: ['test/store/embedded/**'], globalSetup: [setup] }
    })
  )
]

export default defineConfig({
  test: {
    projects,
    maxWorkers: 2,
    reporters: [
      ['default', { summary: false }],
      new SkipReporter({ missing: backends.missing, failOnSkip: process.env.ARKIVBRO_NO_SKIP === '1' })
    ]
  }
})
