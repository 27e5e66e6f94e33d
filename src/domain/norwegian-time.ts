const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Oslo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23'
})

const read = (instant: Date) =>
  Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value])) as Record<
    'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
    string
  >

/** The day in Norway, `2026-11-22`. */
export function norwegianDay(instant: Date): string {
  const { year, month, day } = read(instant)
  return `${year.padStart(4, '0')}-${month}-${day}`
}

/** `22.11.2026 kl. 14.05.09`, in Norway. */
export function norwegianTime(instant: Date): string {
  const { year, month, day, hour, minute, second } = read(instant)
  return `${day}.${month}.${year} kl. ${hour}.${minute}.${second}`
}

/** The moment in Norway as a form field has it, `2026-11-22T14:05`. */
export function norwegianMinute(instant: Date): string {
  const { hour, minute } = read(instant)
  return `${norwegianDay(instant)}T${hour}:${minute}`
}

const HOUR_MS = 3_600_000

/**
 * The instant when clocks in Norway showed `2026-11-22T14:05`: the first when they did so twice, nothing when they never
 * did or it is no such time.
 */
export function instantInNorway(minute: string): Date | undefined {
  const asUtc = new Date(`${minute}Z`)
  if (Number.isNaN(asUtc.getTime())) return undefined
  return [2, 1].map((hours) => new Date(asUtc.getTime() - hours * HOUR_MS)).find((at) => norwegianMinute(at) === minute)
}
