const DIFFERENCES_MAX = 20

/** JSON pointers (RFC 6901) to where two JSON values differ; at most 20, the deepest that say it exactly. */
export function differences(a: unknown, b: unknown, at = ''): readonly string[] {
  if (Object.is(a, b)) return []
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return [at]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys
    .flatMap((key) => differences(a[key], b[key], `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))
    .slice(0, DIFFERENCES_MAX)
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
