import { describe, expect, test } from 'vitest'
import { keepMessage } from '../../src/flow/hear-archive.ts'
import { askArchive, dismissInquiry, retryInquiry } from '../../src/flow/person-actions.ts'
import type { QueuedWork } from '../../src/flow/store-port.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { type LyingMailbox, lyingMailbox, type MailboxManners } from '../support/lying-mailbox.ts'
import { type Workbench, workbench } from './workbench.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** An archive that answers to a mailbox, is polled once an hour and never looks anything up unless a test lets it. */
async function mailed(manners: MailboxManners = {}, usually?: 'swallowed') {
  const mailbox = lyingMailbox(manners)
  const archive = lyingArchive({ mailbox, pollMs: HOUR_MS, giveUpMs: DAY_MS, ...(usually && { usually }) })
  const bench = await workbench(archive.connector)
  return { mailbox, archive, bench }
}

const correlationOf = async (bench: Workbench, id: string) => (await bench.store.plans.get(id))?.planId ?? ''

async function put(
  mailbox: LyingMailbox,
  bench: Workbench,
  id: string,
  kind: string,
  error?: 'payload' | 'unknown-outcome'
) {
  const payload = error ? { kind: error, message: 'Arkivet fant en feil.' } : null
  mailbox.put({ kind, correlation: await correlationOf(bench, id), payload }, bench.now())
  await mailbox.handOut()
}

const decision = { actor: 'arkivar', reason: 'Gjelder ikke oss' }

/** What a person's actions need. */
const acting = ({ store, now, queued }: Workbench) => ({
  store,
  now,
  enqueue: (work: QueuedWork) => void queued.push(work)
})

/** All that can be done without time passing. */
const atOnce = (bench: Workbench) => bench.runOn({ atMostMs: 0 })

const stateOf = async (bench: Workbench, id: string) => (await bench.status(id)).state

describe('a receipt', () => {
  test('that comes before the send is answered is found without waiting for the next poll', async () => {
    const { bench, archive } = await mailed({ isPrompt: true })
    const id = await bench.receive()
    await atOnce(bench)
    expect(await bench.status(id)).toMatchObject({ state: 'journaled', receipt: { journalpostnummer: 1 } })
    expect(archive.calls).toEqual(['submit', 'settle'])
  })

  test('that comes later makes its inquiry due at once', async () => {
    const { bench, mailbox } = await mailed()
    const id = await bench.receive()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('awaiting-receipt')
    bench.pass(60_000)
    await mailbox.handOut()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('journaled')
  })

  test('that comes while its inquiry is being settled makes it due once more', async () => {
    const { bench, mailbox, archive } = await mailed()
    const id = await bench.receive()
    await atOnce(bench)
    let settles = 0
    const settle: typeof archive.connector.settle = async (...args) => {
      const result = await archive.connector.settle(...args)
      settles += 1
      await mailbox.handOut()
      return result
    }
    bench.pass(HOUR_MS)
    await bench.runDue({ archive: { ...archive.connector, settle } })
    expect(await stateOf(bench, id)).toBe('awaiting-receipt')
    await atOnce(bench)
    expect([settles, await stateOf(bench, id)]).toEqual([1, 'journaled'])
  })

  test('that comes before or after word that the inquiry has come is the same', async () => {
    const { bench, mailbox } = await mailed({ usually: ['kvittering', 'mottatt'] })
    const first = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    mailbox.letters.push(['mottatt'])
    const second = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    expect([await stateOf(bench, first), await stateOf(bench, second)]).toEqual(['journaled', 'awaiting-receipt'])
  })

  test('that comes twice is kept once, and one more journals nothing more', async () => {
    const { bench, mailbox } = await mailed({ usually: ['kvittering', 'kvittering'] })
    const id = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    mailbox.repeatAll()
    await mailbox.handOut()
    await atOnce(bench)
    mailbox.repeatAll()
    await put(mailbox, bench, id, 'kvittering')
    await atOnce(bench)
    const told = (await bench.actions(id)).filter((action) => /message|journaled/.test(action))
    expect(told).toEqual(['message.kept', 'message.kept', 'inquiry.journaled', 'message.late'])
  })

  test('that lacks numbers is for a person, until a whole one comes', async () => {
    const { bench, mailbox, archive } = await mailed({ usually: ['kvittering-uten-nummer'] })
    const id = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'receipt-mismatch' } })
    const plan = await bench.store.plans.get(id)
    const [receipt] = archive.journalposts(id)
    if (!plan || !receipt) throw new Error('Nothing was sent.')
    mailbox.letters.push(['kvittering'])
    mailbox.answer(plan, receipt, bench.now())
    await mailbox.handOut()
    await atOnce(bench)
    expect(await bench.status(id)).toMatchObject({ state: 'journaled', receipt: { journalpostnummer: 1 } })
  })
})

