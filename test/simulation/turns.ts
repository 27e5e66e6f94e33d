import { Readable } from 'node:stream'

/** How the world treats the call that is chosen: before it is made or after, with an error, silence for ever, or a halt. */
export const faults = [
  'throws before',
  'throws after',
  'dies before',
  'dies after',
  'stalls before',
  'stalls after'
] as const
export type Fault = (typeof faults)[number]

/** A worker, a sender, a person or a sweep: it goes on only when it is given a turn. */
export interface Actor {
  readonly name: string
  /** What befalls its n-th call, from 1. */
  readonly fate?: { readonly n: number; readonly fault: Fault }
  readonly onDeath: () => void
  calls: number
  state: 'awake' | 'asleep' | 'dead'
  /** The call that its fate befell. */
  hit?: string
}

interface Turn {
  readonly actor: Actor
  readonly what: string
  readonly take: () => unknown
}

export interface Turns {
  /** Makes a call when its turn comes. */
  call(actor: Actor, what: string, run: () => unknown): Promise<unknown>
  /** Does something of the actor's own when its turn comes. */
  later(actor: Actor, what: string, take: () => void): void
  /** How many wait and may go. */
  ready(): number
  /** Gives the n-th of those that may go its turn; ends when what it called has answered. Tells who did what. */
  give(n: number): Promise<string>
  /** Who acts now; nobody while a store does what it was asked to. */
  current(): Actor | undefined
  /** The actor does something that it was not given a turn for. */
  begin(actor: Actor): void
  /** Everybody has come to the next call. */
  rest(): void
}

const isOfStore = (what: string) => what.startsWith('store.')
const outage = () => new Error('Something outside failed.')
const discard = (result: unknown) => result instanceof Readable && result.destroy()

export function seededTurns(): Turns {
  let waiting: Turn[] = []
  let current: Actor | undefined

  const mayGo = () => {
    waiting = waiting.filter(({ actor }) => actor.state !== 'dead')
    return waiting.filter(({ actor }) => actor.state === 'awake')
  }

  const call: Turns['call'] = (actor, what, run) =>
    new Promise((resolve, reject) => {
      const befall = (fault: Fault, goOn: () => unknown) => {
        actor.hit = what
        if (fault.startsWith('throws')) return reject(outage())
        actor.state = fault.startsWith('dies') ? 'dead' : 'asleep'
        if (actor.state === 'dead') return actor.onDeath()
        waiting.push({ actor, what: `${what}, after a halt`, take: goOn })
      }
      const make = async (fault: Fault | undefined) => {
        try {
          if (isOfStore(what)) current = undefined
          const result = await Promise.resolve(run()).finally(() => {
            current = actor
          })
          if (actor.state === 'dead' || fault?.startsWith('dies')) discard(result)
          if (actor.state === 'dead') return
          if (fault) befall(fault, () => resolve(result))
          else resolve(result)
        } catch (error) {
          reject(error)
        }
      }
      const go = (fault?: Fault) => {
        const made = make(fault)
        // Only a store does nothing but answer; an archive asks for turns of its own meanwhile.
        return isOfStore(what) ? made : undefined
      }
      const take = () => {
        actor.calls += 1
        const fault = actor.calls === actor.fate?.n ? actor.fate.fault : undefined
        return fault?.endsWith('before') ? befall(fault, () => go()) : go(fault)
      }
      waiting.push({ actor, what, take })
    })

  return {
    call,
    later: (actor, what, take) => void waiting.push({ actor, what, take }),
    ready: () => mayGo().length,
    async give(n) {
      const turn = mayGo()[n]
      if (!turn) throw new Error('Nobody waits for this turn.')
      waiting.splice(waiting.indexOf(turn), 1)
      current = turn.actor
      await turn.take()
      return `  ${turn.actor.name}: ${turn.what}`
    },
    current: () => current,
    begin(actor) {
      current = actor
    },
    rest() {
      current = undefined
    }
  }
}
