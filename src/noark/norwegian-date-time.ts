const norway = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Oslo', timeZoneName: 'longOffset' })

/**
 * xs:dateTime in Norwegian time with its offset, `2026-11-04T08:15:30+01:00`; milliseconds only when there are any.
 * Throws RangeError on an invalid date.
 */
export function norwegianDateTime(moment: Date): string {
  // The formatter ends with `GMT+01:00`, and with `GMT` alone where there is no offset.
  const [offset, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(norway.format(moment)) ?? ['+00:00', '+', '0', '0']
  const ahead = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(moment.getTime() + ahead).toISOString().replace(/(?:\.000)?Z$/, offset)
}
