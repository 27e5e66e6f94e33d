export interface BatchOptions<Item, Result> {
  /** Runs a batch, and gives one result for each item, in order. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  /** Batches that run at once; what comes meanwhile is gathered. */
  readonly atOnceMax: number
  readonly itemsMax: number
  /** Of all items of a batch together; one that is larger alone goes alone. */
  readonly bytesMax: number
  readonly bytesOf: (item: Item) => number
  /**
   * Gathers what comes in one turn of the event loop, in batches of any size. Otherwise an item starts at once, and
   * batches have a power of two of items, so that there are few kinds of them.
   */
  readonly byTurn?: boolean
}

/**
 * Runs together what comes in the same moment, as a database commits transactions in groups: an item that comes alone
 * waits for nobody. A batch that fails, fails all its items.
 */
export function inBatches<Item, Result>(options: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  const { run, atOnceMax, byTurn = false } = options
  const waiting: Waiting<Item, Result>[] = []
  let running = 0
  let isTurnAsked = false

  function start(): void {
    while (running < atOnceMax && waiting.length > 0) {
      running += 1
      const batch = waiting.splice(0, sizeOf(waiting, options))
      void runBatch(run, batch).finally(() => {
        running -= 1
        next()
      })
    }
  }

  function next(): void {
    if (!byTurn) start()
    else if (!isTurnAsked) setImmediate(startTurn)
    isTurnAsked = byTurn
  }

  function startTurn(): void {
    isTurnAsked = false
    start()
  }

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed })
      next()
    })
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly done: (result: Result) => void
  readonly failed: (error: unknown) => void
}

async function runBatch<Item, Result>(
  run: BatchOptions<Item, Result>['run'],
  batch: readonly Waiting<Item, Result>[]
): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item))
    for (const [index, { done }] of batch.entries()) done(results[index] as Result)
  } catch (error) {
    for (const { failed } of batch) failed(error)
  }
}

/** As many as keep within both limits, and at least one. */
function sizeOf<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  { itemsMax, bytesMax, bytesOf, byTurn = false }: BatchOptions<Item, Result>
): number {
  let size = 1
  let bytes = 0
  for (const [index, { item }] of waiting.slice(0, itemsMax).entries()) {
    bytes += bytesOf(item)
    if (bytes > bytesMax) break
    if (byTurn || index + 1 === size * 2) size = index + 1
  }
  return size
}
