import { expect, inject, test } from 'vitest'
import { endure } from '../support/endurance/endure.ts'
import { nothingWrong } from '../support/reconcile.ts'
import { postgresPrograms } from '../support/start-postgres.ts'

if (inject('redisPort') && postgresPrograms()) {
  test('three hundred inquiries, an archive that fails and parts that die: nothing is lost and nothing is double', async () => {
    const seed = Number(process.env.ENDURANCE_SEED ?? Math.floor(Math.random() * 1_000_000))
    const told: string[] = [`ENDURANCE_SEED=${seed}`]
    const endured = await endure({
      ...{ count: 300, perSecond: 30, requestsPerMishap: 100, settleSeconds: 2, secondsMax: 240, seed },
      tell: (text) => told.push(text)
    })
    expect(endured.reconciliation, told.join('\n')).toEqual(nothingWrong)
    const { journaled = 0, 'needs-action': needsAction = 0 } = Object.fromEntries(endured.states)
    expect([journaled + needsAction, endured.states.size <= 2], told.join('\n')).toEqual([300, true])
    expect(journaled).toBeGreaterThan(280)
  }, 300_000)
}
