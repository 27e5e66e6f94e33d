import { readFile } from 'node:fs/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { inquiryBody } from '../support/makers.ts'
import { program } from '../support/programs.ts'
import { fileService } from './file-service.ts'

const browserPath = program('chromium') ?? program('google-chrome')
/** The pages lean on database and queue as the API does, so the browser is started over one pair of them only. */
const isEmbedded = inject('redisPort') === undefined && !inject('databaseServer').includes('127.0.0.1')

const service = fileService()

async function makeToken(role = 'servicetorget'): Promise<string> {
  const response = await service().post('/v1/keys', { label: 'Skranken', role })
  return ((await response.json()) as { token: string }).token
}

const TROUBLES = new URL('../support/page-troubles.js', import.meta.url)

/** On a phone's width, and so at 400 % on a screen of 1280. */
async function sound(page: Page, name: string): Promise<void> {
  const troubles = await readFile(TROUBLES, 'utf8')
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(troubles), `${name} at ${width}`).toEqual([])
  }
}

/** Moves on with the tab key until the field has focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 80; n += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The tab key never reaches ${selector}.`)
}

async function write(page: Page, selector: string, words: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.type(words)
}

async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector)
  const ring = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')
  expect(ring, selector).toBe('3px')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

if (isEmbedded) {
  const reason = browserPath ? '' : ' (Chromium mangler: apt-get install chromium)'
  describe.skipIf(!browserPath)(`a person with a browser${reason}`, () => {
    let browser: Browser

    beforeAll(async () => {
      const args = [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-sync',
        '--no-first-run'
      ]
      browser = await chromium.launch({ executablePath: browserPath ?? '', args })
    })
    afterAll(() => browser.close())

    async function opened(javaScriptEnabled: boolean): Promise<{ page: Page; complaints: string[] }> {
      const page = await (await browser.newContext({ javaScriptEnabled })).newPage()
      page.setDefaultTimeout(20_000)
      const complaints: string[] = []
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on(
        'console',
        (message) => /Content Security|Refused/.test(message.text()) && complaints.push(message.text())
      )
      return { page, complaints }
    }

    test('goes the whole way by keyboard alone, and every page is sound', async () => {
      const { page, complaints } = await opened(true)
      await page.goto(`${service().address}/skjema`)
      await sound(page, 'signing in')
      await write(page, '#key', await makeToken())
      await press(page, 'main button')
      await sound(page, 'the form')

      await press(page, 'form[action="/skjema/kontroll"] button')
      expect(await page.evaluate('document.activeElement.id')).toBe('summary')
      expect(await page.title()).toMatch(/^Feil: /)
      await sound(page, 'the faults')
      await tabTo(page, '#summary a')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('source')

      await page.keyboard.type('Face')
      await write(page, '#reason', 'Må besvares')
      await write(page, '#by', 'serv')
      await page.locator('#text').focus()
      await page.keyboard.type('Jeg skal ta livet mitt. Ring meg på 912 34 567.')
      await press(page, 'form[action="/skjema/kontroll"] button')
      expect(await page.locator('h1').textContent()).toBe('Se over før du sender')
      expect(await page.locator('mark').textContent()).toBe('912 34 567 [telefonnummer]')
      await sound(page, 'the review')
      await tabTo(page, 'summary')
      await page.keyboard.press('Enter')
      await sound(page, 'the review with the record')
      await press(page, 'form[action="/skjema/send"] button')

      expect(await page.locator('h1').textContent()).toBe('Henvendelsen er mottatt')
      await sound(page, 'the receipt')
      await tabTo(page, '#reply-nb + button')
      await page.keyboard.press('Enter')
      await page.getByText(/Kopiert\.|Teksten er merket/).waitFor()
      await tabTo(page, 'summary')
      await page.keyboard.press('Enter')
      await sound(page, 'the answer')
      await write(page, '#by', 'serv')
      await press(page, 'form[action$="/svar"] button')
      await page.getByText('Det er registrert at svaret er gitt.').waitFor()
      await press(page, 'a[href="/skjema/innsendinger"]')
      await sound(page, 'the list')
      await press(page, 'form[action="/logout"] button')
      expect(await page.locator('h1').textContent()).toBe('Logg inn')
      expect(complaints).toEqual([])
    })

    test('finds what needs somebody and lets it go by keyboard alone, and every page is sound', async () => {
      const taken = await service().post('/v1/inquiries', inquiryBody())
      const { id } = (await taken.json()) as { id: string }
      await service().post(`/v1/inquiries/${id}/hold`, { reason: 'Venter på svar.' })
      const { page, complaints } = await opened(true)
      await page.goto(`${service().address}/login`)
      await write(page, '#key', await makeToken('archivist'))
      await press(page, 'main button')
      expect(await page.locator('h1').textContent()).toBe('Trenger handling')
      await sound(page, 'the list of what needs somebody')
      await press(page, `a[href="/skjema/innsendinger/${id}"]`)
      await sound(page, 'what can be done')
      await press(page, 'form[action$="/handling"] button')
      expect(await page.evaluate('document.activeElement.id')).toBe('summary')
      await sound(page, 'what is wrong with it')
      await tabTo(page, '#action-release')
      await page.keyboard.press('Space')
      await write(page, '#reason', 'Svaret er kommet.')
      await press(page, 'form[action$="/handling"] button')
      await page.getByText('Henvendelsen er sluppet.').waitFor()
      await sound(page, 'what was done')
      expect(complaints).toEqual([])
    })

    test('does the same without JavaScript', async () => {
      const { page } = await opened(false)
      await page.goto(`${service().address}/login`)
      await page.fill('#key', await makeToken())
      await page.click('main button')
      await page.fill('#text', 'Når blir Storgata brøytet?')
      await page.selectOption('#source', 'facebook')
      await page.fill('#reason', 'Må besvares')
      await page.selectOption('#by', 'servicetorget')
      const file = { name: 'bilde.txt', mimeType: 'text/plain', buffer: Buffer.from('hull') }
      await page.setInputFiles('#files', [file, { ...file, name: 'to.txt' }])
      await page.click('text=Se over før du sender')
      await page.click('text=Gå tilbake og endre')
      expect(await page.inputValue('#text')).toBe('Når blir Storgata brøytet?')
      await page.click('text=Se over før du sender')
      await page.click('text=Send til arkivet')
      expect(await page.locator('h1').textContent()).toBe('Henvendelsen er mottatt')
      expect(await page.inputValue('#reply-nn')).toContain('e-post eller brev')
      expect(await page.locator('dd').allTextContents()).toContain('bilde.txt, to.txt')
    })
  })
}

describe('the stylesheet', () => {
  const FILE = new URL('../../src/console/static/skjema.css', import.meta.url)

  test.each([
    ...['ink paper', 'ink soft', 'ink fault-paper', 'ink notice-paper', 'ink done-paper', 'ink mark', 'quiet paper'],
    ...['link paper', 'link soft', 'link fault-paper', 'paper link', 'paper head', 'head-ink head', 'fault paper']
  ])('has words that are read: %s is at least 4.5 to 1', async (pair) => {
    expect(await contrast(FILE, pair)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['line paper', 'fault paper', 'link paper', 'notice-line paper', 'done-line paper', 'ink paper'])(
    'has borders and rings that are seen: %s is at least 3 to 1',
    async (pair) => {
      expect(await contrast(FILE, pair)).toBeGreaterThanOrEqual(3)
    }
  )

  test('names every colour once, so that the pairs above are all there are', async () => {
    const [, root = '', rest = ''] = /^(:root \{[^}]*\})([\s\S]*)$/.exec(await readFile(FILE, 'utf8')) ?? []
    expect(root.match(/#[0-9a-f]{6}/g)?.length).toBeGreaterThan(10)
    expect(rest).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|hsl|url\(|@import/)
  })
})

async function contrast(file: URL, pair: string): Promise<number> {
  const css = await readFile(file, 'utf8')
  const [high = 0, low = 0] = pair
    .split(' ')
    .map((name) => luminance(new RegExp(`--${name}: #([0-9a-f]{6})`).exec(css)?.[1] ?? ''))
    .sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
