import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ArchivePlan } from '../src/domain/archive-plan.ts'
import { toArkivmelding } from '../src/noark/arkivmelding.ts'
import { checkedArkivmelding } from '../src/noark/checked-arkivmelding.ts'
import { planMaker } from '../test/support/plan-maker.ts'
import type { Measured } from './measure.ts'

const COUNT = 20_000
const WARM = 2_000
const MS_MAX = 5
const GROWTH_MB_MAX = 4
const SETTLE_MS = 50
const MB = 1_048_576

/** Arkivmeldinger written and checked as the service does, one after another: time for each, and memory after many. */
export async function record(tell: (text: string) => void): Promise<Measured> {
  const plans = Array.from(
    { length: 50 },
    (_, number) => planMaker({ inquiryId: idOf(number), contents: filesOf(number) }).plan
  )
  run(plans, WARM, toArkivmelding)
  run(plans, WARM, checked)
  const writing = run(plans, COUNT, toArkivmelding)
  const before = await heldMb()
  const all = run(plans, COUNT, checked)
  const growthMb = (await heldMb()) - before
  const msEach = all.ms / COUNT
  tell(`${COUNT} arkivmeldinger: ${msEach.toFixed(3)} ms hver, ${(all.bytes / MB / (all.ms / 1_000)).toFixed(1)} MB/s`)
  tell(`uten kontroll: ${(writing.ms / COUNT).toFixed(3)} ms hver; minnet vokste ${growthMb.toFixed(1)} MB`)
  return {
    name: 'record',
    value: msEach,
    unit: 'ms to write and check one arkivmelding',
    bar: `< ${MS_MAX}, memory grows < ${GROWTH_MB_MAX} MB over ${COUNT}`,
    ok: msEach < MS_MAX && growthMb < GROWTH_MB_MAX,
    more: { writingMs: writing.ms / COUNT, mbPerSecond: all.bytes / MB / (all.ms / 1_000), growthMb }
  }
}

const checked = (plan: ArchivePlan): string => {
  const { xml, faults } = checkedArkivmelding(plan)
  if (faults.length > 0) throw new Error(`The plan of the benchmark has faults: ${JSON.stringify(faults)}`)
  return xml
}

function run(plans: readonly ArchivePlan[], count: number, write: (plan: ArchivePlan) => string) {
  const start = performance.now()
  let bytes = 0
  for (let at = 0; at < count; at += 1) bytes += Buffer.byteLength(write(plans[at % plans.length] as ArchivePlan))
  return { bytes, ms: performance.now() - start }
}

/** What JavaScript and libxml2 hold once what nobody needs is gone, which takes a turn or two of the event loop. */
async function heldMb(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let time = 0; time < 5; time += 1) {
    collect()
    await pause(SETTLE_MS)
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / MB
}

const idOf = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** Two or three files. */
const filesOf = (number: number): readonly Buffer[] =>
  Array.from({ length: 2 + (number % 2) }, (_, at) => createHash('sha256').update(`${number}/${at}`).digest())