describe('a receipt settles what nobody knew, without another send and without asking', () => {
  test.each(['timeout-after-commit', 'busy-after-commit'] as const)('after a %s', async (answer) => {
    const { bench, mailbox, archive } = await mailed()
    archive.sends.push(answer)
    archive.lookups.push('unsupported')
    const id = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('journaled')
    expect(archive.calls).toEqual(['submit', 'settle'])
  })

  test('when the process died before the send was answered', async () => {
    const { bench, archive } = await mailed({ isPrompt: true })
    const id = await bench.receive()
    await bench.run({ inquiryId: id, task: 'compose' })
    const submit: typeof archive.connector.submit = async (...args) => {
      await archive.connector.submit(...args)
      throw new Error('The answer is lost.')
    }
    await bench.run({ inquiryId: id, task: 'deliver' }, { archive: { ...archive.connector, submit } })
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('journaled')
    expect(archive.journalposts(id)).toHaveLength(1)
    expect(archive.calls).toEqual(['submit', 'settle'])
  })

  test('when it comes after the deadline, and a person is asked by then', async () => {
    const { bench, mailbox, archive } = await mailed()
    archive.lookups.push('unsupported')
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 2 * DAY_MS })
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'lookup-unsupported' } })
    expect(await bench.actions(id)).toContain('inquiry.unknown-outcome')
    await mailbox.handOut()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('journaled')
    expect(archive.calls.filter((call) => call === 'submit')).toHaveLength(1)
  })
})

test('a receipt that lacks numbers does not keep a person from asking the archive for them', async () => {
  const { bench, mailbox, archive } = await mailed({ usually: ['kvittering-uten-nummer'] })
  const id = await bench.receive()
  await atOnce(bench)
  await mailbox.handOut()
  await atOnce(bench)
  await askArchive(acting(bench), id, decision)
  await atOnce(bench)
  expect(await stateOf(bench, id)).toBe('journaled')
  expect(archive.calls).toEqual(['submit', 'settle', 'settle', 'lookup'])
})

test('an inquiry that the archive has written about cannot be dismissed as if it had never been sent', async () => {
  const { bench, mailbox } = await mailed()
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  await put(mailbox, bench, id, 'mottatt')
  await expect(dismissInquiry(acting(bench), id, decision)).rejects.toMatchObject({ code: 'may-be-in-archive' })
})

test('what a person only asks about is not sent when there is word that it has come, and nothing else', async () => {
  const { bench, mailbox, archive } = await mailed({ usually: [] }, 'swallowed')
  archive.lookups.push('unsupported')
  const id = await bench.receive()
  await atOnce(bench)
  await put(mailbox, bench, id, 'mottatt')
  await bench.runOn({ atMostMs: 2 * DAY_MS })
  await askArchive(acting(bench), id, decision)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'not-in-archive' } })
  expect(archive.calls.filter((call) => call === 'submit')).toHaveLength(1)
})

test('a proposal that somebody else is to judge stands, whatever the archive sends but a whole receipt', async () => {
  const { bench, mailbox, archive } = await mailed({ usually: ['kvittering-uten-nummer'] })
  archive.sends.push({ kind: 'payload', message: 'Nei.' })
  const id = await bench.receive()
  await atOnce(bench)
  const { status, changedAt } = await bench.store.inquiries.get(id)
  if (status.state !== 'needs-action') throw new Error(`It is ${status.state}.`)
  const receipt = {
    ...{ archive: 'lying', saksaar: 2026, sakssekvensnummer: 9, journalpostnummer: 1, saksmappeSystemID: 's' },
    ...{ journalpostSystemID: 'j', arkivertDato: bench.now(), files: [] }
  }
  const proposed = { ...status, proposed: { receipt, by: 'arkivar' } }
  await bench.store.inquiries.move({
    ...{ id, from: status.state, to: proposed, asOf: changedAt, at: bench.now(), actor: 'arkivar' },
    ...{ action: 'inquiry.handling-proposed', next: { kind: 'nothing' } }
  })
  await put(mailbox, bench, id, 'feilmelding', 'payload')
  await atOnce(bench)
  expect(await bench.status(id)).toEqual(proposed)
})

