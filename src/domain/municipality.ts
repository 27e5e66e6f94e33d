/** What this installation's arkivskaper has decided about its records. */
export interface Municipality {
  readonly name: string
  readonly administrativEnhet: string // M305
  readonly saksansvarlig: string // M306
  readonly arkivdel?: string // M208
  readonly klassifikasjon?: { readonly klassifikasjonssystem: string; readonly klasseID: string } // M002
  /** Where the public writes: e-mail, and postal address. */
  readonly postmottak?: string
  /** Language of the archive document. */
  readonly language: 'nb' | 'nn'
}
