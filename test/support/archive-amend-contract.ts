import { describe, expect, test } from 'vitest'
import type { AmendResult } from '../../src/domain/archive-answer.ts'
import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import type { Receipt } from '../../src/domain/receipt.ts'
import type { ArchiveConnector, CallContext } from '../../src/flow/ports.ts'
import { toArkivmelding } from '../../src/noark/arkivmelding.ts'
import type { ArchiveUnderTest, Hjemler } from './archive-under-test.ts'
import { Crash, callContext, type StepLedger } from './call-context.ts'
import { archived, crashAfter, sent } from './drive-plan.ts'
import { HJEMMEL, type PlanChanges, personalData, restricted } from './plan-maker.ts'

const OTHER_HJEMMEL = 'Offl. § 14 første ledd'

/** What the rest of the program counts on when what is journaled must be restricted afterwards. */
export function describeAmend(name: string, open: () => Promise<ArchiveUnderTest>, amends: boolean) {
  const journaled = async (changes?: PlanChanges) => {
    const archive = await open()
    return { ...archive, ...(await keep(archive.connector, changes)) }
  }

  describe(`${name} says what it can change afterwards`, () => {
    test('and is never written to for what it cannot', async () => {
      const { connector, openOnly } = await open()
      expect(connector.capabilities.amends ?? []).toEqual(amends ? ['skjerming'] : [])
      expect(connector.amend !== undefined).toBe(amends)
      if (!openOnly) return
      expect(openOnly.capabilities.amends).toBeUndefined()
      expect(openOnly.amend).toBeUndefined()
    })
  })

  if (!amends) return
  describe(`${name} restricts what it has journaled`, () => {
    test('and leaves the journalpost, its numbers, its files and its receipt as they are', async () => {
      const { connector, plan, receipt, amend, ctx, hjemler, journalposts } = await journaled()
      expect(await hjemler()).toEqual(allBy(undefined, plan))
      expect(await amend()).toEqual({ state: 'amended' })
      expect(await hjemler()).toEqual(allBy(HJEMMEL, plan))
      expect(await journalposts()).toBe(1)
      for (const asked of [plan, restricted(plan)]) {
        expect(await connector.lookup(asked, ctx())).toEqual({ state: 'hits', hits: [receipt], complete: true })
      }
    })

    test('and changes nothing when it is so already', async () => {
      const { plan, amend, hjemler } = await journaled()
      await amend()
      const passed: string[] = []
      const passing = (moment: string) => passed.push(moment)
      expect(await amend({ passing })).toEqual({ state: 'amended' })
      expect(passed).toEqual([])
      expect(await hjemler()).toEqual(allBy(HJEMMEL, plan))
    })

    test('and changes nothing of what was restricted when it was sent', async () => {
      const { amend, plan, hjemler } = await journaled({ isRestricted: true })
      const passed: string[] = []
      expect(await amend({ passing: (moment) => passed.push(moment) })).toEqual({ state: 'amended' })
      expect(passed).toEqual([])
      expect(await hjemler()).toEqual(allBy(HJEMMEL, plan))
    })

    test('by another law in the place of an earlier one, and back', async () => {
      const { connector, plan, receipt, amend, hjemler, journalposts } = await journaled({ isRestricted: true })
      const other = restricted(plan, OTHER_HJEMMEL)
      expect(await amending(connector, other, receipt)).toEqual({ state: 'amended' })
      expect(await hjemler()).toEqual(allBy(OTHER_HJEMMEL, plan))
      expect(await amend()).toEqual({ state: 'amended' })
      expect(await hjemler()).toEqual(allBy(HJEMMEL, plan))
      expect(await journalposts()).toBe(1)
    })

    test('and not the case that it lies in when the plan did not make that', async () => {
      const { connector, receipt: saksnummer, hjemler } = await journaled()
      const { amend } = await keep(connector, { saksnummer })
      expect(await amend()).toEqual({ state: 'amended' })
      const { saksmapper, journalposter } = await hjemler()
      expect(saksmapper).toEqual([undefined])
      expect(journalposter).toEqual([undefined, HJEMMEL])
    })

    test('after a crash at any moment and a new try', async () => {
      const moments: string[] = []
      await (await journaled()).amend({ passing: (moment) => moments.push(moment) })
      expect(moments.length).toBeGreaterThan(0)
      for (const crashAt of moments.keys()) {
        for (const remembers of [true, false]) {
          const { plan, receipt, connector, amend, ctx, hjemler, journalposts } = await journaled()
          const ledger: StepLedger = new Map()
          const crash = `a crash ${moments[crashAt]}`
          await expect(amend({ ledger, passing: crashAfter(crashAt) }), crash).rejects.toThrow(Crash)
          expect(await amend(remembers ? { ledger } : {}), crash).toEqual({ state: 'amended' })
          expect(await hjemler(), crash).toEqual(allBy(HJEMMEL, plan))
          expect(await journalposts(), crash).toBe(1)
          expect(await connector.lookup(plan, ctx()), crash).toMatchObject({ hits: [receipt] })
        }
      }
    })

    test('after a crash at every moment in turn', async () => {
      const { plan, amend, hjemler, journalposts } = await journaled()
      const ledger: StepLedger = new Map()
      for (let crashAt = 0; ; crashAt += 1) {
        const result = await amend({ ledger, passing: crashAfter(crashAt) }).catch((error: unknown) => error)
        if (!(result instanceof Crash)) break
      }
      expect(await amend({ ledger })).toEqual({ state: 'amended' })
      expect(await hjemler()).toEqual(allBy(HJEMMEL, plan))
      expect(await journalposts()).toBe(1)
    })

    test('and refuses one that it never journaled, and a receipt for another', async () => {
      const { connector, plan, hjemler, journalposts, amend } = await journaled()
      const other = await keep(connector)
      const { plan: unsent } = sent()
      const passed: string[] = []
      const changes = { passing: (moment: string) => passed.push(moment) }
      const refused = [
        await amending(connector, restricted(plan), other.receipt, changes),
        await amending(connector, restricted(unsent), other.receipt, changes)
      ]
      for (const result of refused) expect(kindOf(result)).toMatch(/^(needs-human|not-found)$/)
      expect(passed).toEqual([])
      expect((await hjemler()).journalposter).toEqual([undefined, undefined])
      expect(await journalposts()).toBe(2)
      expect(await amend()).toEqual({ state: 'amended' })
      expect((await hjemler()).journalposter).toEqual([HJEMMEL, undefined])
    })

    test('or stops when told to, and changes nothing', async () => {
      const { plan, amend, hjemler } = await journaled()
      const result = await amend({ signal: AbortSignal.abort() }).catch((error: unknown) => error)
      if (result instanceof Error) expect(result).toMatchObject({ name: 'AbortError' })
      else expect(result).toMatchObject({ state: 'failed', error: { kind: 'transient' } })
      expect(await hjemler()).toEqual(allBy(undefined, plan))
    })

    test('or says in words without secrets or personal data what is wrong with it', async () => {
      const { troubled, secrets = [], plan, receipt } = await journaled()
      for (const connector of troubled) {
        const result = await amending(connector, restricted(plan), receipt)
        expect(result).toMatchObject({
          state: 'failed',
          error: { message: expect.stringMatching(/^[A-ZÆØÅ].{10,}\.$/) }
        })
        for (const word of [...personalData, ...secrets]) expect(JSON.stringify(result)).not.toContain(word)
      }
    })
  })
}

/** Something journaled, and how to restrict it. */
async function keep(connector: ArchiveConnector, changes?: PlanChanges) {
  const { plan, ctx } = sent(changes)
  const receipt = await archived(connector, plan, ctx())
  const amend = (given: Parameters<typeof callContext>[1] = {}) => amending(connector, restricted(plan), receipt, given)
  return { plan, ctx, receipt, amend }
}

async function amending(
  connector: ArchiveConnector,
  plan: ArchivePlan,
  receipt: Receipt,
  given: Parameters<typeof callContext>[1] = {}
): Promise<AmendResult> {
  const ctx: CallContext = callContext(new Map(), { recordXml: toArkivmelding(plan), ...given })
  if (!connector.amend) throw new Error('It cannot change what it has journaled.')
  return connector.amend(plan, { kind: 'skjerming', receipt }, ctx)
}

const kindOf = (result: AmendResult) => (result.state === 'failed' ? result.error.kind : result.state)

const allBy = (hjemmel: string | undefined, { record }: ArchivePlan): Hjemler => ({
  saksmapper: [hjemmel],
  journalposter: [hjemmel],
  dokumenter: record.dokumenter.map(() => hjemmel)
})