describe('a message that is no receipt', () => {
  test('leaves what a person is asked about with them', async () => {
    const { bench, mailbox, archive } = await mailed({ usually: [] })
    archive.lookups.push('unsupported')
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 2 * DAY_MS })
    await put(mailbox, bench, id, 'mottatt')
    await atOnce(bench)
    const { status, work } = await bench.store.inquiries.get(id)
    expect({ status, work }).toMatchObject({
      status: { state: 'needs-action', trouble: { code: 'lookup-unsupported' } },
      work: undefined
    })
  })

  test('tells a person why the archive refused what they are asked about', async () => {
    const { bench, mailbox, archive } = await mailed({}, 'swallowed')
    archive.lookups.push('unsupported')
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 2 * DAY_MS })
    await put(mailbox, bench, id, 'feilmelding', 'payload')
    await atOnce(bench)
    expect(await bench.status(id)).toEqual({
      state: 'needs-action',
      trouble: { code: 'archive-payload', message: 'Arkivet fant en feil.' }
    })
  })

  test('but says that the inquiry has come makes an unknown outcome one that is waited for', async () => {
    const { bench, mailbox, archive } = await mailed({ usually: ['mottatt'] })
    archive.sends.push('timeout-after-commit')
    const id = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('awaiting-receipt')
    await bench.runOn()
    expect(await stateOf(bench, id)).toBe('journaled')
    expect(archive.calls.filter((call) => call !== 'settle')).toEqual(['submit', 'lookup'])
  })

  test('is an error about a send that is lost does not stop the next one', async () => {
    const { bench, mailbox, archive } = await mailed()
    archive.sends.push('swallowed')
    const id = await bench.receive()
    await atOnce(bench)
    await put(mailbox, bench, id, 'feilmelding', 'unknown-outcome')
    await bench.runOn({ atMostMs: 3 * HOUR_MS })
    expect(await stateOf(bench, id)).toBe('awaiting-receipt')
    expect(archive.calls.filter((call) => call !== 'settle')).toEqual(['submit', 'lookup', 'submit'])
    await mailbox.handOut()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('journaled')
    expect(archive.journalposts(id)).toHaveLength(1)
  })

  test('and is an error is outweighed by the receipt that follows it', async () => {
    const { bench, mailbox } = await mailed()
    mailbox.letters.push([{ kind: 'payload', message: 'Arkivet fant en feil.' }], ['kvittering'])
    const id = await bench.receive()
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    expect(await bench.status(id)).toMatchObject({ trouble: { code: 'archive-refused-later' } })
    await bench.runOn()
    expect(await stateOf(bench, id)).toBe('journaled')
  })

  test('refuses the inquiry is for a person, who can have it sent again', async () => {
    const { bench, mailbox, archive } = await mailed({}, 'swallowed')
    const id = await bench.receive()
    await atOnce(bench)
    await put(mailbox, bench, id, 'feilmelding', 'payload')
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-refused-later' } })
    archive.sends.push('accepted')
    await retryInquiry(acting(bench), id, decision)
    await atOnce(bench)
    await mailbox.handOut()
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('journaled')
    expect(archive.journalposts(id)).toHaveLength(1)
  })
})

