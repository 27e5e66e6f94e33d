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

type Set = (ring: () => void, ms: number, isRepeated: boolean) => number

let here: { readonly set: Set; readonly clear: (id: number) => void } | undefined
const { setTimeout: set, setInterval: repeat, clearTimeout: clear, clearInterval: cease } = globalThis
const isOurs = (handle: unknown): handle is { readonly id: number } =>
  typeof handle === 'object' && handle !== null && 'id' in handle && 'isOfWorld' in handle

function handleOf(id: number) {
  const handle = { id, isOfWorld: true, ref: () => handle, unref: () => handle, hasRef: () => false }
  return handle
}

/** From now on, what is set while a world is alive is set in that world. */
export function stubTimers(): void {
  vi.stubGlobal('setTimeout', (ring: () => void, ms = 0, ...args: never[]) =>
    here ? handleOf(here.set(ring, ms, false)) : set(ring, ms, ...args)
  )
  vi.stubGlobal('setInterval', (ring: () => void, ms = 0, ...args: never[]) =>
    here ? handleOf(here.set(ring, ms, true)) : repeat(ring, ms, ...args)
  )
  vi.stubGlobal('clearTimeout', (handle: NodeJS.Timeout) => (isOurs(handle) ? here?.clear(handle.id) : clear(handle)))
  vi.stubGlobal('clearInterval', (handle: NodeJS.Timeout) => (isOurs(handle) ? here?.clear(handle.id) : cease(handle)))
}

/** Runs with timers of its own; those that are left when it ends never ring. */
export async function withTimers<Result>(
  own: NonNullable<typeof here>,
  run: () => Promise<Result>
): Promise<Result> {
  here = own
  try {
    return await run()
  } finally {
    here = undefined
  }
}
