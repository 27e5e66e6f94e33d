import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { program } from '../support/programs.ts'
import { ADMIN_KEY } from '../support/setup.ts'
import { fileService } from './file-service.ts'

const browserPath = program('chromium') ?? program('google-chrome')
/** Swagger UI does not lean on database or queue, so the browser is started over one pair of them only. */
const isEmbedded = inject('redisPort') === undefined && !inject('databaseServer').includes('127.0.0.1')

const service = fileService()
const [username = '', password = ''] = ADMIN_KEY.split('.')

test('the page has everything from us and nothing from elsewhere', async () => {
  const { call } = service()
  const page = await call('/docs/')
  const html = await page.text()
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(4)
  for (const file of files) {
    const address = new URL(file, `${service().address}/docs/`)
    expect(address.origin, file).toBe(service().address)
    expect((await call(address.pathname)).status, file).toBe(200)
  }
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'/)
  const description = (await (await call('/docs/json')).json()) as { paths: object }
  expect(Object.keys(description.paths)).toContain('/v1/inquiries')
})

if (isEmbedded) {
  const reason = browserPath ? '' : ' (Chromium mangler: apt-get install chromium)'
  describe.skipIf(!browserPath)(`a person with a browser${reason}`, () => {
    let browser: Browser
    let page: Page
    const complaints: string[] = []

    beforeAll(async () => {
      const quiet = [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run'
      ]
      browser = await chromium.launch({
        executablePath: browserPath ?? '',
        args: ['--no-sandbox', '--disable-gpu', ...quiet]
      })
      const context = await browser.newContext({
        httpCredentials: { username, password },
        viewport: { width: 1300, height: 1000 }
      })
      page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
    })
    afterAll(() => browser.close())

    const operation = (id: string) => page.locator(`.opblock[id$="-${id}"]`)
    const open = async (id: string) => {
      await operation(id).locator('.opblock-summary').first().click()
      await operation(id).locator('.opblock-body').waitFor()
    }

    test('sees every operation under its Norwegian heading', async () => {
      await page.goto(`${service().address}/docs`)
      await page.locator('.opblock').first().waitFor()
      const { paths } = (await (await service().call('/docs/json')).json()) as { paths: Record<string, object> }
      const operations = Object.values(paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0)
      expect(await page.locator('.opblock').count()).toBe(operations)
      const headings = await page.locator('.opblock-tag a').allTextContents()
      expect(headings).toEqual([
        'Henvendelser inn',
        'Oppslag',
        'Handlinger',
        'Svar og sletting',
        'Massehandlinger',
        'Arkivet',
        'Retningslinjen',
        'Krise',
        'Administratorer',
        'Webhooker',
        'Moderasjonsverktøy',
        'Nøkler',
        'Drift'
      ])
      expect(await page.locator('.info .title').textContent()).toContain('Arkivbro')
    })

    test('asks how things are and is answered 200, with the credentials of the page', async () => {
      await open('getOverview')
      await operation('getOverview').getByRole('button', { name: 'Execute' }).click()
      const live = operation('getOverview').locator('.live-responses-table')
      await live.waitFor()
      expect(await live.locator('.response-col_status').last().textContent()).toContain('200')
      expect(await live.textContent()).toContain('Alt er journalført.')
    })

    test('sends the example of an inquiry as it stands, and is answered 202', async () => {
      await open('receiveInquiry')
      const example = await operation('receiveInquiry').locator('textarea').first().inputValue()
      expect(example).toContain('Når blir Storgata brøytet?')
      await operation('receiveInquiry').getByRole('button', { name: 'Execute' }).click()
      const live = operation('receiveInquiry').locator('.live-responses-table')
      await live.waitFor()
      expect(await live.locator('.response-col_status').last().textContent()).toContain('202')
    })

    test('finds a file picker where a file is uploaded', async () => {
      await open('storeAttachment')
      const picker = operation('storeAttachment').locator('input[type="file"]')
      await picker.setInputFiles({ name: 'hull.txt', mimeType: 'text/plain', buffer: Buffer.from('et hull i veien') })
      await operation('storeAttachment').getByRole('button', { name: 'Execute' }).click()
      const live = operation('storeAttachment').locator('.live-responses-table')
      await live.waitFor()
      expect(await live.locator('.response-col_status').last().textContent()).toContain('201')
      expect(await live.textContent()).toContain('hull.txt')
    })

    test('meets no fault that the browser complains of', () => {
      expect(complaints).toEqual([])
    })
  })
}
