import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { type DialectName, dialectNames } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import type { SubmitResult } from '../../../../src/domain/archive-answer.ts'
import { receiptMismatches } from '../../../../src/domain/archive-plan.ts'
import type { Receipt } from '../../../../src/domain/receipt.ts'
import { callContext, type StepLedger } from '../../../support/call-context.ts'
import type { StandIn, StandInOptions } from '../../../support/n5tg/serve.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { type MadePlan, planMaker } from '../../../support/plan-maker.ts'
import { earlierRecord, fullPlan, heldOf, heldOnce } from './full-plan.ts'

async function setup(options: StandInOptions = {}) {
  const standIn = await startStandIn(options)
  const connector = noark5Api.open(standIn.settings)
  const submit = ({ plan, files }: MadePlan) => connector.submit(plan, callContext(files))
  return { standIn, connector, submit, keep: async (made: MadePlan) => receiptOf(await submit(made)) }
}

function receiptOf(result: SubmitResult): Receipt {
  if (result.state !== 'archived') throw new Error(JSON.stringify(result))
  return result.receipt
}

const only = (standIn: StandIn, kind: Parameters<StandIn['held']>[0]) => {
  const [one, ...others] = standIn.held(kind)
  if (!one || others.length > 0) throw new Error(`The stand-in holds ${others.length + (one ? 1 : 0)} ${kind}.`)
  return one
}

describe.each(dialectNames)('%s', (dialect: DialectName) => {
  test('keeps all that can be told of a record, once', async () => {
    const { standIn, keep } = await setup({ dialect })
    const made = fullPlan([earlierRecord(standIn)])
    const receipt = await keep(made)
    expect(receiptMismatches(made.plan, receipt)).toEqual([])
    expect(heldOf(standIn)).toEqual(heldOnce(made.plan))
    expect(await keep(made)).toEqual(receipt)
    expect(heldOf(standIn)).toEqual(heldOnce(made.plan))
  })

  test('holds what the platform and the marking said, in fields of our own where it takes them', async () => {
    const { standIn, keep } = await setup({ dialect })
    const { plan, files } = planMaker()
    const facts = { ...plan.record.facts, adresse: 'https://www.facebook.com/p/1', merketKategori: 'vei' }
    await keep({ plan: { ...plan, record: { ...plan.record, facts } }, files })
    const { virksomhetsspesifikkeMetadata: held } = only(standIn, 'journalpost').fields
    const expected = {
      'vnd-prove-v1:henvendelseid': plan.inquiryId,
      'vnd-prove-v1:nettadresse': 'https://www.facebook.com/p/1',
      'vnd-prove-v1:mottatt': '2026-03-02T09:15:30+01:00',
      'vnd-prove-v1:merketkategori': 'vei'
    }
    if (dialect === 'nikita-2021') expect(held).toBeUndefined()
    else expect(held).toMatchObject(expected)
  })

  test('files in the saksmappe that a plan names, beside what is there', async () => {
    const { standIn, keep } = await setup({ dialect })
    const first = await keep(planMaker())
    const second = await keep(
      planMaker({ saksnummer: { saksaar: first.saksaar, sakssekvensnummer: first.sakssekvensnummer } })
    )
    expect(second).toMatchObject({ saksmappeSystemID: first.saksmappeSystemID, journalpostnummer: 2 })
    expect(standIn.held('saksmappe').length).toBe(1)
  })

  test('inquiries about one post that come at once are filed in one saksmappe', async () => {
    const { standIn, keep } = await setup({ dialect })
    const receipts = await Promise.all([1, 2, 3].map(() => keep(planMaker({ caseKey: 'post-1' }))))
    expect(receipts.map(({ journalpostnummer }) => journalpostnummer).toSorted()).toEqual([1, 2, 3])
    expect(standIn.held('saksmappe').length).toBe(1)
  })

  test('more documents than a page of a list has are all kept and counted', async () => {
    const { standIn, keep } = await setup({ dialect })
    const made = planMaker({ contents: Array.from({ length: 25 }, (_, at) => Buffer.from(`fil ${at}`)) })
    expect((await keep(made)).files.length).toBe(25)
    expect(standIn.held('dokumentbeskrivelse').length).toBe(25)
  })
})

