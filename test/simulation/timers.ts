import { vi } from 'vitest'

/** Timers that ring when time is said to have passed, and not before. */
export interface Timers {
  set(ring: () => void, ms: number, isRepeated: boolean): number
  clear(id: number): void
  /** Ids of the timers whose time has come, in order. Each rings once, however long the time that passed. */
  due(): readonly number[]
  ring(id: number): void
}

export function timersOn(now: () => Date): Timers {
  const timers = new Map<number, { readonly ring: () => void; readonly everyMs?: number; dueAt: number }>()
  let made = 0
  return {
    set(ring, ms, isRepeated) {
      made += 1
      timers.set(made, { ring, dueAt: now().getTime() + ms, ...(isRepeated && { everyMs: ms }) })
      return made
    },
    clear: (id) => void timers.delete(id),
    due() {
      const come = [...timers].filter(([, { dueAt }]) => dueAt <= now().getTime())
      return come.sort(([, a], [, b]) => a.dueAt - b.dueAt).map(([id]) => id)
    },
    ring(id) {
      const timer = timers.get(id)
      if (!timer) return
      if (timer.everyMs === undefined) timers.delete(id)
      else timer.dueAt = now().getTime() + timer.everyMs
      timer.ring()
    }
  }
}

interface Place {
  /** Undefined for a timer that is none of the world's. */
  readonly set: (ring: () => void, ms: number, isRepeated: boolean) => number | undefined
  readonly clear: (id: number) => void
}

let here: Place | undefined
const real = { setTimeout, setInterval, clearTimeout, clearInterval }

interface Handle {
  readonly ofWorld: number
  ref(): Handle
  unref(): Handle
}

function handleOf(id: number): Handle {
  const handle: Handle = { ofWorld: id, ref: () => handle, unref: () => handle }
  return handle
}

const isOfWorld = (handle: unknown): handle is Handle =>
  typeof handle === 'object' && handle !== null && 'ofWorld' in handle

/** From now on, what somebody in a world sets is set in that world. */
export function stubTimers(): void {
  const setting = (start: typeof setTimeout | typeof setInterval, isRepeated: boolean) => {
    return (ring: () => void, ms = 0) => {
      const id = here?.set(ring, ms, isRepeated)
      return id === undefined ? start(ring, ms) : handleOf(id)
    }
  }
  const clearing = (stop: typeof clearTimeout) => (handle: NodeJS.Timeout) =>
    isOfWorld(handle) ? here?.clear(handle.ofWorld) : stop(handle)
  vi.stubGlobal('setTimeout', setting(real.setTimeout, false))
  vi.stubGlobal('setInterval', setting(real.setInterval, true))
  vi.stubGlobal('clearTimeout', clearing(real.clearTimeout))
  vi.stubGlobal('clearInterval', clearing(real.clearInterval))
}

/** Runs with timers of its own; those that are left when it ends never ring. */
export async function withTimers<Result>(own: NonNullable<typeof here>, run: () => Promise<Result>): Promise<Result> {
  here = own
  try {
    return await run()
  } finally {
    here = undefined
  }
}
