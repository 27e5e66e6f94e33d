import type { Outside } from './installation.ts'

/** What stands between the flow and a call to something outside. `name` is such as `store.work.claim`. */
export type Call = (name: string, run: () => unknown, args: readonly unknown[]) => Promise<unknown>

/** All that the flow leans on, with every call going through the one that is given. */
export function throughCalls(outside: Outside, call: Call): Outside {
  const wrap = <T extends object>(target: T, path: string): T =>
    new Proxy(target, {
      get(from, key) {
        const value: unknown = Reflect.get(from, key)
        const name = `${path}.${String(key)}`
        if (typeof value === 'function') {
          return (...args: unknown[]) => call(name, () => Reflect.apply(value, from, args) as unknown, args)
        }
        return typeof value === 'object' && value !== null ? wrap(value, name) : value
      }
    })
  const { store, archive, blobs, renderer, preparer } = outside
  return {
    store: wrap(store, 'store'),
    archive: wrap(archive, 'archive'),
    blobs: wrap(blobs, 'blobs'),
    renderer: wrap(renderer, 'renderer'),
    preparer: wrap(preparer, 'preparer')
  }
}
