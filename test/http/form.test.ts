import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openLog } from '../../src/log.ts'
import { startService } from '../../src/service.ts'
import { ADMIN_KEY, freshService } from '../support/setup.ts'
import { fileService } from './file-service.ts'
import { type FormBrowser, formBrowser, type Page } from './form-browser.ts'

const lines: string[] = []
const log = openLog('debug', { write: (line) => void lines.push(line) })
const service = fileService({ changes: { ATTACHMENT_MB_MAX: '1', POSTMOTTAK: 'post@eksempel.kommune.no' }, log })

/** Nobody's: what a person could have written. */
const person = { name: 'Skjemalinda Prøvesen', fnr: '14067220022', words: 'kvitrende rødstrupe 😟' }

async function makeKey(wanted: object = {}): Promise<{ readonly id: string; readonly token: string }> {
  const response = await service().post('/v1/keys', { label: 'Skranken', role: 'servicetorget', ...wanted })
  const { key, token } = (await response.json()) as { key: { id: string }; token: string }
  return { id: key.id, token }
}

async function signIn(token: string, browser = formBrowser(service().address)) {
  const page = await browser.submit(await browser.open('/login'), '/login', { key: token })
  return { browser, page }
}

let desk: Promise<FormBrowser> | undefined

/** Somebody at the desk; with a key of their own when the test is about that. */
async function signedIn(wanted?: object): Promise<FormBrowser> {
  if (wanted) return (await signIn((await makeKey(wanted)).token)).browser
  desk ??= signedIn({})
  return desk
}

const filled = (changes: object = {}) => ({
  text: `Hei, jeg er ${person.name}, ${person.fnr}.\n\n${person.words}`,
  source: 'facebook',
  name: person.name,
  published: '2026-11-20T10:15',
  reason: 'Må besvares',
  by: 'servicetorget',
  ...changes
})

async function reviewed(browser: FormBrowser, changes: object = {}): Promise<Page> {
  return browser.submit(await browser.open('/skjema'), '/skjema/kontroll', filled(changes))
}

async function sent(browser: FormBrowser, changes: object = {}): Promise<Page> {
  const page = await browser.submit(await reviewed(browser, changes), '/skjema/send')
  expect(page.path).toMatch(/\/skjema\/innsendinger\/[0-9a-f-]{36}\?mottatt=ny$/)
  return page
}

const idIn = ({ path }: Page) => /innsendinger\/([0-9a-f-]{36})/.exec(path)?.[1] ?? ''
const inquiryOf = async (page: Page) => (await (await service().call(`/v1/inquiries/${idIn(page)}`)).json()) as object
const png = () => new File([randomBytes(64)], 'skjermbilde.png', { type: 'image/png' })

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(service().db)
  return Number(rows[0]?.n)
}

const TITLE = /<h1>(.*?)<\/h1>/
const titleOf = ({ html }: Page) => TITLE.exec(html)?.[1]
const withoutToken = ({ html }: Page) => html.replace(/name="token" value="[^"]*"/, '')

