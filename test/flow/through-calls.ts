import type { Outside } from './installation.ts'

/** What stands between the flow and a call to something outside. `name` is such as `store.work.claim`. */
export type Call = (name: string, run: () => unknown, args: readonly unknown[]) => Promise<unknown>

/** Something with functions, every call of which goes through the one that is given. */
export function wrapped<T extends object>(target: T, path: string, call: Call): T {
  return new Proxy(target, {
    get(from, key) {
      const value: unknown = Reflect.get(from, key)
      const name = `${path}.${String(key)}`
      if (typeof value === 'function') {
        return (...args: unknown[]) => call(name, () => Reflect.apply(value, from, args) as unknown, args)
      }
      return typeof value === 'object' && value !== null ? wrapped(value, name, call) : value
    }
  })
}

/** All that the flow leans on, wrapped. */
export const throughCalls = ({ store, archive, blobs, renderer, preparer }: Outside, call: Call): Outside => ({
  store: wrapped(store, 'store', call),
  archive: wrapped(archive, 'archive', call),
  blobs: wrapped(blobs, 'blobs', call),
  renderer: wrapped(renderer, 'renderer', call),
  preparer: wrapped(preparer, 'preparer', call)
})
