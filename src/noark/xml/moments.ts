const norway = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Oslo', timeZoneName: 'longOffset' })

/** How far Norwegian time is ahead of UTC at the moment: as it is written, and in milliseconds. */
function offsetAt(moment: Date): { readonly text: string; readonly ms: number } {
  // The formatter ends with `GMT+01:00`, and with `GMT` alone where there is no offset.
  const [text, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(norway.format(moment)) ?? ['+00:00', '+', '0', '0']
  return { text, ms: Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000 }
}

const withoutOffset = (moment: Date, ms: number): string =>
  new Date(moment.getTime() + ms).toISOString().replace(/(?:\.000)?Z$/, '')

/**
 * xs:dateTime in Norwegian time with its offset, `2026-11-04T08:15:30+01:00`; milliseconds only when there are any.
 * Throws RangeError on an invalid date.
 */
export function norwegianDateTime(moment: Date): string {
  const { text, ms } = offsetAt(moment)
  return withoutOffset(moment, ms) + text
}

/** xs:dateTime in Norwegian time without offset, which is what readers of deposits take: `2026-11-04T08:15:30`. */
export const localDateTime = (moment: Date): string => withoutOffset(moment, offsetAt(moment).ms)

/**
 * The moment that an xs:dateTime says; without an offset it is Norwegian time, the earlier of the two in the hour that
 * comes twice. Undefined when it says none.
 */
export function readDateTime(text: string): Date | undefined {
  const [, local, offset] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  if (local === undefined) return undefined
  const moment = offset === undefined ? norwegian(new Date(`${local}Z`)) : new Date(local + offset)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** The moment when clocks in Norway show what this one shows in UTC. */
function norwegian(shown: Date): Date {
  if (Number.isNaN(shown.getTime())) return shown
  const DAY_MS = 86_400_000
  const offsets = [-DAY_MS, DAY_MS].map((away) => offsetAt(new Date(shown.getTime() + away)).ms)
  const moments = offsets.map((ms) => new Date(shown.getTime() - ms)).sort((a, b) => a.getTime() - b.getTime())
  const [first = shown] = moments.filter((moment) => moment.getTime() + offsetAt(moment).ms === shown.getTime())
  return first
}