describe('the record', () => {
  test('an outgoing one has the time it was sent, in Norwegian time', async () => {
    const { standIn, keep } = await setup()
    const { plan, files } = planMaker()
    const { mottattDato: _, ...record } = plan.record
    const sendtDato = new Date('2026-07-02T08:15:30Z')
    await keep({ plan: { ...plan, record: { ...record, journalposttype: 'U', sendtDato } }, files })
    const { fields } = only(standIn, 'journalpost')
    expect(fields).toMatchObject({ journalposttype: { kode: 'U' }, sendtDato: '2026-07-02T10:15:30+02:00' })
    expect(fields).not.toHaveProperty('mottattDato')
  })

  test('is M until every file is there, so that the public journal never shows half of it', async () => {
    const { standIn, keep } = await setup()
    await keep(planMaker())
    const isMade = ({ fields }: { fields: Record<string, unknown> }) => fields.journalstatus
    expect(isMade(only(standIn, 'journalpost'))).toEqual({ kode: 'J' })
    const writes = standIn.requests.filter((label) => !label.startsWith('GET'))
    expect(writes.at(0)).toBe('POST ny-saksmappe')
    expect(writes.at(1)).toBe('POST ny-journalpost')
    expect(writes.at(-1)).toBe('PATCH object')
    expect(writes.filter((label) => label === 'PATCH object').length).toBe(1)
  })

  test('goes to the klasse of the settings when the arkivdel is classified', async () => {
    const { standIn, keep } = await setup({
      settings: { N5TG_KLASSE: '033', N5TG_KLASSIFIKASJONSSYSTEM: 'Emneklasser' }
    })
    await keep(planMaker())
    expect(only(standIn, 'saksmappe').parent?.fields.klasseID).toBe('033')
  })

  test('follows nothing when the earlier journalpost is not there, and nothing is sent', async () => {
    const { standIn, submit } = await setup()
    const result = await submit(fullPlan(['0190a000-0000-4000-8000-00000000dead']))
    expect(result).toMatchObject({ state: 'failed', error: { kind: 'not-found' } })
    expect(standIn.held('saksmappe')).toEqual([])
  })

  test('does without remarks, conversions and references where the archive takes none', async () => {
    const REL = 'https://rel.arkivverket.no/noark5/v5/api/arkivstruktur/'
    const withholds = ['ny-merknad', 'ny-konvertering', 'ny-kryssreferanse'].map((name) => `${REL}${name}/`)
    const { standIn, keep } = await setup({ withholds })
    const made = fullPlan([earlierRecord(standIn)])
    expect(receiptMismatches(made.plan, await keep(made))).toEqual([])
    expect(heldOf(standIn)).toMatchObject({ journalposter: ['J'], merknader: 0, konverteringer: 0, kryssreferanser: 0 })
  })
})

/** The request by which the connector begins to compare what the archive holds, before it journals. */
async function whenItCompares(): Promise<number> {
  const { standIn, keep } = await setup()
  await keep(planMaker())
  const at = standIn.requests.indexOf('GET mappe')
  expect(at).toBeLessThan(standIn.requests.indexOf('PATCH object'))
  return at
}

