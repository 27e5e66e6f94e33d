import { describe, expect, test } from 'vitest'
import { type Details, inquiryBody, settled } from '../support/makers.ts'
import { waitFor } from '../support/wait-for.ts'
import { fileService } from './file-service.ts'
import { formBrowser } from './form-browser.ts'

const service = fileService({ work: true })
const path = '/skjema/trenger-handling'
const reason = 'Kontrollert mot saken.'

async function signedIn(role = 'archivist') {
  const response = await service().post('/v1/keys', { label: 'Arkivet', role })
  const { token } = (await response.json()) as { token: string }
  const browser = formBrowser(service().address)
  return { browser, first: await browser.submit(await browser.open('/login'), '/login', { key: token }) }
}

async function received(text: string): Promise<string> {
  const response = await service().post('/v1/inquiries', inquiryBody({ text }))
  return ((await response.json()) as { id: string }).id
}

/** One that the guideline wants somebody to look at. */
async function waiting(): Promise<string> {
  const id = await received('Broren min har fått diagnosen bipolar.')
  expect((await settled(service(), id)).status.state).toBe('in-review')
  return id
}

const details = async (id: string) => (await (await service().call(`/v1/inquiries/${id}`)).json()) as Details

describe('the list of what needs somebody', () => {
  test('is where an archivist comes first, and says of each how it stands, what happened and the code', async () => {
    const id = await waiting()
    const { browser, first } = await signedIn()
    expect(first.path).toBe(path)
    expect(first.words).toMatch(
      /Kommentar på Facebook fra .+ Til kontroll Teksten kan ha følsomme opplysninger om noen\. .* Kode: review-needed/
    )
    expect(first.words).not.toContain('Ny henvendelse')
    const page = await browser.open(`/skjema/innsendinger/${id}`)
    expect(page.html).toContain('<mark>bipolar<span')
    expect(page.words).toContain('Skjerming Taushetsbelagte personopplysninger')
    expect(page.html).toContain('offl. §\u00a013')
  })

  test('says in which posts of the thread something was found, to whoever decides, and never the words', async () => {
    const context = {
      parents: [
        { author: {}, text: 'Badet er åpent.' },
        { author: {}, text: 'Broren min har fått diagnosen bipolar.' }
      ],
      siblings: [{ author: {}, text: 'Hun går til psykolog hver uke.' }]
    }
    const response = await service().post('/v1/inquiries', inquiryBody({ context }))
    const { id } = (await response.json()) as { id: string }
    expect((await settled(service(), id)).status.state).toBe('in-review')
    const page = await (await signedIn()).browser.open(`/skjema/innsendinger/${id}`)
    expect(page.words).toMatch(/I tråden rundt.* helse: innlegg 2 over .*helse: innlegg 1 ved siden av/)
    expect(page.words).not.toMatch(/bipolar|psykolog/)
    expect((await (await signedIn('servicetorget')).browser.open(`/skjema/innsendinger/${id}`)).words).not.toContain(
      'innlegg 2 over'
    )
  })

  test('has what waits for another that stands there, and says which, and what to do', async () => {
    const first = await waiting()
    const response = await service().post('/v1/inquiries', inquiryBody({ follows: first, text: 'Hvor blir det av?' }))
    const { id } = (await response.json()) as { id: string }
    const { browser } = await signedIn()
    await waitFor(async () => (await browser.open(path)).html.includes(id), 'it is on the list')
    const told = `Henvendelsen ${first}, som denne skal i samme sak som, står som «Til kontroll».`
    expect((await browser.open(path)).words).toContain(`${told} Kode: waits-for-asking`)
    const page = await browser.open(`/skjema/innsendinger/${id}`)
    expect(page.words).toContain(`Behandle henvendelsen ${first}; da går denne videre av seg selv.`)
    await service().post(`/v1/inquiries/${first}/dismiss`, { reason })
    expect((await settled(service(), id)).status.state).not.toBe('received')
    expect((await browser.open(path)).words).not.toContain(told)
  })

  test('is for those who decide, and so are the actions', async () => {
    const id = await waiting()
    const { browser, first } = await signedIn('servicetorget')
    expect([first.path, first.words.includes('Trenger handling')]).toEqual(['/skjema', false])
    expect((await browser.open(path)).status).toBe(403)
    const page = await browser.open(`/skjema/innsendinger/${id}`)
    expect(page.words).not.toContain('Hva vil du gjøre?')
    const forced = await browser.submit(
      page,
      '/logout',
      { action: 'approve', reason },
      `/skjema/innsendinger/${id}/handling`
    )
    expect([forced.status, (await details(id)).status.state]).toEqual([403, 'in-review'])
  })
})

describe('what is done on the page', () => {
  test('is approved and goes to the archive, with the reason in the timeline', async () => {
    const id = await waiting()
    const { browser } = await signedIn()
    const action = `/skjema/innsendinger/${id}/handling`
    const page = await browser.open(`/skjema/innsendinger/${id}`)
    const refused = await browser.submit(page, action, { reason: ' ' })
    expect([refused.status, refused.words.includes('2 ting må rettes')]).toEqual([422, true])
    const done = await browser.submit(refused, action, { action: 'approve', reason })
    expect([done.path, done.words]).toEqual([
      `/skjema/innsendinger/${id}?gjort=approve`,
      expect.stringContaining('Henvendelsen er godkjent.')
    ])
    expect((await settled(service(), id)).status.state).toBe('journaled')
    const { events } = (await (await service().call(`/v1/inquiries/${id}/timeline`)).json()) as { events: object[] }
    expect(events).toContainEqual(expect.objectContaining({ action: 'inquiry.approved', reason }))
    expect((await browser.open(path)).html).not.toContain(id)
  })

  test('is put on hold, let go, and dismissed; what another was first with is told', async () => {
    await service().post('/v1/archive/pause', { reason })
    const id = await received('Når åpner badet?')
    await expect.poll(async () => (await details(id)).status.state, { timeout: 20_000 }).toBe('ready')
    const { browser } = await signedIn()
    const action = `/skjema/innsendinger/${id}/handling`
    const open = () => browser.open(`/skjema/innsendinger/${id}`)
    const before = await open()
    expect((await browser.submit(before, action, { action: 'hold', reason })).words).toContain('satt på vent')
    const late = await browser.submit(before, action, { action: 'hold', reason })
    expect([late.status, late.words]).toEqual([409, expect.stringContaining('kan ikke settes på vent')])
    expect((await browser.submit(await open(), action, { action: 'release', reason })).words).toContain('sluppet')
    expect((await details(id)).status.state).toBe('ready')
    expect((await browser.submit(await open(), action, { action: 'dismiss', reason })).words).toContain('avvist')
    expect((await details(id)).status.state).toBe('dismissed')
    expect((await open()).words).not.toContain('Hva vil du gjøre?')
    await service().call('/v1/archive/resume', { method: 'POST' })
  })

  test('is nothing for a form of another session', async () => {
    const id = await waiting()
    const { browser } = await signedIn()
    const page = await browser.open(`/skjema/innsendinger/${id}`)
    const fields = { action: 'dismiss', reason, token: 'en annens' }
    const refused = await browser.submit(page, `/skjema/innsendinger/${id}/handling`, fields)
    expect([refused.status, (await details(id)).status.state]).toEqual([422, 'in-review'])
    expect(refused.words).toContain('Siden var laget før du logget inn')
  })
})
