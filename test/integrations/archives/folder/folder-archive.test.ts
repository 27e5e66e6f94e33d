import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folderArchive, healthAt } from '../../../../integrations/archives/folder/index.ts'
import type { SubmitResult } from '../../../../src/domain/archive-answer.ts'
import { receiptMismatches } from '../../../../src/domain/archive-plan.ts'
import type { Receipt } from '../../../../src/domain/receipt.ts'
import { toArkivmelding } from '../../../../src/noark/arkivmelding.ts'
import { readArkivmelding } from '../../../../src/noark/read-arkivmelding.ts'
import { describeArchiveConnector } from '../../../support/archive-connector-contract.ts'
import type { Hjemler } from '../../../support/archive-under-test.ts'
import { Crash, callContext } from '../../../support/call-context.ts'
import { personalData, planMaker } from '../../../support/plan-maker.ts'
import { newArchive, packagesIn, registerIn, temporaryIn } from './archive-folder.ts'

describeArchiveConnector('folder', async () => {
  const folder = await newArchive()
  const file = join(folder, 'fil')
  await writeFile(file, '')
  return {
    connector: folderArchive.open({ ARCHIVE_FOLDER: folder }),
    journalposts: async () => (await registerIn(folder)).length,
    publicTitles: () => publicTitlesIn(folder),
    hjemler: () => hjemlerIn(folder),
    troubled: [file, join(file, 'arkiv')].map((path) => folderArchive.open({ ARCHIVE_FOLDER: path }))
  }
})

/** As the packages have them, for whoever publishes a journal from them. */
async function publicTitlesIn(folder: string): Promise<readonly string[]> {
  const texts = await messagesIn(folder)
  return texts.flatMap((xml) => [...xml.matchAll(/<offentligTittel>([^<]*)</g)].map(([, title = '']) => title))
}

/** The arkivmelding that holds for each package: the newest of its changes, or its own. */
async function messagesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((path) => !path.includes('.tmp-')).toSorted()
  const packages = names.filter((path) => path.endsWith('arkivmelding.xml'))
  return Promise.all(
    packages.map((path) => {
      const changes = names.filter((name) => name.startsWith(join(dirname(path), 'endringer', '/')))
      return readFile(join(folder, changes.at(-1) ?? path), 'utf8')
    })
  )
}

async function hjemlerIn(folder: string): Promise<Hjemler> {
  const records = await Promise.all((await messagesIn(folder)).map((xml) => readArkivmelding(xml)))
  return {
    saksmapper: records.flatMap(({ saksmappe }) => (saksmappe ? [saksmappe.skjerming?.skjermingshjemmel] : [])),
    journalposter: records.map(({ skjerming }) => skjerming?.skjermingshjemmel),
    dokumenter: records.flatMap(({ files }) => files.map(({ skjerming }) => skjerming?.skjermingshjemmel))
  }
}

const signal = new AbortController().signal

async function setup() {
  const folder = await newArchive()
  const connector = folderArchive.open({ ARCHIVE_FOLDER: folder })
  const submit = ({ plan, files } = planMaker()) => connector.submit(plan, callContext(files))
  return { folder, connector, submit, keep: async (made = planMaker()) => receiptOf(await submit(made)) }
}

function receiptOf(result: SubmitResult): Receipt {
  if (result.state !== 'archived') throw new Error(JSON.stringify(result))
  return result.receipt
}

test('of a restricted record, neither the register, the manifest, any name nor the receipt tells who or what', async () => {
  const { folder, connector } = await setup()
  const { plan, files } = planMaker({ isRestricted: true })
  const receipt = await connector.submit(plan, callContext(files, { recordXml: toArkivmelding(plan) }))
  const names = await readdir(folder, { recursive: true })
  const told = JSON.stringify([receipt, names, await registerIn(folder), await packagesIn(folder)])
  for (const word of [...personalData, plan.record.tittel]) expect(told).not.toContain(word)
})

