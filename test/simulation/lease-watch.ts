import type { Lease, Move, QueuedWork } from '../../src/flow/store-port.ts'

/**
 * Looks on from outside: what each call to the store was given and gave, in order. Tells what was wrong with one: that
 * two hold the same work at once, or that something was done under a lease that others hold by now.
 */
export type LeaseWatch = (name: string, args: readonly unknown[], result: unknown) => string | undefined

export function leaseWatch(): LeaseWatch {
  const held = new Map<string, { readonly token: string; readonly until: Date }>()
  const isHeldAt = (id: string, at: Date) => (held.get(id)?.until ?? new Date(0)) >= at
  return (name, args, result) => {
    const [id, token] = args as [string, string]
    switch (name) {
      case 'store.work.claim': {
        if (!result) return undefined
        const [, , at, leaseMs] = args as [string, string, Date, number]
        const wrong = isHeldAt(id, at) ? `${id} is given to two at once` : undefined
        held.set(id, { token: (result as Lease).token, until: new Date(at.getTime() + leaseMs) })
        return wrong
      }
      case 'store.work.renew':
        if (!result) return undefined
        if (held.get(id)?.token !== token) return `a lost lease of ${id} is renewed`
        held.set(id, { token, until: args[2] as Date })
        return undefined
      case 'store.work.handBack':
        if (held.get(id)?.token === token) held.delete(id)
        return undefined
      case 'store.work.hurry':
        return (result as QueuedWork | undefined) && isHeldAt(id, (args[1] as { readonly at: Date }).at)
          ? `${id} is hurried out of somebody's hands`
          : undefined
      case 'store.inquiries.move': {
        const move = args[0] as Move
        const isLost = move.lease !== undefined && held.get(move.id)?.token !== move.lease
        if (move.next.kind !== 'go-on') held.delete(move.id)
        return isLost ? `${move.id} is moved under a lost lease` : undefined
      }
      default:
        return undefined
    }
  }
}
