import { expect, test } from 'vitest'
import type { Corrections } from '../../src/domain/corrections.ts'
import { correctInquiry } from '../../src/flow/correct-inquiry.ts'
import type { AttachmentPreparer } from '../../src/flow/ports.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { attach, type Workbench, workbench } from './workbench.ts'

const correct = ({ store, now, queued }: Workbench, id: string, corrections: Corrections) =>
  correctInquiry({ store, now, enqueue: (work) => void queued.push(work) }, id, {
    actor: 'arkivar',
    reason: 'Det var feil',
    corrections
  })
const planOf = (bench: Workbench, id: string) => bench.store.plans.get(id)

test('the record is made anew with what was corrected, and the inquiry stays as it came', async () => {
  const archive = lyingArchive({ inOneStep: true })
  archive.sends.push({ kind: 'payload', message: 'Tittelen er ikke godtatt.' })
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  const { inquiry } = await bench.store.inquiries.get(id)
  await correct(bench, id, { tittel: 'Brøyting av Storgata', offentligTittel: 'Spørsmål om vei', saksansvarlig: 'Ola' })
  await correct(bench, id, { administrativEnhet: 'Teknisk' })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(await planOf(bench, id)).toMatchObject({
    record: {
      tittel: 'Brøyting av Storgata',
      offentligTittel: 'Spørsmål om vei',
      korrespondanseparter: [{}, { administrativEnhet: 'Teknisk' }]
    },
    casePolicy: { saksmappe: { administrativEnhet: 'Teknisk', saksansvarlig: 'Ola' } }
  })
  const after = await bench.store.inquiries.get(id)
  expect(after.inquiry).toEqual(inquiry)
  const events = await bench.store.audit.about(id)
  expect(events.find(({ action }) => action === 'inquiry.corrected')).toMatchObject({
    actor: 'arkivar',
    reason: 'Det var feil',
    facts: { fields: 'tittel offentligTittel saksansvarlig' }
  })
})

test('an inquiry goes into the case that a person chose, and into a new one when they say so', async () => {
  const bench = await workbench(lyingArchive().connector)
  const named = await bench.receive({ caseNumber: '2025/17' })
  const follower = await bench.receive({ follows: named })
  const other = await bench.receive()
  await correct(bench, named, { filing: 'new' })
  await correct(bench, follower, { filing: 'new' })
  await correct(bench, other, { filing: { saksaar: 2025, sakssekvensnummer: 99 } })
  await bench.runOn()
  expect((await planOf(bench, named))?.casePolicy.mode).toBe('new')
  expect((await planOf(bench, follower))?.casePolicy.mode).toBe('new')
  expect(await bench.status(other)).toMatchObject({
    state: 'journaled',
    receipt: { saksaar: 2025, sakssekvensnummer: 99 }
  })
})

test('an infected attachment that a person leaves out stops nothing, and the record says that it is not there', async () => {
  const bench = await workbench(lyingArchive().connector)
  const [infected, healthy] = [
    await attach(bench, Buffer.from('virus'), 'virus.txt'),
    await attach(bench, Buffer.from('kart'), 'kart.txt')
  ]
  const preparer: AttachmentPreparer = {
    prepare: async ({ id }) => ({
      outcome: id === infected.id ? { kind: 'infected', signature: 'Eicar' } : { kind: 'kept' },
      findings: []
    })
  }
  const id = await bench.receive({ attachments: [infected, healthy] })
  await bench.runOn({ outside: { preparer } })
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'attachment-infected' } })
  await correct(bench, id, { withoutAttachments: [infected.id] })
  await bench.runOn({ outside: { preparer } })
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  const plan = await planOf(bench, id)
  expect(plan?.record.dokumenter.map(({ tittel }) => tittel).slice(1)).toEqual(['Vedlegg 1: kart.txt'])
  expect(plan?.record.merknad).toContain('Antall vedlegg som en saksbehandler har utelatt: 1.')
})

test('what may be in the archive cannot be corrected', async () => {
  const archive = lyingArchive()
  archive.sends.push({ kind: 'needs-human', message: 'Se i arkivet.' })
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  const before = await bench.store.inquiries.get(id)
  await expect(correct(bench, id, { tittel: 'Ny' })).rejects.toMatchObject({ code: 'may-be-in-archive' })
  expect(await bench.store.inquiries.get(id)).toEqual(before)
})

test('what is done cannot be corrected, and neither can an attachment of another inquiry', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  const stranger = '01900000-0000-7000-8000-000000000000'
  await expect(correct(bench, id, { withoutAttachments: [stranger] })).rejects.toMatchObject({
    code: 'attachment-unknown',
    pointers: [{ pointer: '/withoutAttachments/0' }]
  })
  await bench.runOn()
  await expect(correct(bench, id, { tittel: 'Ny' })).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
})

test('a person who corrects and a worker who composes at the same moment leave one record, the corrected one', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  for (let n = 0; n < 20; n += 1) {
    const id = await bench.receive()
    const [, corrected] = await Promise.allSettled([
      bench.run({ inquiryId: id, task: 'compose' }),
      correct(bench, id, { tittel: `Rettet ${n}` })
    ])
    await bench.runOn()
    expect(archive.journalposts(id)).toHaveLength(1)
    if (corrected.status === 'fulfilled') expect((await planOf(bench, id))?.record.tittel).toBe(`Rettet ${n}`)
  }
})