describe('signing in', () => {
  test('is refused in the same words whatever is wrong with the key', async () => {
    const { token } = await makeKey()
    const revoked = await makeKey()
    expect((await service().call(`/v1/keys/${revoked.id}`, { method: 'DELETE' })).status).toBe(204)
    const wrong = [
      '',
      'tull',
      `finnes-ikke.${token.split('.')[1]}`,
      `${token.slice(0, -1)}.`,
      `${token}.x`,
      revoked.token,
      (await makeKey({ role: 'kriseledelse' })).token
    ]
    const pages = await Promise.all(wrong.map(async (key) => (await signIn(key)).page))
    expect(pages.map(({ status }) => status)).toEqual(wrong.map(() => 401))
    expect(new Set(pages.map(withoutToken)).size).toBe(1)
    expect(pages[0]?.words).toContain('Nøkkelen er ikke gyldig her.')
  })

  test('needs the form that we made, so that nobody is signed in by another site', async () => {
    const { token } = await makeKey()
    const post = (headers: Record<string, string>) =>
      fetch(`${service().address}/login`, {
        method: 'POST',
        body: new URLSearchParams({ key: token, token: '' }),
        headers
      })
    const [none, other] = [await post({}), await post({ cookie: 'arkivbro-innlogging=gjettet' })]
    expect([none.status, other.status]).toEqual([403, 403])
    expect(`${none.headers.get('set-cookie')} ${other.headers.get('set-cookie')}`).not.toContain('arkivbro=')
  })

  test('gives a cookie that scripts and other sites cannot have, and that travels encrypted but on this machine', async () => {
    const { token } = await makeKey()
    const cookieOf = async (headers: Record<string, string>) => {
      const { browser } = await signIn(token, formBrowser(service().address, headers))
      return { line: (await browser.submit(await browser.open('/login'), '/login', { key: token })).cookies, browser }
    }
    const here = await cookieOf({})
    expect(here.line.join()).toMatch(/^arkivbro=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const proxied = await cookieOf({ 'x-forwarded-proto': 'https' })
    expect(proxied.line.join()).toMatch(/; Secure$/)
    const { rows } = await sql<{ row: string }>`select console_session::text as row from console_session`.execute(
      service().db
    )
    expect(rows.map(({ row }) => row).join()).not.toContain(here.browser.cookies.get('arkivbro'))
  })

  test('lasts in every process and over a restart, until it is ended', async () => {
    const browser = await signedIn({})
    const { config, env } = service()
    const other = await startService({ config, env, log: openLog('silent'), api: true, work: false })
    onTestFinished(other.stop)
    const there = formBrowser(other.address ?? '')
    for (const [name, value] of browser.cookies) there.cookies.set(name, value)
    expect(titleOf(await there.open('/skjema'))).toBe('Ny henvendelse')
    const out = await there.submit(await there.open('/skjema'), '/logout')
    expect([out.path, there.cookies.has('arkivbro')]).toEqual(['/login', false])
    expect((await browser.open('/skjema')).status).toBe(401)
  })

  test('ends at once when the key is revoked', async () => {
    const { id, token } = await makeKey()
    const { browser } = await signIn(token)
    expect((await browser.open('/skjema')).status).toBe(200)
    await service().call(`/v1/keys/${id}`, { method: 'DELETE' })
    expect((await browser.open('/skjema')).status).toBe(401)
  })

  test.each([
    ['half an hour unused', 'used_at', '30 minutes'],
    ['eight hours', 'started_at', '8 hours']
  ])('ends after %s', async (_, column, age) => {
    const { id, token } = await makeKey()
    const { browser } = await signIn(token)
    const set = async (ago: string) =>
      sql`update console_session set ${sql.ref(column)} = now() - ${ago}::interval + interval '20 seconds' where key_id = ${id}`.execute(
        service().db
      )
    await set(age)
    expect((await browser.open('/skjema')).status).toBe(200)
    await sql`update console_session set ${sql.ref(column)} = now() - ${age}::interval where key_id = ${id}`.execute(
      service().db
    )
    expect((await browser.open('/skjema')).status).toBe(401)
  })

  test('leads to the page that was asked for, and never away from us', async () => {
    const { token } = await makeKey()
    const browser = formBrowser(service().address)
    const asked = await browser.open('/skjema/innsendinger')
    expect([asked.status, titleOf(asked)]).toEqual([401, 'Logg inn'])
    expect((await browser.submit(asked, '/login', { key: token })).path).toBe('/skjema/innsendinger')
    const away = await browser.submit(await browser.open('/login'), '/login', { key: token, next: '//ond.example' })
    expect(away.path).toBe('/skjema')
  })
})

describe('the pages', () => {
  test('have a strict policy, are not kept by browsers, and name the municipality', async () => {
    const browser = await signedIn()
    for (const path of ['/login', '/skjema', '/skjema/innsendinger', '/skjema/innsendinger/finnes-ikke']) {
      const { headers, html } = await browser.open(path)
      expect(headers.get('content-security-policy'), path).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
      )
      expect(headers.get('cache-control'), path).toBe('no-store')
      expect(html, path).toContain('<strong>Eksempel kommune</strong>')
      expect(html, path).not.toMatch(/<script(?! src)| style=| on[a-z]+=/)
    }
  })

  test.each(['/skjema/../package.json', '/skjema/%2e%2e/console.ts', '/skjema/form.eta', '/skjema/skjema.css/..'])(
    'have no file but their own: %s',
    async (path) => {
      expect((await fetch(`${service().address}${path}`)).status).toBe(401)
    }
  )

  test('show what a person wrote as words, whatever is in them', async () => {
    const hostile = `</textarea><script>alert('x')</script>"' onfocus="x" <b>&amp;</b>`
    const browser = await signedIn()
    const changes = { text: hostile, name: hostile, reason: hostile, note: hostile, handle: hostile, case: hostile }
    const form = await reviewed(browser, changes)
    const receipt = await sent(browser, { ...changes, case: '' })
    for (const { html } of [
      form,
      await reviewed(browser, { ...changes, case: '' }),
      receipt,
      await browser.open('/skjema/innsendinger')
    ]) {
      expect(html).not.toMatch(/<script>|<b>|onfocus="x" </)
      expect(html).toContain('&lt;script&gt;')
    }
    expect(await inquiryOf(receipt)).toMatchObject({ text: hostile, author: { displayName: hostile } })
  })

  test('are for those whose key may send, and for those who may read', async () => {
    const browser = await signedIn({ scopes: ['inquiries:write'] })
    const page = await browser.open('/skjema/innsendinger')
    expect([page.status, titleOf(page)]).toEqual([403, 'Du har ikke lov til dette'])
    expect(page.words).toContain('Kode: forbidden.')
    const form = await browser.open('/skjema')
    expect([form.status, form.html.includes('type="file"')]).toEqual([200, false])
  })

  test('do nothing for a form of another session, and lose nothing of it', async () => {
    const browser = await signedIn()
    const before = await count('inquiry')
    const page = await browser.submit(await reviewed(browser), '/skjema/send', { token: 'en annens' })
    expect([page.status, await count('inquiry')]).toEqual([422, before])
    expect(page.words).toContain('Siden var laget før du logget inn')
    expect(page.html).toContain(person.words)
    expect(titleOf(await browser.submit(page, '/skjema/kontroll'))).toBe('Se over før du sender')
  })
})

