import { type Counts, type Endured, endure } from '../test/support/endurance/endure.ts'
import { type Bench, quantile } from './measure.ts'

const COUNT = Number(process.env.ENDURANCE_COUNT ?? 10_000)
const SEED = Number(process.env.ENDURANCE_SEED ?? 1)
/** What the promise says: ten thousand that come in ten minutes. What they become may take longer. */
const INTAKE_SECONDS_MAX = 600
const COUNT_IN_TIME = 10_000

/** Ten thousand inquiries, taken in over six minutes, through all that can go wrong with every part. */
export const endurance: Bench = async (tell) => {
  const endured = await endure({
    ...{ count: COUNT, perSecond: 28, requestsPerMishap: 400, settleSeconds: 60, secondsMax: 3_600, seed: SEED, tell }
  })
  for (const line of reportOf(endured)) tell(line)
  const { lost, double, unpromised, contradicted } = endured.reconciliation
  const wrong = lost.length + double.length + unpromised.length + contradicted.length
  return {
    name: 'endurance',
    value: endured.seconds,
    unit: `s until ${COUNT} inquiries are journaled or wait for a person, with faults on`,
    bar: `0 lost, 0 double; ${COUNT_IN_TIME} taken in within ${INTAKE_SECONDS_MAX}`,
    ok: wrong === 0 && (COUNT < COUNT_IN_TIME || endured.intakeSeconds <= INTAKE_SECONDS_MAX),
    more: {
      ...{
        count: COUNT,
        seed: SEED,
        intakeSeconds: endured.intakeSeconds,
        lost: lost.length,
        double: double.length,
        unpromised: unpromised.length
      },
      ...{ contradicted: contradicted.length, journaled: endured.states.get('journaled') ?? 0 },
      ...{ needsAction: endured.states.get('needs-action') ?? 0, mishaps: sum(endured.mishaps) },
      p50: quantile(endured.secondsEach, 0.5),
      p95: quantile(endured.secondsEach, 0.95)
    }
  }
}

function reportOf(endured: Endured): readonly string[] {
  const { reconciliation: found, secondsEach } = endured
  const [p50, p95, longest] = [0.5, 0.95, 1].map((share) => quantile(secondsEach, share).toFixed(1))
  return [
    `tatt imot og avstemt mot arkivet: ${listed(endured.states)}`,
    `tapt ${found.lost.length}, dobbelt ${found.double.length}, uten løfte ${found.unpromised.length}, motsagt ${found.contradicted.length}`,
    `fra 202 til journalført: p50 ${p50} s, p95 ${p95} s, lengst ${longest} s`,
    `trenger handling: ${listed(endured.needsAction)}`,
    `andre svar enn 202: ${listed(endured.answersOtherThan202)}`,
    `det som gikk galt i arkivet, av ${endured.requests} forespørsler: ${listed(endured.mishaps)}`,
    `det som gikk galt ellers: ${listed(endured.troubles)}`
  ]
}

const listed = (counts: Counts): string =>
  counts.size === 0 ? 'ingen' : [...counts].map(([what, count]) => `${what} ${count}`).join(', ')

const sum = (counts: Counts): number => [...counts.values()].reduce((total, count) => total + count, 0)