describe('a message is kept', () => {
  const stray = { kind: 'kvittering', correlation: 'ukjent', payload: { navn: 'Kari Nordmann' } }

  test('also when it answers nothing we know of, and then belongs to nobody', async () => {
    const { bench, mailbox, archive } = await mailed()
    const id = await bench.receive()
    await atOnce(bench)
    mailbox.put(stray, bench.now())
    mailbox.put({ kind: 'uleselig', payload: 'æøå' }, bench.now())
    const [receipt, ...others] = mailbox.written
    expect([receipt?.kind, others.length]).toEqual(['mottatt', 3])
    await mailbox.handOut()
    await atOnce(bench)
    expect(await bench.store.messages.unmatched(archive.connector.name)).toBe(2)
    expect(await stateOf(bench, id)).toBe('journaled')
    const events = await bench.store.audit.about('archive:lying')
    expect(events.map(({ action }) => action)).toEqual(['message.unmatched', 'message.unmatched'])
    const warnings = bench.log.filter(({ level }) => level === 'warn')
    expect(warnings).toHaveLength(2)
    expect(JSON.stringify([bench.log, events])).not.toContain('Kari')
  })

  test('once, however many listen and hear it at the same time', async () => {
    const { bench } = await mailed()
    const id = await bench.receive()
    await atOnce(bench)
    const keep = keepMessage({ store: bench.store, archive: 'lying', now: bench.now, log: silent })
    const message = { remoteId: 'm-1', correlation: await correlationOf(bench, id), kind: 'mottatt', payload: null }
    await Promise.all(Array.from({ length: 20 }, () => keep({ ...message, receivedAt: bench.now() })))
    expect((await bench.actions(id)).filter((action) => action === 'message.kept')).toHaveLength(1)
    expect((await bench.store.messages.hear('lying', id)).messages).toEqual([{ ...message, receivedAt: bench.now() }])
  })

  test('or stays with the other side', async () => {
    const { bench, mailbox, archive } = await mailed()
    const { messages } = bench.store
    const down = { ...messages, keep: () => Promise.reject(new Error('The database is gone.')) }
    const keep = keepMessage({ store: { messages: down }, archive: 'lying', now: bench.now, log: silent })
    mailbox.breakOff()
    const stopping = new AbortController()
    const listening = mailbox.inbound(keep, stopping.signal)
    mailbox.put(stray, bench.now())
    await mailbox.handOut()
    expect(await messages.unmatched(archive.connector.name)).toBe(0)
    stopping.abort()
    await listening
    void mailbox.inbound(keepMessage({ ...bench, archive: 'lying', log: silent }), new AbortController().signal)
    await mailbox.handOut()
    expect(await messages.unmatched(archive.connector.name)).toBe(1)
  })

  test('without a payload that is too large', async () => {
    const { bench } = await mailed()
    const id = await bench.receive()
    await atOnce(bench)
    const keep = keepMessage({ store: bench.store, archive: 'lying', now: bench.now, log: silent })
    const message = {
      remoteId: 'm-1',
      correlation: await correlationOf(bench, id),
      kind: 'stor',
      receivedAt: bench.now()
    }
    await keep({ ...message, payload: 'å'.repeat(600_000) })
    expect((await bench.store.messages.hear('lying', id)).messages).toEqual([{ ...message, payload: null }])
  })

  test('with whatever text it holds', async () => {
    const { bench } = await mailed()
    const keep = keepMessage({ store: bench.store, archive: 'lying', now: bench.now, log: silent })
    await keep({
      remoteId: 'm\u0000',
      correlation: '\u0000',
      kind: '\ud800',
      payload: '\u0000',
      receivedAt: bench.now()
    })
    expect(await bench.store.messages.unmatched('lying')).toBe(1)
  })

  test('for an inquiry that has been dismissed, as an event that people see', async () => {
    const { bench, mailbox } = await mailed()
    const id = await bench.receive()
    await bench.run({ inquiryId: id, task: 'compose' })
    await dismissInquiry(acting(bench), id, decision)
    await put(mailbox, bench, id, 'kvittering')
    await atOnce(bench)
    expect(await stateOf(bench, id)).toBe('dismissed')
    expect((await bench.actions(id)).at(-1)).toBe('message.late')
  })

  test('from an archive that has been replaced, and wakes nothing', async () => {
    const { bench, archive } = await mailed()
    const id = await bench.receive()
    await atOnce(bench)
    const keep = keepMessage({ store: bench.store, archive: 'forrige', now: bench.now, log: silent })
    const correlation = await correlationOf(bench, id)
    await keep({ remoteId: 'm-1', correlation, kind: 'kvittering', payload: {}, receivedAt: bench.now() })
    await atOnce(bench)
    expect(archive.calls).toEqual(['submit', 'settle'])
    expect(await stateOf(bench, id)).toBe('awaiting-receipt')
  })
})

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
