import { describe, expect, onTestFinished, test } from 'vitest'
import { type ArchivePlan, receiptMismatches } from '../../src/domain/archive-plan.ts'
import type { ArchiveConnector, ArchiveMessage } from '../../src/flow/ports.ts'
import { callContext } from './call-context.ts'
import { type MadePlan, personalData, planMaker } from './plan-maker.ts'

export interface InboundUnderTest {
  /** Its archive answers each send with a receipt, and that is handed on before the send itself is answered. */
  readonly connector: ArchiveConnector
  /** Everything that the archive has ever sent comes once more. */
  repeatAll(): void
  /** Something comes that answers nothing of ours. */
  sendStray(): void
  /** Resolves when all that has come has been handed on, and was kept or refused. */
  handedOn(): Promise<void>
}

/** What the rest of the program counts on from an archive integration that hands on what its archive sends. */
export function describeInbound(name: string, open: () => Promise<InboundUnderTest>) {
  describe(`${name} hands on what its archive sends`, () => {
    test('a receipt that comes before the send is answered settles it', async () => {
      const { connector, plan, files, about } = await listening(open)
      const result = await connector.submit(plan, callContext(files))
      if (result.state !== 'accepted') throw new Error(`It should be accepted, and is ${result.state}.`)
      const ctx = callContext(files, { messages: about(plan) })
      const settled = await connector.settle(plan, result.handle, ctx)
      if (settled.state !== 'archived') throw new Error(`It should be archived, and is ${settled.state}.`)
      expect(receiptMismatches(plan, settled.receipt)).toEqual([])
    })

    test('a plan whose send was never answered is settled by its key alone', async () => {
      const { connector, plan, files, about } = await listening(open)
      await connector.submit(plan, callContext(files))
      const ctx = callContext(files, { messages: about(plan) })
      const handle = { correlation: plan.planId, sentAt: new Date() }
      expect(await connector.settle(plan, handle, ctx)).toMatchObject({ state: 'archived' })
    })

    test('what comes twice comes under the same name', async () => {
      const { connector, plan, files, all, repeatAll, handedOn } = await listening(open)
      await connector.submit(plan, callContext(files))
      await handedOn()
      const names = new Set(all.map(({ remoteId }) => remoteId))
      const before = all.length
      repeatAll()
      await handedOn()
      expect(all.length).toBeGreaterThan(before)
      expect(new Set(all.map(({ remoteId }) => remoteId))).toEqual(names)
    })

    test('what answers nothing of ours is handed on, and holds back nothing behind it', async () => {
      const { connector, plan, files, all, about, sendStray } = await listening(open)
      sendStray()
      await connector.submit(plan, callContext(files))
      expect(all.length).toBeGreaterThan(about(plan).length)
      expect(about(plan).length).toBeGreaterThan(0)
      const other = planMaker()
      const handle = { correlation: other.plan.planId, sentAt: new Date() }
      expect(await connector.settle(other.plan, handle, callContext(other.files))).not.toMatchObject({
        state: 'archived'
      })
    })

    test('what could not be kept comes again', async () => {
      const { connector, plan, files, all, refuse, handedOn } = await listening(open)
      refuse(true)
      await connector.submit(plan, callContext(files))
      await handedOn()
      expect(all).toEqual([])
      refuse(false)
      await handedOn()
      expect(all.length).toBeGreaterThan(0)
    })

    test('names and kinds hold nothing personal, and are short', async () => {
      const { connector, plan, files, all } = await listening(open)
      await connector.submit(plan, callContext(files))
      for (const { remoteId, kind } of all) {
        expect(remoteId.length).toBeLessThanOrEqual(200)
        for (const word of personalData) expect(`${remoteId} ${kind}`).not.toContain(word)
      }
    })

    test('ends when it is told to stop', async () => {
      const { stop, ended } = await listening(open)
      stop()
      await ended
    })
  })
}

interface Listening extends InboundUnderTest, MadePlan {
  /** Everything that was kept, in the order in which it came. */
  readonly all: readonly ArchiveMessage[]
  about(plan: ArchivePlan): readonly ArchiveMessage[]
  /** Whether nothing can be kept from now on. */
  refuse(refuses: boolean): void
  stop(): void
  readonly ended: Promise<void>
}

async function listening(open: () => Promise<InboundUnderTest>): Promise<Listening> {
  const opened = await open()
  const { inbound } = opened.connector
  if (!inbound) throw new Error(`${opened.connector.name} hands on nothing.`)
  const all: ArchiveMessage[] = []
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  let refuses = false
  const keep = async (message: ArchiveMessage) => {
    if (refuses) throw new Error('It could not be kept.')
    all.push(message)
  }
  return {
    ...opened,
    ...planMaker(),
    all,
    about: ({ planId }) => all.filter(({ correlation }) => correlation === planId),
    refuse: (wanted) => {
      refuses = wanted
    },
    stop: () => stopping.abort(),
    ended: inbound(keep, stopping.signal)
  }
}
