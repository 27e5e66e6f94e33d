import { Readable } from 'node:stream'
import type { Outside } from './installation.ts'
import { throughCalls } from './through-calls.ts'

/** How the world treats the call that is chosen: before it is made or after, with an error or with silence for ever. */
export const faults = ['throws before', 'throws after', 'dies before', 'dies after'] as const
export type Fault = (typeof faults)[number]

export interface Faulty {
  readonly outside: Outside
  /** Name of the call that was hit; undefined as long as none was. */
  hit(): string | undefined
  /** Resolves when the process is as good as killed: no call of its ever comes back. */
  readonly dead: Promise<'dead'>
}

const outage = () => new Error('Something outside failed.')
const silence = () => new Promise<never>(() => undefined)
const discard = (result: unknown) => result instanceof Readable && result.destroy()

/** All that the flow leans on, with the n-th call that it makes (from 1) failing in the way that is asked for. */
export function faulty(outside: Outside, n: number, fault: Fault): Faulty {
  let calls = 0
  let hit: string | undefined
  let die: (value: 'dead') => void = () => undefined
  const dead = new Promise<'dead'>((resolve) => {
    die = resolve
  })
  const isDead = () => hit !== undefined && fault.startsWith('dies')

  async function call(name: string, run: () => unknown): Promise<unknown> {
    if (isDead()) return silence()
    calls += 1
    if (calls !== n) {
      const result = await run()
      if (!isDead()) return result
      // What comes back to a dead process is never heard.
      discard(result)
      return silence()
    }
    if (fault.endsWith('after')) discard(await run())
    hit = name
    if (fault.startsWith('throws')) throw outage()
    die('dead')
    return silence()
  }

  return {
    outside: throughCalls(outside, call),
    hit: () => hit,
    dead
  }
}
