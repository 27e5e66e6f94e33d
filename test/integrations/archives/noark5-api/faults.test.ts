import { describe, expect, test } from 'vitest'
import { dialectNames } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import { applies, type Fault, faults } from '../../../support/n5tg/faults.ts'
import type { StandIn, StandInOptions } from '../../../support/n5tg/serve.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { waitFor } from '../../../support/wait-for.ts'
import { earlierRecord, fullPlan, heldOf, heldOnce } from './full-plan.ts'
import { takeToRest } from './worker.ts'

/** Most of the time is spent on waiting. */
const AT_ONCE = 4

/** A lie about the bytes is for a person to judge; nothing else is, when it happens once. */
const forAPerson: readonly Fault[] = ['wrong-checksum']

async function deliverWith(options: StandInOptions, plan: (standIn: StandIn) => void = () => undefined) {
  const standIn = await startStandIn(options)
  const made = fullPlan([earlierRecord(standIn)])
  plan(standIn)
  const settled = () => waitFor(standIn.isIdle, 'the archive has nothing under way')
  return { standIn, made, rest: await takeToRest(noark5Api.open(standIn.settings), made, settled) }
}

describe.each(dialectNames)('%s', (dialect) => {
  test.each(faults)(
    '%s at any request leaves one whole journalpost, or one that a person is asked about',
    async (fault) => {
      const { standIn } = await deliverWith({ dialect })
      const requests = [...standIn.requests]
      const places = [...requests.keys()].filter((at) => applies(fault, requests[at] ?? '', dialect))
      expect(places.length).toBeGreaterThan(0)
      const changes = { dialect, ...(fault.endsWith('too-late') && { timeoutSeconds: 0.3 }) }
      const tryAt = async (at: number) => {
        const broken = await deliverWith(changes, (each) => each.faults.set(at, fault))
        const moment = `${fault} at request ${at}, ${requests[at]}`
        const held = heldOf(broken.standIn)
        if (forAPerson.includes(fault) && 'error' in broken.rest) {
          expect(broken.rest.error, moment).toMatchObject({ kind: 'needs-human' })
          expect(held.journalposter.length, moment).toBe(1)
        } else {
          expect(broken.rest, moment).toHaveProperty('receipt')
          expect(held, moment).toEqual(heldOnce(broken.made.plan))
        }
      }
      while (places.length > 0) await Promise.all(places.splice(0, AT_ONCE).map(tryAt))
    },
    180_000
  )
})
