import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderArchive } from '../../../../integrations/archives/folder/index.ts'
import { receiptMismatches } from '../../../../src/domain/archive-plan.ts'
import { callContext } from '../../../support/call-context.ts'
import { newArchive, packagesIn, registerIn } from './archive-folder.ts'
import { numberedPlan } from './numbered-plan.ts'

const script = fileURLToPath(new URL('./submit-plans.ts', import.meta.url))
const PLANS = 60

test('three processes, of which one is killed again and again, give every plan its own number without a gap', async () => {
  const folder = await newArchive()
  const steady = [run(folder, 15, 45), run(folder, 30, PLANS)]
  for (const killAfter of [1, 4, 7]) await killedAfter(killAfter, run(folder, 0, 30))
  expect(await Promise.all([...steady, run(folder, 0, 30)].map(exitCode))).toEqual([0, 0, 0])

  const entries = await registerIn(folder)
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: PLANS }, (_, at) => at + 1))
  const yearly = groups(entries, ({ saksaar }) => saksaar)
  expect(new Set(yearly.keys())).toEqual(new Set([2025, 2026]))
  for (const inYear of yearly.values()) {
    const cases = groups(inYear, ({ sakssekvensnummer }) => sakssekvensnummer)
    expect([...cases.keys()]).toEqual(Array.from({ length: cases.size }, (_, at) => at + 1))
    for (const inCase of cases.values()) {
      expect(inCase.map(({ journalpostnummer }) => journalpostnummer)).toEqual(inCase.map((_, at) => at + 1))
      expect(new Set(inCase.map(({ saksmappeSystemID }) => saksmappeSystemID)).size).toBe(1)
    }
  }
  expect((await packagesIn(folder)).length).toBe(PLANS)

  const reader = folderArchive.open({ ARCHIVE_FOLDER: folder })
  for (let number = 0; number < PLANS; number += 1) {
    const { plan, files } = numberedPlan(number)
    const result = await reader.lookup(plan, callContext(files))
    const [receipt] = result.state === 'hits' ? result.hits : []
    expect(receipt && receiptMismatches(plan, receipt)).toEqual([])
  }
  // The next to write clears away what the killed ones left.
  const { plan, files } = numberedPlan(PLANS)
  await reader.submit(plan, callContext(files))
  expect((await readdir(folder)).toSorted()).toEqual(['2025', '2026', 'register'])
}, 180_000)

function groups<T>(all: readonly T[], key: (one: T) => number): ReadonlyMap<number, readonly T[]> {
  const found = new Map<number, T[]>()
  for (const one of all) found.set(key(one), [...(found.get(key(one)) ?? []), one])
  return found
}

const run = (folder: string, from: number, to: number): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', script, folder, String(from), String(to)], {
    stdio: ['ignore', 'pipe', 'inherit']
  })

async function exitCode(child: ChildProcess): Promise<number | null> {
  child.stdout?.resume()
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

/** Kills a process as soon as it has said that so many plans are archived. */
async function killedAfter(plans: number, child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  let archived = 0
  for await (const _ of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    archived += 1
    if (archived === plans) child.kill('SIGKILL')
  }
  await exit
}