describe('numbers', () => {
  test('a new saksmappe gets the next number of its year, and the year starts at one', async () => {
    const { keep } = await setup()
    const label = async (saksdato: string) => {
      const { saksaar, sakssekvensnummer, journalpostnummer } = await keep(planMaker({ saksdato }))
      return `${saksaar}/${sakssekvensnummer}-${journalpostnummer}`
    }
    expect([
      await label('2025-12-31'),
      await label('2026-01-01'),
      await label('2026-12-31'),
      await label('2025-06-01')
    ]).toEqual(['2025/1-1', '2026/1-1', '2026/2-1', '2025/2-1'])
  })

  test('a post that has a saksmappe gets its next inquiry there, in whatever year it comes', async () => {
    const { keep } = await setup()
    const first = await keep(planMaker({ caseKey: 'post-1', saksdato: '2025-12-31' }))
    const second = await keep(planMaker({ caseKey: 'post-1', saksdato: '2026-01-02' }))
    expect(second).toMatchObject({ saksaar: 2025, sakssekvensnummer: 1, journalpostnummer: 2 })
    expect(second.saksmappeSystemID).toBe(first.saksmappeSystemID)
  })

  test('a plan goes to the saksmappe it names, and later inquiries on that post follow', async () => {
    const { keep } = await setup()
    const { saksmappeSystemID } = await keep()
    const saksnummer = { saksaar: 2026, sakssekvensnummer: 1 }
    const named = await keep(planMaker({ saksnummer, caseKey: 'post-1' }))
    const later = await keep(planMaker({ caseKey: 'post-1' }))
    expect(named).toMatchObject({ ...saksnummer, journalpostnummer: 2, saksmappeSystemID })
    expect(later).toMatchObject({ ...saksnummer, journalpostnummer: 3, saksmappeSystemID })
  })

  test('a saksmappe that the register does not hold is not made up', async () => {
    const { folder, submit } = await setup()
    const result = await submit(planMaker({ saksnummer: { saksaar: 2026, sakssekvensnummer: 12 } }))
    expect(result).toMatchObject({ state: 'failed', error: { kind: 'not-found' } })
    expect(result).toMatchObject({ error: { message: expect.stringContaining('2026/12') } })
    expect(await registerIn(folder)).toEqual([])
    expect(await temporaryIn(folder)).toEqual([])
  })

  test('two processes that have not seen each other agree on the numbers', async () => {
    const { folder, keep } = await setup()
    const other = folderArchive.open({ ARCHIVE_FOLDER: folder })
    await keep()
    const { plan, files } = planMaker()
    expect(receiptOf(await other.submit(plan, callContext(files)))).toMatchObject({ sakssekvensnummer: 2 })
    expect(await keep()).toMatchObject({ sakssekvensnummer: 3 })
  })
})

describe('what lies in the folder', () => {
  test('a package holds the arkivmelding as it was checked, the files and a manifest that agrees with the register', async () => {
    const { folder, connector } = await setup()
    const { plan, files } = planMaker()
    const recordXml = '<arkivmelding>slik den ble kontrollert</arkivmelding>'
    const receipt = receiptOf(await connector.submit(plan, callContext(files, { recordXml })))
    const place = join(folder, '2026', '2026-000001', '0001')
    expect((await readdir(place)).toSorted()).toEqual([
      '001.pdf',
      '002.json',
      '003.jpg',
      'arkivmelding.xml',
      'manifest.json'
    ])
    expect(receipt.location).toBe('2026/2026-000001/0001')
    const manifest = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8'))
    const [{ at: _, ...entry } = {}] = await registerIn(folder)
    expect(manifest).toMatchObject({
      ...entry,
      fagsystem: 'Arkivbro',
      arkivertDato: receipt.arkivertDato.toISOString()
    })
    expect(manifest.files).toEqual(expect.arrayContaining([...receipt.files]))
    expect(manifest.files).toHaveLength(4)
    expect(await readFile(join(place, 'arkivmelding.xml'), 'utf8')).toBe(recordXml)
    expect([...files.values()].some((bytes) => bytes.length > 100_000)).toBe(true)
  })

  test('the register and the names of folders hold nothing about any person', async () => {
    const { folder, keep } = await setup()
    await keep()
    const names = (await readdir(folder, { recursive: true })).join('\n')
    const register = await readFile(join(folder, 'register', '000000001.json'), 'utf8')
    for (const word of personalData) expect(names + register).not.toContain(word)
  })

  test('what a try leaves behind is nothing, whether it ends well or not', async () => {
    const { folder, connector, keep } = await setup()
    await keep()
    const { plan, files } = planMaker()
    await connector.submit(plan, callContext(new Map()))
    const passing = (moment: string) => {
      if (moment === 'before publiser') throw new Crash(moment)
    }
    await expect(connector.submit(plan, callContext(files, { passing }))).rejects.toThrow(Crash)
    expect(await temporaryIn(folder)).toEqual([])
  })

  test('what a dead process of this machine left goes at once, what another machine left after a day', async () => {
    const { folder, keep } = await setup()
    const [host, pid] = await namedInTemporaries(folder)
    const [dead, elsewhere] = [`.tmp-p-${host}-4194305-00000001`, `.tmp-p-00000000-${pid}-00000002`]
    for (const name of [dead, elsewhere]) {
      await mkdir(join(folder, name))
      await writeFile(join(folder, name, '001.pdf'), 'halv')
    }
    await keep()
    expect(await temporaryIn(folder)).toEqual([elsewhere])
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
    await utimes(join(folder, elsewhere), twoDaysAgo, twoDaysAgo)
    await keep()
    expect(await temporaryIn(folder)).toEqual([])
  })
})