describe('the form', () => {
  test('shows what would become of it before anything is kept, and keeps exactly that', async () => {
    const browser = await signedIn()
    const before = await count('inquiry')
    const changes = {
      files: [png(), png()],
      category: 'question',
      note: 'Ring først.',
      language: 'nn',
      handle: '@linda'
    }
    const review = await reviewed(browser, changes)
    expect([review.status, titleOf(review), await count('inquiry')]).toEqual([200, 'Se over før du sender', before])
    expect(review.html).toContain(`<mark>${person.fnr}<span class="kind" lang="nb"> [fødselsnummer]</span></mark>`)
    expect(review.words).toContain('Arkivet må se på den først')
    expect(review.words).toContain('Regel: Fødselsnummer og kontonummer skjermes.')
    expect(review.words).toContain('Offentlig tittel, i postlisten Kommentar på Facebook')
    expect(review.html).toContain('&lt;arkivmelding')
    const receipt = await browser.submit(review, '/skjema/send')
    expect(titleOf(receipt)).toBe('Henvendelsen er mottatt')
    expect(receipt.words).toContain('e-post eller brev til post@eksempel.kommune.no')
    expect(await inquiryOf(receipt)).toMatchObject({
      source: 'facebook',
      externalId: expect.stringMatching(/^skjema-[0-9a-f-]{36}$/),
      kind: 'comment',
      text: filled().text,
      language: 'nn',
      author: { displayName: person.name, handle: '@linda' },
      publishedAt: '2026-11-20T09:15:00.000Z',
      mark: { by: 'servicetorget', reason: 'Må besvares', category: 'question' },
      note: 'Ring først.',
      attachments: [{ mediaType: expect.any(String) }, { fileName: 'skjermbilde.png' }],
      received: { secretsBlanked: 0 }
    })
  })

  test('tells all that is wrong at once, each beside its field, and keeps what was filled in and the files', async () => {
    const browser = await signedIn()
    const page = await reviewed(browser, {
      ...{ source: '', by: '', reason: ' ', case: '412', published: '31.2.2026', link: 'nettsiden' },
      files: [png()]
    })
    expect(page.status).toBe(422)
    expect(page.words).toContain('6 ting må rettes')
    for (const name of ['link', 'source', 'published', 'reason', 'by', 'case']) {
      expect(page.html, name).toContain(`<a href="#${name}">`)
      expect(page.html, name).toMatch(
        new RegExp(`id="${name}"[^>]*aria-describedby="[^"]*${name}-fault[^>]*aria-invalid="true"`)
      )
    }
    expect(page.words).toContain('Saksnummeret skal være et saksnummer, som 2026/412.')
    expect(page.html).toContain(person.words)
    const mended = { source: 'x', by: 'servicetorget', reason: 'Viktig', case: '', published: '', link: '' }
    const receipt = await browser.submit(await browser.submit(page, '/skjema/kontroll', mended), '/skjema/send')
    expect(await inquiryOf(receipt)).toMatchObject({ source: 'x', attachments: [{ fileName: 'skjermbilde.png' }] })
  })

  test('goes back with everything, and a file can be taken away', async () => {
    const browser = await signedIn()
    const review = await reviewed(browser, { files: [png()], protected: 'ja' })
    const back = await browser.submit(review, '/skjema/send', {}, '/skjema')
    expect([back.status, titleOf(back)]).toEqual([200, 'Ny henvendelse'])
    expect(back.html).toMatch(/name="protected"[^>]* checked/)
    const remove = /name="remove" type="checkbox" value="([^"]+)"/.exec(back.html)?.[1] ?? ''
    const again = await browser.submit(back, '/skjema/kontroll', { remove })
    const receipt = await browser.submit(again, '/skjema/send')
    expect(await inquiryOf(receipt)).toMatchObject({ attachments: [], mark: { protectedPerson: true } })
  })

  test('is taken as a screenshot alone, and not as nothing', async () => {
    const browser = await signedIn()
    const nothing = await reviewed(browser, { text: '' })
    expect([nothing.status, nothing.html.includes('<a href="#text">')]).toEqual([422, true])
    expect((await reviewed(browser, { text: '', files: [png()] })).status).toBe(200)
  })

  test('says which file is too large, and keeps the others and all that was written', async () => {
    const browser = await signedIn()
    const large = new File([randomBytes(1_048_577)], 'film.mp4')
    const page = await reviewed(browser, { files: [large, png()] })
    expect(page.status).toBe(422)
    expect(page.words).toContain('En av filene er større enn 1 MB')
    expect(page.words).toContain('skjermbilde.png (64 byte, lastet opp)')
    expect(page.html).toContain(person.words)
  })

  test('sent again is the same inquiry, and sent with other words is refused', async () => {
    const browser = await signedIn()
    const review = await reviewed(browser)
    const [first, again] = [await browser.submit(review, '/skjema/send'), await browser.submit(review, '/skjema/send')]
    expect(idIn(again)).toBe(idIn(first))
    expect(again.words).toContain('fortsatt bare én henvendelse')
    const other = await browser.submit(review, '/skjema/send', { text: 'Noe helt annet.' })
    expect([other.status, other.words.includes('mottatt før, med annet innhold')]).toEqual([422, true])
  })

  test('of a link to a comment is the same inquiry as the one that the platform sends', async () => {
    const browser = await signedIn()
    const link = 'https://www.facebook.com/eksempel/posts/1029?comment_id=5647&access_token=EAAhemmelig0123456789'
    const receipt = await sent(browser, { link, source: '' })
    expect(await inquiryOf(receipt)).toMatchObject({
      source: 'facebook',
      externalId: '1029_5647',
      received: { secretsBlanked: 1 }
    })
    expect(receipt.html).not.toContain('EAAhemmelig')
    const twice = await browser.submit(await reviewed(browser, { link, source: '' }), '/skjema/send')
    expect(twice.words).toContain('fortsatt bare én henvendelse')
  })

  test('proposes whoever marked last in the session', async () => {
    const browser = await signedIn({})
    expect((await browser.open('/skjema')).html).not.toMatch(/value="servicetorget" selected/)
    await sent(browser)
    expect((await browser.open('/skjema')).html).toMatch(/value="servicetorget" selected/)
  })

  test('warns of danger to life on top of the page', async () => {
    const page = await reviewed(await signedIn(), { text: 'Jeg skal ta livet mitt i kveld.' })
    expect(page.words).toMatch(/Se over før du sender Noen kan være i fare .* 110 brann 112 politi 113 ambulanse/)
  })
})

