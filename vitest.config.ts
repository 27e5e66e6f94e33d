import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { backends } from './test/support/backends.ts'
import { SkipReporter } from './test/support/skip-reporter.ts'

/** Suites of the steps run on the database that every machine has. */
const steps = ['test/flow/**/*.test.ts']
/** Suites of the store run once for each kind of database that this machine can start. */
const stored = ['test/store/**/*.test.ts']
/** Suites of the API run on the database that every machine has; where the answer is a search or a count, on the other too. */
const asked = ['test/http/**/*.test.ts']
const searched = ['test/http/{intake,lookup,metrics,guideline}.test.ts']
/** Suites of what becomes of an inquiry run on the database that every machine has, and so do those of killed processes. */
const whole = ['test/service/**/*.test.ts']
/** Suites that lean on the queue too run once for each pair of database and queue. */
const queued = ['test/jobs/**/*.test.ts', 'test/service/{inbound,main-way,queue-loss}.test.ts']
/** Processes that are killed leave something else behind where the queue is Redis. */
const killed = ['test/service/crash.test.ts']
const backed = [...steps, ...stored, ...asked, ...whole, ...queued]
/** Suites about one part, run where that part is. */
const placeOf = {
  embedded: ['test/service/archive-trouble.test.ts', 'test/service/big-file.test.ts'],
  postgres: ['test/service/postgres-trouble.test.ts'],
  redis: ['test/service/redis-trouble.test.ts']
}
/** The database beside Redis is that of «postgres». */
const suitesOf: Readonly<Record<string, readonly string[]>> = {
  embedded: backed,
  postgres: [...stored, ...searched, ...queued, ...placeOf.postgres],
  redis: [...queued, ...killed, ...placeOf.redis]
}
/** Suites that take minutes of failing parts: `npm run trouble`. */
const trouble = process.env.TROUBLE === undefined ? ['test/service/*-trouble.test.ts'] : []
const placed = Object.entries(placeOf)
const elsewhere = (name: string) => placed.flatMap(([place, suites]) => (place === name ? [] : suites))
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
      test: {
        ...common,
        name,
        include: [...(suitesOf[name] ?? [])],
        exclude: ['test/store/embedded/**', ...elsewhere(name), ...trouble],
        globalSetup: [setup]
      }
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