describe('the receipt', () => {
  test('tells what lies on the disk, not what was sent', async () => {
    const { folder, connector, keep } = await setup()
    const { plan, files } = planMaker()
    await keep({ plan, files })
    const place = join(folder, '2026', '2026-000001', '0001')
    await writeFile(join(place, '001.pdf'), 'byttet ut')
    await rm(join(place, '002.json'))
    const result = await connector.lookup(plan, callContext(files))
    const [hit] = result.state === 'hits' ? result.hits : []
    expect(hit && receiptMismatches(plan, hit)).toEqual([
      '001.pdf har annet innhold',
      '002.json mangler i kvitteringen',
      '3 filer sendt, 2 kvittert'
    ])
  })

  test('a journalpost that has its numbers but no package yet is no hit, and gets its package at the next try', async () => {
    const { connector, keep } = await setup()
    const { plan, files } = planMaker()
    const passing = (moment: string) => {
      if (moment === 'after registrer') throw new Crash(moment)
    }
    await expect(connector.submit(plan, callContext(files, { passing }))).rejects.toThrow(Crash)
    expect(await connector.lookup(plan, callContext(files))).toEqual({ state: 'hits', hits: [], complete: true })
    expect(await keep()).toMatchObject({ sakssekvensnummer: 2 })
    expect(await keep({ plan, files })).toMatchObject({ sakssekvensnummer: 1, journalpostnummer: 1 })
  })

  test('is found again when it is asked for', async () => {
    const { connector, keep } = await setup()
    const { plan, files } = planMaker()
    const handle = { correlation: plan.planId, sentAt: new Date() }
    expect(await connector.settle(plan, handle, callContext(files))).toMatchObject({
      error: { kind: 'unknown-outcome' }
    })
    const receipt = await keep({ plan, files })
    expect(await connector.settle(plan, handle, callContext(files))).toEqual({ state: 'archived', receipt })
  })
})