describe('what has been sent', () => {
  test('is listed newest first, and only for the key that sent it', async () => {
    const [mine, other] = [await signedIn({}), await signedIn({})]
    const pages = [await sent(mine), await sent(mine)]
    const list = await mine.open('/skjema/innsendinger')
    const links = [...list.html.matchAll(/href="\/skjema\/innsendinger\/([0-9a-f-]{36})"/g)].map(([, id]) => id)
    expect(links).toEqual([...pages].reverse().map(idIn))
    expect(list.words).toContain('Mottatt Innen')
    expect((await other.open('/skjema/innsendinger')).words).toContain('Ingenting er sendt inn')
  })

  test('is answered once, and the answer is filed as outgoing', async () => {
    const browser = await signedIn()
    const receipt = await sent(browser)
    const action = `/skjema/innsendinger/${idIn(receipt)}/svar`
    const refused = await browser.submit(receipt, action, { at: 'i går', link: 'her' })
    expect([refused.status, refused.words.includes('3 ting må rettes')]).toEqual([422, true])
    const given = {
      by: 'servicetorget',
      at: '2026-11-25T12:00',
      text: 'Send brev til oss.',
      link: '',
      channel: 'phone'
    }
    const answered = await browser.submit(refused, action, given)
    expect(answered.words).toContain('Det er registrert at svaret er gitt.')
    expect(answered.words).toContain('Besvart')
    expect((await browser.submit(refused, action, given)).words).toContain('Det er registrert at svaret er gitt.')
    const { related } = (await inquiryOf(receipt)) as { related: readonly { id: string }[] }
    expect(related).toMatchObject([{ direction: 'outgoing' }])
    const answer = await (await service().call(`/v1/inquiries/${related[0]?.id}`)).json()
    expect(answer).toMatchObject({ mark: { reason: 'Svar gitt på telefon til den som skrev.' } })
  })

  test('has no reply to copy while the crisis management holds it', async () => {
    const browser = await signedIn()
    await service().post('/v1/crisis/start', { reason: 'Flom.' })
    onTestFinished(async () => void (await service().post('/v1/crisis/end', { reason: 'Over.' })))
    const page = await sent(browser)
    expect(page.words).toContain('Vent med å svare.')
    expect(page.html).not.toContain('data-copy')
  })

  test('is not to be deleted before the archive has it, and is told apart from the note that it was', async () => {
    const browser = await signedIn({})
    const page = await sent(browser, { category: 'unlawful' })
    expect(page.words).toContain('Ikke slett innlegget ennå.')
    expect((await sent(browser)).words).not.toContain('slett')
    const deletion = { by: 'servicetorget', at: new Date().toISOString(), reason: 'Uthenging av en ansatt.' }
    expect((await service().post(`/v1/inquiries/${idIn(page)}/deleted`, deletion)).status).toBe(202)
    const after = await browser.open(`/skjema/innsendinger/${idIn(page)}`)
    expect(after.words).toContain('Det er registrert at innlegget er slettet.')
    expect(after.words).not.toContain('Ikke slett innlegget ennå.')
  })

  test('that is not there is told in words', async () => {
    const page = await (await signedIn()).open('/skjema/innsendinger/01900000-0000-7000-8000-000000000000')
    expect([page.status, titleOf(page)]).toEqual([404, 'Henvendelsen finnes ikke'])
  })
})