describe('the archive is asked no more than is needed', () => {
  test('under what the same try has made, nothing is looked for before it is made', async () => {
    const { standIn, keep } = await setup()
    await keep(planMaker())
    const firstWrite = standIn.requests.indexOf('POST ny-saksmappe')
    const firstFile = standIn.requests.indexOf('POST fil')
    expect(standIn.requests.slice(firstWrite, firstFile).filter((label) => label.startsWith('GET'))).toEqual([])
  })

  test('what an earlier try has made is looked into', async () => {
    const { standIn, connector } = await setup()
    const { plan, files } = planMaker()
    standIn.faults.set((await requestsOf(planMaker())).indexOf('POST fil'), 'dropped-after')
    expect(await connector.submit(plan, callContext(files))).toMatchObject({ state: 'failed' })
    const { length } = standIn.requests
    receiptOf(await connector.submit(plan, callContext(files)))
    const looks = ['GET korrespondansepart', 'GET dokumentbeskrivelse', 'GET dokumentobjekt']
    expect(standIn.requests.slice(length)).toEqual(expect.arrayContaining(looks))
    expect(heldOf(standIn)).toMatchObject({ saksmapper: 1, journalposter: ['J'], parter: 2 })
    expect(standIn.held('dokumentobjekt').length).toBe(files.size)
  })

  test('deliveries of the same minute find the way in once, until something fails', async () => {
    const { standIn, keep, submit } = await setup()
    const entered = () => standIn.requests.filter((label) => label === 'GET sakarkiv').length
    await keep(planMaker())
    await keep(planMaker())
    expect(entered()).toBe(1)
    standIn.faults.set(standIn.requests.length, '500-before')
    expect(await submit(planMaker())).toMatchObject({ state: 'failed' })
    await keep(planMaker())
    expect(entered()).toBe(2)
  })
})

async function requestsOf(made: MadePlan): Promise<readonly string[]> {
  const { standIn, keep } = await setup()
  await keep(made)
  return standIn.requests
}