describe('what goes wrong', () => {
  test.each([
    '../ut.pdf',
    '/etc/passwd',
    'a/b.pdf',
    'a\\b.pdf',
    '..',
    '',
    '.skjult',
    'manifest.json',
    'ARKIVMELDING.xml',
    'endringer',
    'a\0b'
  ])('the file name %j is refused before anything is written', async (referanseDokumentfil) => {
    const { folder, connector } = await setup()
    const { plan, files } = planMaker()
    const [dokument, ...others] = plan.record.dokumenter
    if (!dokument) throw new Error('The plan has no document.')
    const objekter = dokument.objekter.map((objekt) => ({ ...objekt, referanseDokumentfil }))
    const dokumenter = [{ ...dokument, objekter }, ...others]
    const result = await connector.submit({ ...plan, record: { ...plan.record, dokumenter } }, callContext(files))
    expect(result).toMatchObject({ state: 'failed', error: { kind: 'payload' } })
    expect(await readdir(folder)).toEqual([])
  })

  test('a damaged entry in the register stops the archive until a person has mended it', async () => {
    const { folder, keep } = await setup()
    await keep()
    await keep()
    const path = join(folder, 'register', '000000002.json')
    const whole = await readFile(path, 'utf8')
    await writeFile(path, whole.slice(0, 40))
    const connector = folderArchive.open({ ARCHIVE_FOLDER: folder })
    const { plan, files } = planMaker()
    const damaged = { state: 'failed', error: { kind: 'needs-human', message: expect.stringContaining('Oppføring 2') } }
    expect(await connector.submit(plan, callContext(files))).toMatchObject(damaged)
    expect(await connector.lookup(plan, callContext(files))).toMatchObject(damaged)
    expect(await connector.health(signal)).toMatchObject({ state: 'down' })
    await writeFile(path, whole)
    expect(receiptOf(await connector.submit(plan, callContext(files)))).toMatchObject({ sakssekvensnummer: 3 })
  })

  test('a lost entry is seen, and its numbers are not given out again', async () => {
    const { folder, keep } = await setup()
    for (let at = 0; at < 3; at += 1) await keep()
    await rm(join(folder, 'register', '000000002.json'))
    const { plan, files } = planMaker()
    const result = await folderArchive.open({ ARCHIVE_FOLDER: folder }).submit(plan, callContext(files))
    expect(result).toMatchObject({ error: { kind: 'needs-human', message: expect.stringContaining('Oppføring 2') } })
  })

  test('an archive that was set back to an older copy is seen', async () => {
    const { folder, connector } = await setup()
    const { plan, files } = planMaker()
    const ledger = new Map()
    await connector.submit(plan, callContext(files, { ledger }))
    await rm(join(folder, 'register'), { recursive: true })
    await rm(join(folder, '2026'), { recursive: true })
    const older = folderArchive.open({ ARCHIVE_FOLDER: folder })
    expect(await older.submit(plan, callContext(files, { ledger }))).toMatchObject({ error: { kind: 'needs-human' } })
  })

  test('something else on the place of a package stays, and a person is asked', async () => {
    const { folder, submit } = await setup()
    const place = join(folder, '2026', '2026-000001', '0001')
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'notat.txt'), 'lagt her for hånd')
    expect(await submit()).toMatchObject({
      error: { kind: 'needs-human', message: expect.stringContaining('2026-000001') }
    })
    expect(await readdir(place)).toEqual(['notat.txt'])
  })

  test('a full disk is said in words, gives no number, and passes', async ({ skip }) => {
    const { folder, submit } = await setup()
    if (!mountTmpfs(folder)) skip('needs the right to mount a small file system')
    onTestFinished(() => void execFileSync('umount', [folder]))
    const large = planMaker({ contents: [randomBytes(3_000_000)] })
    expect(await submit(large)).toMatchObject({
      error: { kind: 'transient', message: expect.stringMatching(/fullt på disken/) }
    })
    expect(await registerIn(folder)).toEqual([])
    expect(await temporaryIn(folder)).toEqual([])
    expect(receiptOf(await submit())).toMatchObject({ sakssekvensnummer: 1 })
  })

  test('a disk that can only be read is a fault in the set-up', async ({ skip }) => {
    const { folder, connector, submit } = await setup()
    if (!mountTmpfs(folder)) skip('needs the right to mount a small file system')
    onTestFinished(() => void execFileSync('umount', [folder]))
    expect(receiptOf(await submit(planMaker()))).toMatchObject({ sakssekvensnummer: 1 })
    execFileSync('mount', ['-o', 'remount,ro', folder])
    expect(await submit()).toMatchObject({ error: { kind: 'config' } })
    expect(await connector.health(signal)).toMatchObject({ state: 'down' })
  })

  test('an archive folder that is a file is a fault in the set-up, and the archive is down', async () => {
    const folder = await newArchive()
    const path = join(folder, 'fil')
    await writeFile(path, '')
    const connector = folderArchive.open({ ARCHIVE_FOLDER: path })
    const { plan, files } = planMaker()
    expect(await connector.submit(plan, callContext(files))).toMatchObject({ error: { kind: 'config' } })
    expect(await connector.health(signal)).toMatchObject({ state: 'down' })
  })

  test('a folder that goes away under way is said to be gone, and nothing is made in its place', async () => {
    const { folder, submit } = await setup()
    receiptOf(await submit())
    await rename(folder, `${folder}-borte`)
    onTestFinished(() => rm(`${folder}-borte`, { recursive: true }))
    expect(await submit()).toMatchObject({ error: { kind: 'transient' } })
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })

  test('a try that has passed its deadline gives no number', async () => {
    const { folder, connector } = await setup()
    const { plan, files } = planMaker()
    const late = callContext(files, { deadline: new Date(Date.now() - 1) })
    expect(await connector.submit(plan, late)).toMatchObject({ error: { kind: 'transient' } })
    expect(await registerIn(folder)).toEqual([])
  })
})

describe('health', () => {
  test('leaves nothing behind', async () => {
    const { folder, connector } = await setup()
    expect(await connector.health(signal)).toEqual({ state: 'up', message: 'Arkivmappen er klar.' })
    expect(await temporaryIn(folder)).toEqual([])
    expect(await packagesIn(folder)).toEqual([])
  })

  test.each([
    [100_000_000, 'up'],
    [99_000_000, 'slow'],
    [9_000_000, 'down']
  ])('with %d bytes free it is %s', (free, state) => {
    expect(healthAt(free).state).toBe(state)
  })
})

/** How this machine and process are named in a temporary folder, seen while one is in use. */
async function namedInTemporaries(folder: string): Promise<readonly [string, string]> {
  const { plan, files } = planMaker()
  const ctx = callContext(files)
  const seen: string[] = []
  await folderArchive.open({ ARCHIVE_FOLDER: folder }).submit(plan, {
    ...ctx,
    async open(sha256) {
      seen.push(...(await temporaryIn(folder)))
      return ctx.open(sha256)
    }
  })
  const [, host = '', pid = ''] = /-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/.exec(seen[0] ?? '') ?? []
  expect(pid).toBe(String(process.pid))
  return [host, pid]
}

function mountTmpfs(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
