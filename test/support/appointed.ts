import type { Caller } from './caller.ts'

/** Those who mark in the tests' inquiries. */
const MARKERS = ['servicetorget', 'moderator'] as const

/** Appoints one who marks under these names, unless the names are taken, as they are when the service has run before. */
export async function appointMarkers(
  { post }: Pick<Caller, 'post'>,
  [name = '', ...actsAs]: readonly string[] = MARKERS
): Promise<void> {
  const response = await post('/v1/administrators', {
    ...{ name, actsAs, unit: 'Servicetorget', may: ['mark', 'reply', 'delete'] },
    ...{ from: '2020-01-01T00:00:00Z', reason: 'Utnevnt for prøvene.' }
  })
  const said = await response.text()
  if (response.status !== 201 && !said.includes('"name-in-use"')) throw new Error(said)
}