describe('the archive has the last word', () => {
  test.each<readonly [string, (standIn: StandIn) => void]>([
    [
      'a file that has become another',
      ({ held }) => {
        const [objekt] = held('dokumentobjekt')
        if (objekt) objekt.fields.sjekksum = '0'.repeat(64)
      }
    ],
    [
      'a document twice',
      ({ held, archive }) => {
        const [dokument] = held('dokumentbeskrivelse')
        if (dokument)
          archive.objects.add('dokumentbeskrivelse', { ...dokument.fields, systemID: undefined }, dokument.parent)
      }
    ],
    [
      'a saksmappe that was made once more, long after its answer was given up',
      ({ held, archive }) => {
        const [saksmappe] = held('saksmappe')
        if (saksmappe) archive.objects.add('saksmappe', { ...saksmappe.fields, systemID: undefined }, saksmappe.parent)
      }
    ],
    [
      'a journalpost that was made once more, long after its answer was given up',
      ({ held, archive }) => {
        const [post] = held('journalpost')
        if (post) archive.objects.add('journalpost', { ...post.fields, systemID: undefined }, post.parent)
      }
    ]
  ])('%s, seen just before J, leaves the journalpost at M, and a person is asked', async (_, change) => {
    const { standIn, submit } = await setup()
    standIn.meanwhile.set(await whenItCompares(), () => change(standIn))
    expect(await submit(planMaker())).toMatchObject({ state: 'failed', error: { kind: 'needs-human' } })
    for (const { fields } of standIn.held('journalpost')) expect(fields.journalstatus).toEqual({ kode: 'M' })
  })

  test('a saksmappe that was made after all, and is refused the second time, is taken as ours', async () => {
    const { standIn, connector } = await setup({ dialect: 'nikita-2021' })
    const { plan, files } = planMaker()
    const clean = await setup({ dialect: 'nikita-2021' })
    await clean.keep({ plan, files })
    const made = only(clean.standIn, 'saksmappe')
    standIn.meanwhile.set(clean.standIn.requests.indexOf('POST ny-saksmappe'), () => {
      standIn.archive.objects.add('saksmappe', made.fields, standIn.held('arkivdel')[0])
    })
    receiptOf(await connector.submit(plan, callContext(files)))
    expect(only(standIn, 'saksmappe').id).toBe(made.id)
  })

  test('a key that begins like another is another', async () => {
    const { standIn, keep } = await setup()
    const receipts = [await keep(planMaker({ caseKey: 'post-10' })), await keep(planMaker({ caseKey: 'post-1' }))]
    expect(new Set(receipts.map(({ saksmappeSystemID }) => saksmappeSystemID)).size).toBe(2)
    expect(standIn.held('saksmappe').length).toBe(2)
  })

  test('a list that goes in a ring proves no absence, and nothing is made twice', async () => {
    const { standIn, keep, connector } = await setup()
    const made = planMaker()
    await keep(made)
    const first = standIn.requests.length
    for (let at = 0; at < 100; at += 1) standIn.faults.set(first + at, 'next-ring')
    const { plan, files } = made
    const answers = [await connector.submit(plan, callContext(files)), await connector.lookup(plan, callContext(files))]
    for (const answer of answers) expect(answer).toMatchObject({ state: 'failed', error: { kind: 'transient' } })
    expect(standIn.held('journalpost').length).toBe(1)
  })

  test('a journalpost that somebody changes just before J is read again, and journaled', async () => {
    const clean = await setup()
    await clean.keep(planMaker())
    const { standIn, keep } = await setup()
    standIn.meanwhile.set(clean.standIn.requests.indexOf('PATCH object'), () => {
      only(standIn, 'journalpost').version += 1
    })
    await keep(planMaker())
    expect(standIn.requests.filter((label) => label === 'PATCH object').length).toBe(2)
    expect(only(standIn, 'journalpost').fields.journalstatus).toEqual({ kode: 'J' })
  })

  test('two saksmapper with our key are for a person', async () => {
    const { standIn, keep, submit } = await setup()
    const { plan } = planMaker({ caseKey: 'post-1' })
    await keep(planMaker({ caseKey: 'post-1' }))
    const { fields } = only(standIn, 'saksmappe')
    standIn.archive.objects.add('saksmappe', { tittel: 'Dobbel', beskrivelse: fields.beskrivelse })
    const result = await submit(planMaker({ caseKey: plan.externalKey.caseKey }))
    expect(result).toMatchObject({ error: { kind: 'needs-human', message: expect.stringContaining('2 saksmapper') } })
    expect(standIn.held('journalpost').length).toBe(1)
  })

  test('two journaled journalposter with our key are both found, and no third is made', async () => {
    const { standIn, connector, keep, submit } = await setup()
    const made = planMaker()
    await keep(made)
    const { fields, parent } = only(standIn, 'journalpost')
    standIn.archive.objects.add('journalpost', { ...fields, systemID: undefined }, parent)
    const found = await connector.lookup(made.plan, callContext(made.files))
    expect(found).toMatchObject({ state: 'hits', hits: [{}, {}] })
    expect(await submit(made)).toMatchObject({ error: { kind: 'needs-human' } })
    expect(standIn.held('journalpost').length).toBe(2)
  })

  test('a journalpost that a person has set to utgår is left alone', async () => {
    const { standIn, keep, submit } = await setup()
    const made = planMaker()
    await keep(made)
    only(standIn, 'journalpost').fields.journalstatus = { kode: 'U' }
    expect(await submit(made)).toMatchObject({ error: { kind: 'needs-human' } })
    expect(standIn.held('journalpost').length).toBe(1)
  })

  test('a saksmappe that is closed takes no more, and a person is told', async () => {
    const { standIn, keep, submit } = await setup({ dialect: 'standard-1.1' })
    await keep(planMaker({ caseKey: 'post-1' }))
    only(standIn, 'saksmappe').fields.saksstatus = { kode: 'A' }
    const result = await submit(planMaker({ caseKey: 'post-1' }))
    expect(result).toMatchObject({ error: { kind: 'auth', message: expect.stringContaining('journalposten') } })
  })

  test('what was made and is gone is for a person, and is not made again', async () => {
    const { standIn, connector } = await setup()
    const { plan, files } = planMaker()
    const ledger: StepLedger = new Map([['saksmappe', { done: true, result: 'en-saksmappe' }]])
    const result = await connector.submit(plan, callContext(files, { ledger }))
    expect(result).toMatchObject({ error: { kind: 'needs-human' } })
    expect(standIn.held('saksmappe')).toEqual([])
  })

  test('a journalpost that lost its documents is not receipted as whole', async () => {
    const { standIn, connector, keep } = await setup()
    const made = planMaker()
    await keep(made)
    for (const { fields } of standIn.held('dokumentobjekt').slice(1)) fields.sjekksum = '0'.repeat(64)
    const found = await connector.lookup(made.plan, callContext(made.files))
    const [hit] = found.state === 'hits' ? found.hits : []
    expect(hit && receiptMismatches(made.plan, hit).length).toBe(2)
  })

  test('the bytes are fetched and hashed where the archive tells no checksum', async () => {
    const { standIn, keep } = await setup({ silentOnChecksums: true })
    const made = planMaker()
    expect(receiptMismatches(made.plan, await keep(made))).toEqual([])
    expect(standIn.requests).toContain('GET fil')
  })
})