test('nothing of what people wrote, no key and no session stands in a log', async () => {
  const { token } = await makeKey()
  const { browser } = await signIn(token)
  await sent(browser)
  await reviewed(browser, { case: person.name })
  const secrets = [token.split('.')[1] ?? '', browser.cookies.get('arkivbro') ?? '', ADMIN_KEY]
  const all = lines.join('')
  for (const word of [...Object.values(person), ...secrets]) expect(all).not.toContain(word)
})

async function triesFrom(address: string, from?: string): Promise<readonly number[]> {
  const statuses: number[] = []
  const browser = formBrowser(address, from === undefined ? {} : { 'x-forwarded-for': from })
  const page = await browser.open('/login')
  while (statuses.length < 40 && !statuses.includes(429)) {
    statuses.push((await browser.submit(page, '/login', { key: 'feil.nøkkel' })).status)
  }
  return statuses
}

test('tries at signing in are limited for each address, whatever one claims to be called for', async () => {
  expect((await triesFrom(service().address, '10.1.1.1')).at(-1)).toBe(429)
  expect(await triesFrom(service().address, '10.1.1.2')).toEqual([429])
})

test('behind a proxy that is trusted, tries at signing in are limited for each who calls through it', async () => {
  const { address } = await freshService({ TRUSTED_PROXIES: '127.0.0.1' }, { work: false })
  expect((await triesFrom(address, '10.1.1.1')).at(-1)).toBe(429)
  expect((await triesFrom(address, '10.1.1.2')).length).toBeGreaterThan(1)
  expect(await triesFrom(address, '10.9.9.9, 10.1.1.1'), 'what stands before comes from the caller').toEqual([429])
})
