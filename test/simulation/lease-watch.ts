import type { Lease, Move, QueuedWork } from '../../src/flow/store-port.ts'

/**
 * Looks on from outside: what each call to the store was given and gave, in order. Tells what was wrong with one: that
 * two hold the same work at once, or that something was done under a lease that others hold by now.
 */
export type LeaseWatch = (name: string, args: readonly unknown[], result: unknown) => string | undefined

export function leaseWatch(): LeaseWatch {
  const held = new Map<string, { readonly token: string; readonly until: Date }>()
  const isHeldAt = (id: string, at: Date) => (held.get(id)?.until ?? new Date(0)) >= at
  const moved = ({ id, lease, next }: Move) => {
    const isLost = lease !== undefined && held.get(id)?.token !== lease
    if (next.kind !== 'go-on') held.delete(id)
    return isLost ? `${id} is moved under a lost lease` : undefined
  }
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
      case 'store.inquiries.move':
        return moved(args[0] as Move)
      case 'store.inquiries.moveAll':
        return (args[0] as readonly Move[]).map(moved).find((wrong) => wrong !== undefined)
      default:
        return undefined
    }
  }
}
