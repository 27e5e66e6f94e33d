import { DidNotStart, type RunningService } from '../built-service.ts'

export interface Seats {
  readonly count: number
  /** The process of that number, or the one that was there last. */
  at(n: number): RunningService
  replace(n: number): Promise<void>
  /** Tells all to stop, those too that are on their way. */
  stop(): Promise<void>
  kill(): Promise<void>
}

/** Processes that are replaced when they are killed, as whatever runs them would: a start that fails is made again. */
export async function fillSeats(count: number, start: (n: number) => Promise<RunningService>): Promise<Seats> {
  const processes: RunningService[] = []
  const filling = new Map<number, Promise<void>>()
  let isOver = false

  async function fill(n: number): Promise<void> {
    while (!isOver) {
      const started = await start(n).catch((error: unknown) => {
        if (!(error instanceof DidNotStart)) throw error
      })
      if (!started) continue
      processes[n] = started
      return
    }
  }

  const at = (n: number): RunningService => {
    const process = processes[n]
    if (!process) throw new Error(`Nobody has ever sat on seat ${n}.`)
    return process
  }
  const settled = () => Promise.all(filling.values())

  // The first one makes the tables.
  await fill(0)
  await Promise.all(Array.from({ length: count - 1 }, (_, n) => fill(n + 1)))
  return {
    ...{ count, at },
    async replace(n) {
      await filling.get(n)
      await at(n).kill()
      filling.set(n, fill(n))
    },
    async stop() {
      await settled()
      await Promise.all(processes.map((process) => process.stop()))
    },
    async kill() {
      isOver = true
      await settled().catch(() => undefined)
      await Promise.all(processes.map((process) => process.kill()))
    }
  }
}