describe('large files', () => {
  test('go over in parts above the limit of the archive, which may take less of a part than it was sent', async () => {
    const { standIn, keep } = await setup({ bytesInOneGoMax: 100_000 })
    const made = planMaker({ contents: [randomBytes(450_001), randomBytes(100_000)] })
    expect(receiptMismatches(made.plan, await keep(made))).toEqual([])
    expect(standIn.requests.filter((label) => label === 'PUT object').length).toBeGreaterThan(5)
    expect(standIn.requests.filter((label) => label === 'POST fil').length).toBe(2)
  })

  test('go over in parts when the archive tells its limit only by a no', async () => {
    const { standIn, keep } = await setup({ bytesInOneGoMax: 100_000, silentOnLimit: true })
    const made = planMaker({ contents: [randomBytes(150_000)] })
    expect(receiptMismatches(made.plan, await keep(made))).toEqual([])
    expect(standIn.requests.filter((label) => label === 'POST fil').length).toBe(2)
  })

  test('are refused before anything is made where the archive takes no parts', async () => {
    const { standIn, submit } = await setup({ dialect: 'nikita-current', bytesInOneGoMax: 100_000 })
    const result = await submit(planMaker({ contents: [randomBytes(100_001)] }))
    expect(result).toMatchObject({ error: { kind: 'payload' } })
    expect(standIn.held('saksmappe')).toEqual([])
  })

  test.each([
    ['in one go', 157_286_400],
    ['in parts', 20_000_000]
  ])('of 150 MB stream %s, and little is ever held', async (_, bytesInOneGoMax) => {
    const { standIn, connector } = await setup({ bytesInOneGoMax })
    const { received } = standIn.archive.files
    const chunk = randomBytes(1_000_000)
    const hash = createHash('sha256')
    for (let n = 0; n < 150; n += 1) hash.update(chunk)
    const sha256 = hash.digest('hex')
    const { plan } = planMaker({ contents: [Buffer.from('%PDF')] })
    const [dokument] = plan.record.dokumenter
    const [objekt] = dokument?.objekter ?? []
    if (!dokument || !objekt) throw new Error('The plan has no file.')
    const objekter = [{ ...objekt, sha256, filstoerrelse: 150_000_000 }]
    const large = { ...plan, record: { ...plan.record, dokumenter: [{ ...dokument, objekter }] } }

    let aheadMax = 0
    let opened = 0
    async function* bytes(isUpload: boolean) {
      const before = received()
      for (let n = 0; n < 150; n += 1) {
        if (isUpload) aheadMax = Math.max(aheadMax, n * chunk.length - (received() - before))
        yield chunk
      }
    }
    const open = async () => Readable.from(bytes(++opened > 1))
    const receipt = receiptOf(await connector.submit(large, { ...callContext(new Map()), open }))
    expect(receiptMismatches(large, receipt)).toEqual([])
    expect(opened).toBe(2)
    expect(aheadMax).toBeLessThan(40_000_000)
  })

  test('that are empty are refused before anything is made', async () => {
    const { standIn, submit } = await setup()
    const result = await submit(planMaker({ contents: [Buffer.from('%PDF'), Buffer.alloc(0)] }))
    expect(result).toMatchObject({ error: { kind: 'payload' } })
    expect(standIn.held('saksmappe')).toEqual([])
  })
})
