/** `$filter` as far as N5TG 1.1 promises it: eq, and, contains, startswith, and a path into a code. */
export type Filter = (fields: Readonly<Record<string, unknown>>) => boolean

export class BadQuery extends Error {}

export function parseFilter(expression: string): Filter {
  const parts = expression.split(/ and (?=(?:[^']*'[^']*')*[^']*$)/).map(term)
  return (fields) => parts.every((part) => part(fields))
}

function term(expression: string): Filter {
  const call = /^(contains|startswith)\(([A-Za-z/]+),\s*'((?:[^']|'')*)'\)$/.exec(expression.trim())
  if (call) {
    const [, name, path = '', quoted = ''] = call
    const wanted = unquoted(quoted)
    const names = path.split('/')
    return (fields) => {
      const value = at(fields, names)
      return typeof value === 'string' && (name === 'contains' ? value.includes(wanted) : value.startsWith(wanted))
    }
  }
  const equal = /^([A-Za-z/]+) eq (?:'((?:[^']|'')*)'|(\d+))$/.exec(expression.trim())
  if (!equal) throw new BadQuery(`Cannot read the filter ${expression}`)
  const [, path = '', quoted, number] = equal
  const wanted = number === undefined ? unquoted(quoted ?? '') : Number(number)
  const names = path.split('/')
  return (fields) => at(fields, names) === wanted
}

const unquoted = (quoted: string) => quoted.replaceAll("''", "'")

const at = (fields: Readonly<Record<string, unknown>>, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], fields)

/** The system query options of a raw query string. */
export function queryOf(raw: string): ReadonlyMap<string, string> {
  return new Map(
    raw
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=')
        return [decodeURIComponent(name), decodeURIComponent(value.join('='))] as const
      })
  )
}
