import { performance } from 'node:perf_hooks'

/** How old what is read may be, in milliseconds: another process's change takes at most this long to bite. */
const AGE_MS_MAX = 1_000

/** Something of the database that is asked for so often that it is not read each time. */
export interface LatelyRead<T> {
  /** As it stood at most a second ago. Throws what reading it throws: what cannot be read is not remembered instead. */
  get(): Promise<T>
  /** Whoever asks from now on gets what is read from now on. */
  forget(): void
}

interface Reading<T> {
  readonly value: Promise<T>
  readonly begunAt: number
}

/** Those who ask in the same second share one reading, whose age counts from when it was begun. */
export function latelyRead<T>(read: () => Promise<T>, msNow: () => number = () => performance.now()): LatelyRead<T> {
  let reading: Reading<T> | undefined
  const forget = () => {
    reading = undefined
  }
  return {
    get() {
      const begunAt = msNow()
      if (reading && begunAt - reading.begunAt <= AGE_MS_MAX) return reading.value
      const begun: Reading<T> = { value: read(), begunAt }
      reading = begun
      begun.value.catch(() => {
        if (reading === begun) forget()
      })
      return begun.value
    },
    forget
  }
}
