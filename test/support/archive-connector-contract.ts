import { describe, expect, test } from 'vitest'
import { type ArchivePlan, isOfThis, receiptMismatches } from '../../src/domain/archive-plan.ts'
import { journalpostLabel, type Receipt } from '../../src/domain/receipt.ts'
import type { ArchiveConnector, CallContext } from '../../src/flow/ports.ts'
import { toArkivmelding } from '../../src/noark/arkivmelding.ts'
import { describeAmend } from './archive-amend-contract.ts'
import { describeInbound, type InboundUnderTest } from './archive-inbound-contract.ts'
import type { ArchiveUnderTest } from './archive-under-test.ts'
import { Crash, callContext, type StepLedger } from './call-context.ts'
import { archived, crashAfter, sent } from './drive-plan.ts'
import { HJEMMEL, type MadePlan, personalData, planMaker } from './plan-maker.ts'

export interface ContractOptions {
  /** Whether the archive itself refuses the same key twice at the same time; otherwise the worker's lease must. */
  readonly refusesDoubles?: boolean
  /** The connector with a mailbox that the suite commands, when it hands on what its archive sends. */
  readonly inbound?: () => Promise<InboundUnderTest>
  /** Whether it can restrict what it has journaled; otherwise it must say so. */
  readonly amends?: boolean
}

