/** Who decides, and why, in their own words. */
export interface Decision {
  readonly actor: string
  readonly reason: string
}
