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