/** What the rest of the program counts on from every archive integration. */
export function describeArchiveConnector(
  name: string,
  open: () => Promise<ArchiveUnderTest>,
  { refusesDoubles = true, inbound, amends = true }: ContractOptions = {}
) {
  if (inbound) describeInbound(name, inbound)
  describeAmend(name, open, amends)
  describe(`${name} keeps the archive connector contract`, () => {
    test('the archive holds nothing before, and one journalpost that matches the plan after', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      expect(await connector.lookup(plan, callContext(files))).toMatchObject({ state: 'hits', hits: [] })
      const receipt = await archived(connector, plan, callContext(files))
      expect(receiptMismatches(plan, receipt)).toEqual([])
      expect(receipt.archive).toBe(connector.name)
      expect(await connector.lookup(plan, callContext(files))).toMatchObject({ state: 'hits', hits: [receipt] })
      expect(await journalposts()).toBe(1)
    })

    test('a journalpost is found by its numbers, and known for ours or not', async () => {
      const { connector } = await open()
      const { plan, files } = planMaker()
      const other = planMaker().plan
      const { saksaar, sakssekvensnummer, journalpostnummer } = await archived(connector, plan, callContext(files))
      const find = (journalpostnummer: number, { externalKey } = plan) =>
        connector.find({ saksaar, sakssekvensnummer, journalpostnummer, externalKey }, callContext(files))
      for (const { asked, isOurs } of [
        { asked: plan, isOurs: true },
        { asked: other, isOurs: false }
      ]) {
        const found = await find(journalpostnummer, asked)
        const hits = found.state === 'hits' ? found.hits : []
        expect(hits).toEqual([expect.objectContaining({ saksaar, sakssekvensnummer, journalpostnummer, files: [] })])
        expect(isOfThis(asked, hits[0] as Receipt)).toBe(isOurs)
      }
      expect(await find(journalpostnummer + 1)).toEqual({ state: 'hits', hits: [], complete: true })
      const inNoCase = { saksaar: 1999, sakssekvensnummer: 1, journalpostnummer: 1, externalKey: plan.externalKey }
      expect(await connector.find(inNoCase, callContext(files))).toEqual({ state: 'hits', hits: [], complete: true })
    })

    test('the same plan again, by a worker that remembers nothing, gives the same receipt', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      const first = await archived(connector, plan, callContext(files))
      expect(await archived(connector, plan, callContext(files))).toEqual(first)
      expect(await journalposts()).toBe(1)
    })

    test('a crash anywhere and a new try give one journalpost', async () => {
      const moments = await momentsOf(await open())
      expect(moments.length).toBeGreaterThan(2)
      for (const crashAt of moments.keys()) {
        const { connector, journalposts } = await open()
        const { plan, files } = planMaker()
        const ledger: StepLedger = new Map()
        const crashing = callContext(files, { ledger, passing: crashAfter(crashAt) })
        await expect(connector.submit(plan, crashing), `crash ${moments[crashAt]}`).rejects.toThrow(Crash)
        const receipt = await archived(connector, plan, callContext(files, { ledger }), ledger)
        expect(receiptMismatches(plan, receipt)).toEqual([])
        expect(await journalposts(), `after a crash ${moments[crashAt]}`).toBe(1)
      }
    })

    test('a crash at every moment in turn still gives one journalpost', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      const ledger: StepLedger = new Map()
      for (let crashAt = 0; ; crashAt += 1) {
        const ctx = callContext(files, { ledger, passing: crashAfter(crashAt) })
        const result = await archived(connector, plan, ctx, ledger).catch((error: unknown) => error)
        if (!(result instanceof Crash)) break
      }
      const receipt = await archived(connector, plan, callContext(files, { ledger }), ledger)
      expect(receiptMismatches(plan, receipt)).toEqual([])
      expect(await journalposts()).toBe(1)
    })

    if (refusesDoubles) {
      test('two workers with the same plan make one journalpost', async () => {
        const { connector, journalposts } = await open()
        const { plan, files } = planMaker()
        const receipts = await Promise.all([1, 2].map(() => archived(connector, plan, callContext(files))))
        expect(receipts[1]).toEqual(receipts[0])
        expect(await journalposts()).toBe(1)
      })
    }

    test('plans at the same time get different numbers', async () => {
      const { connector, journalposts } = await open()
      const made = Array.from({ length: 5 }, () => planMaker())
      const receipts = await Promise.all(made.map(({ plan, files }) => archived(connector, plan, callContext(files))))
      expect(new Set(receipts.map(journalpostLabel)).size).toBe(made.length)
      for (const [index, receipt] of receipts.entries()) {
        expect(receiptMismatches((made[index] as MadePlan).plan, receipt)).toEqual([])
      }
      expect(await journalposts()).toBe(made.length)
    })

    test('stops when told to, before and under way, and archives nothing', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      await stopsAt(connector, plan, callContext(files, { signal: AbortSignal.abort() }))
      const controller = new AbortController()
      const passing = (moment: string) => moment.startsWith('after opening') && controller.abort()
      await stopsAt(connector, plan, callContext(files, { signal: controller.signal, passing }))
      expect(await journalposts()).toBe(0)
    })

    test('a file that is not what the plan says is refused, in words without personal data', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      const [first = ''] = files.keys()
      const others = [new Map([...files, [first, Buffer.from('noe annet')]]), new Map()]
      for (const wrong of others) {
        const result = await connector.submit(plan, callContext(wrong))
        expect(result.state).toBe('failed')
        for (const word of personalData) expect(JSON.stringify(result)).not.toContain(word)
      }
      expect(await journalposts()).toBe(0)
    })

    test('says how it is, and that it lacks nothing', async () => {
      const { connector } = await open()
      expect(await connector.health(new AbortController().signal)).toMatchObject({ state: 'up' })
      expect(await connector.lacking(new AbortController().signal)).toEqual([])
    })

    test('hands on what its archive sends only when that is held to the contract too', async () => {
      const { connector } = await open()
      expect(connector.inbound !== undefined).toBe(inbound !== undefined)
    })

    test('what the public may read names nobody', async () => {
      const { connector, publicTitles } = await open()
      const { plan, files } = planMaker()
      await archived(connector, plan, callContext(files, { recordXml: toArkivmelding(plan) }))
      const titles = await publicTitles()
      expect(titles).toContain(plan.record.offentligTittel)
      for (const { navn } of plan.record.korrespondanseparter) {
        for (const title of titles) expect(title).not.toContain(navn)
      }
    })

    test('what is restricted in the plan is restricted in the archive, after a crash at every moment too', async () => {
      const { connector, hjemler, journalposts, publicTitles } = await open()
      const { plan, ctx } = sent({ isRestricted: true })
      const ledger: StepLedger = new Map()
      for (let crashAt = 0; ; crashAt += 1) {
        const crashing = ctx({ ledger, passing: crashAfter(crashAt) })
        const result = await archived(connector, plan, crashing, ledger).catch((error: unknown) => error)
        if (!(result instanceof Crash)) break
      }
      expect(await archived(connector, plan, ctx({ ledger }), ledger)).toMatchObject({ archive: connector.name })
      expect(await journalposts()).toBe(1)
      const documents = plan.record.dokumenter.map(() => HJEMMEL)
      expect(await hjemler()).toEqual({ saksmapper: [HJEMMEL], journalposter: [HJEMMEL], dokumenter: documents })
      for (const title of await publicTitles()) expect(title).not.toContain('Kari Nordmann')
    })

    test('a restricted journalpost in a case that is open restricts itself alone', async () => {
      const { connector, hjemler } = await open()
      const first = sent()
      const saksnummer = await archived(connector, first.plan, first.ctx())
      const second = sent({ isRestricted: true, saksnummer })
      await archived(connector, second.plan, second.ctx())
      const { saksmapper, journalposter } = await hjemler()
      expect(saksmapper).toEqual([undefined])
      expect(journalposter).toEqual([undefined, HJEMMEL])
    })

    test('an archive that can keep nothing from the public is never written to for what is restricted', async () => {
      const { openOnly, connector, journalposts } = await open()
      expect(connector.capabilities.skjerming).toBe(true)
      if (!openOnly) return
      expect(openOnly.capabilities.skjerming).toBe(false)
      const { plan, ctx } = sent({ isRestricted: true })
      const passed: string[] = []
      const result = await openOnly.submit(plan, ctx({ passing: (moment) => passed.push(moment) }))
      expect(result).toMatchObject({ state: 'failed', error: { kind: 'unsupported' } })
      expect(passed).toEqual([])
      expect(await journalposts()).toBe(0)
      const other = sent()
      await archived(openOnly, other.plan, other.ctx())
    })

    test('a handle that it does not know gives no receipt and changes nothing', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      const handle = { correlation: 'aldri-sendt', sentAt: new Date() }
      const other = planMaker()
      await archived(connector, other.plan, callContext(other.files))
      const result = await connector.settle(plan, handle, callContext(files))
      expect(result).toMatchObject({ state: 'failed', error: { kind: 'unknown-outcome' } })
      expect(await journalposts()).toBe(1)
    })

    test('a receipt that is asked for twice is the same', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      const receipt = await archived(connector, plan, callContext(files))
      const handle = { correlation: plan.planId, sentAt: new Date() }
      for (let asked = 0; asked < 2; asked += 1) {
        expect(await connector.settle(plan, handle, callContext(files))).toEqual({ state: 'archived', receipt })
      }
      expect(await journalposts()).toBe(1)
    })

    test('a plan that is refused does not stand in the way of the next', async () => {
      const { connector, journalposts } = await open()
      const { plan, files } = planMaker()
      const nameless = planMaker({ saksnummer: { saksaar: 1999, sakssekvensnummer: 999_999 } })
      const missing = await connector.submit(nameless.plan, callContext(nameless.files))
      expect(missing).toMatchObject({ state: 'failed', error: { kind: 'not-found' } })
      await archived(connector, plan, callContext(files))
      expect(await journalposts()).toBe(1)
    })

    test('a file of 30 MB comes through whole', async () => {
      const { connector } = await open()
      const { plan, files } = planMaker({ contents: [Buffer.alloc(30_000_000, 'stor fil ')] })
      const receipt = await archived(connector, plan, callContext(files))
      expect(receiptMismatches(plan, receipt)).toEqual([])
    })

    test('an archive in trouble is told of in words without secrets or personal data', async () => {
      const { troubled, secrets = [] } = await open()
      expect(troubled.length).toBeGreaterThan(0)
      for (const connector of troubled) {
        const { plan, files } = planMaker()
        const ctx = callContext(files)
        const { signal } = ctx
        const health = await connector.health(signal)
        expect(health.state).toBe('down')
        const failed = [
          await connector.submit(plan, ctx),
          await connector.lookup(plan, ctx),
          await connector.settle(plan, { correlation: plan.planId, sentAt: new Date() }, ctx)
        ]
        for (const result of failed) {
          expect(result).toMatchObject({
            state: 'failed',
            error: { message: expect.stringMatching(/^[A-ZÆØÅ].{10,}\.$/) }
          })
        }
        const told = JSON.stringify([...failed, health, await connector.lacking(signal)])
        for (const word of [...personalData, ...secrets]) expect(told).not.toContain(word)
      }
    })
  })
}

/** Every moment at which a try at a plan can crash, in order. */
async function momentsOf({ connector }: ArchiveUnderTest): Promise<readonly string[]> {
  const { plan, files } = planMaker()
  const moments: string[] = []
  await connector.submit(plan, callContext(files, { passing: (moment) => moments.push(moment) }))
  return moments
}

async function stopsAt(connector: ArchiveConnector, plan: ArchivePlan, ctx: CallContext): Promise<void> {
  const result = await connector.submit(plan, ctx).catch((error: unknown) => error)
  if (result instanceof Error) expect(result).toMatchObject({ name: 'AbortError' })
  else expect(result).toMatchObject({ state: 'failed', error: { kind: 'transient' } })
}
