/** A page as it came, after redirects. */
export interface Page {
  readonly status: number
  readonly path: string
  readonly html: string
  /** What a reader sees. */
  readonly words: string
  readonly headers: Headers
  readonly cookies: readonly string[]
}

type Values = Readonly<Record<string, string | readonly (string | File)[]>>

/** What a browser without JavaScript does: keeps cookies, follows redirects, posts forms with all their fields. */
export function formBrowser(address: string, headers: Readonly<Record<string, string>> = {}) {
  const cookies = new Map<string, string>()

  async function go(path: string, init: RequestInit = {}): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${address}${path}`, { ...init, headers: { ...headers, cookie }, redirect: 'manual' })
    const set = response.headers.getSetCookie()
    for (const line of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const onward = response.headers.get('location')
    if (response.status === 303 && onward) return { ...(await go(onward)), cookies: set }
    const html = await response.text()
    return { status: response.status, path, html, words: wordsIn(html), headers: response.headers, cookies: set }
  }

  return {
    cookies,
    open: (path: string) => go(path),

    /** Posts the page's form of that action, with what is filled in; `by` is the address of the button, if it has one. */
    submit({ html }: Page, action: string, filled: Values = {}, by = action): Promise<Page> {
      const form = formsIn(html).find((one) => one.action === action)
      if (!form) throw new Error(`The page has no form for ${action}.`)
      const fields = [
        ...form.fields.filter(([name]) => !(name in filled)),
        ...Object.entries(filled).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
      ]
      // As browsers do, whatever stands first in the page comes first.
      fields.sort(([a], [b]) => form.order.indexOf(a) - form.order.indexOf(b))
      const body = form.isMultipart ? new FormData() : new URLSearchParams()
      for (const [name, value] of fields) (body as FormData).append(name, value as string)
      return go(by, { method: 'POST', body })
    }
  }
}

export type FormBrowser = ReturnType<typeof formBrowser>

function formsIn(html: string) {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inner = '']) => {
    const controls = [...inner.matchAll(CONTROL)].map(readControl)
    return {
      action: attribute(head, 'action') ?? '',
      isMultipart: head.includes('multipart/form-data'),
      order: controls.map(({ name }) => name),
      fields: controls.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
    }
  })
}

const CONTROL = /<input([^>]*)>|<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g

function readControl([, input, area, words = '', select, inner = '']: RegExpMatchArray) {
  const name = attribute(input ?? area ?? select ?? '', 'name') ?? ''
  if (area !== undefined) return { name, value: plain(words).replace(/\r?\n/g, '\r\n') }
  if (select !== undefined) {
    const options = [...inner.matchAll(/<option([^>]*)>/g)].map(([, head = '']) => head)
    const chosen = options.find((head) => head.includes(' selected')) ?? options[0] ?? ''
    return { name, value: attribute(chosen, 'value') ?? '' }
  }
  const type = attribute(input ?? '', 'type')
  const isLeftOut = type === 'file' || (/checkbox|radio/.test(type ?? '') && !input?.includes(' checked'))
  return { name, value: isLeftOut ? undefined : (attribute(input ?? '', 'value') ?? '') }
}

function attribute(head: string, name: string): string | undefined {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(head)?.[1]
  return found === undefined ? undefined : plain(found)
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
const plain = (html: string) => html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
const wordsIn = (html: string) =>
  plain(html.replace(/<head>[\s\S]*?<\/head>|<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
