/** How deliveries are spread, so that never more than so many begin within a minute. */
export interface DeliveryRate {
  /** How many may begin at once after a quiet time. */
  readonly atOnceMax: number
  readonly intervalMs: number
}

/** A tenth of a minute's deliveries may begin at once; the others come at even intervals. */
export function deliveryRate(perMinuteMax: number): DeliveryRate {
  const atOnceMax = Math.max(1, Math.floor(perMinuteMax / 10))
  return { atOnceMax, intervalMs: Math.ceil(60_000 / (perMinuteMax - atOnceMax + 1)) }
}

/** Until when the next turn may lie ahead for a delivery to begin now (GCRA, the virtual scheduling of ITU-T I.371). */
export const latestTurn = ({ atOnceMax, intervalMs }: DeliveryRate, at: Date): Date =>
  new Date(at.getTime() + (atOnceMax - 1) * intervalMs)

/** How many deliveries may begin now. */
export function turnsFree(rate: DeliveryRate, nextDeliveryAt: Date | undefined, at: Date): number {
  const next = Math.max(nextDeliveryAt?.getTime() ?? 0, at.getTime())
  return Math.max(0, Math.floor((latestTurn(rate, at).getTime() - next) / rate.intervalMs + 1))
}
