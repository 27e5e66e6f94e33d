import { type Static, Type } from 'typebox'

const Counted = Type.Integer({ minimum: 1 })

/** One journalpost in the register: keys and numbers, nothing about any person. */
export const Entry = Type.Object({
  seq: Counted,
  recordKey: Type.String(),
  caseKey: Type.String(),
  planId: Type.String(),
  saksaar: Counted, // M011
  sakssekvensnummer: Counted, // M012
  journalpostnummer: Counted, // M015
  saksmappeSystemID: Type.String(), // M001
  journalpostSystemID: Type.String(), // M001
  at: Type.String() // ISO 8601
})
export type Entry = Readonly<Static<typeof Entry>>

const PackedFile = Type.Object({
  referanseDokumentfil: Type.String(), // M218
  size: Type.Integer({ minimum: 0 }), // M707, bytes
  sha256: Type.String() // M705
})

/** What a package says about itself, written last: keys and numbers as in the register, and every file. */
export const Manifest = Type.Object({
  ...Type.Omit(Entry, ['at']).properties,
  fagsystem: Type.String(),
  arkivertDato: Type.String(), // M604, ISO 8601
  files: Type.Array(PackedFile)
})
export type Manifest = Readonly<Static<typeof Manifest>>
