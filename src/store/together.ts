import { isRefusal } from './database.ts'
import { inBatches } from './in-batches.ts'

/** Statements of a kind at once: while one is on its way to the disk, another is planned. */
const AT_ONCE_MAX = 1
const ROWS_MAX = 256
const BATCH_CHARACTERS_MAX = 1024 * 1024

/**
 * Put among the columns of a statement, it has its commit not wait for the disk. Commits reach the disk in order, so it
 * is there before anything that is committed later says so.
 */
export const leftToNextCommit = "set_config('synchronous_commit', 'off', true)"

/**
 * Takes rows that come in the same moment together, as one JSON array, and gives each its result: they share a statement
 * or a transaction, with its round trips and its fsync. What the database refuses one of them for does not hit the
 * others, since each is then tried alone.
 */
export function together<Result>(
  run: (rows: string) => Promise<readonly Result[]>
): (row: object) => Promise<Result | undefined> {
  const add = inBatches<string, Result | undefined>({
    run: (rows) => run(`[${rows.join(',')}]`),
    atOnceMax: AT_ONCE_MAX,
    itemsMax: ROWS_MAX,
    bytesMax: BATCH_CHARACTERS_MAX,
    bytesOf: (row) => row.length,
    byTurn: true
  })
  return async (row) => {
    const text = JSON.stringify(row)
    return add(text).catch(async (error: unknown) => {
      if (!isRefusal(error)) throw error
      const [result] = await run(`[${text}]`)
      return result
    })
  }
}

/** Reads what is asked for in the same moment by one query; undefined for a key that nothing has. */
export function readTogether<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>
): (key: string) => Promise<Value | undefined> {
  return inBatches<string, Value | undefined>({
    run: async (keys) => {
      const found = await read(keys)
      return keys.map((key) => found.get(key))
    },
    atOnceMax: AT_ONCE_MAX,
    itemsMax: ROWS_MAX,
    bytesMax: Number.POSITIVE_INFINITY,
    bytesOf: () => 0,
    byTurn: true
  })
}
