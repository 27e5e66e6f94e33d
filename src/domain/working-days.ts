import { instantInNorway, norwegianDay } from './norwegian-time.ts'

const DAY_MS = 86_400_000
/** When a working day ends, on clocks in Norway. */
const DAY_ENDS = '16:00'

/**
 * The end of the working day, in Norway, when so many have passed. The day of `from` itself does not count.
 */
export function afterWorkingDays(from: Date, count: number): Date {
  let day = utcDay(norwegianDay(from))
  for (let left = count; left > 0; ) {
    day += DAY_MS
    if (isWorkingDay(new Date(day))) left -= 1
  }
  const end = instantInNorway(`${isoDay(day)}T${DAY_ENDS}`)
  if (!end) throw new RangeError('No such day.')
  return end
}

const utcDay = (iso: string) => Date.parse(`${iso}T00:00Z`)
const isoDay = (day: number) => new Date(day).toISOString().slice(0, 10)

function isWorkingDay(day: Date): boolean {
  const weekday = day.getUTCDay()
  return weekday !== 0 && weekday !== 6 && !isHoliday(day)
}

/** Month and day. */
const fixedHolidays = ['01-01', '05-01', '05-17', '12-25', '12-26']
/** Days after Easter Sunday: skjærtorsdag, langfredag, 2. påskedag, Kristi himmelfartsdag, 2. pinsedag. */
const movableHolidays = [-3, -2, 1, 39, 50]

/** Public holidays that can fall between Monday and Friday (lov om helligdager, lov om 1. og 17. mai). */
function isHoliday(day: Date): boolean {
  const sinceEaster = (day.getTime() - easterSunday(day.getUTCFullYear())) / DAY_MS
  return fixedHolidays.includes(day.toISOString().slice(5, 10)) || movableHolidays.includes(sinceEaster)
}

/** Midnight UTC, by the Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const since = epact + toSunday - 7 * late + 114
  return Date.UTC(year, Math.floor(since / 31) - 1, (since % 31) + 1)
}
