/** Something that keeps a plan from becoming a good record. `message` is bokmål and holds nothing from the inquiry. */
export interface PlanFault {
  /** Noark's name, with the M-number when it has one: `tittel (M020)`. */
  readonly element: string
  readonly message: string
}

/** The fault when `faulty`, otherwise none. */
export const faultIf = (faulty: boolean, element: string, message: string): readonly PlanFault[] =>
  faulty ? [{ element, message }] : []
