import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filesOf } from '../../src/domain/archive-plan.ts'
import type { Attachment } from '../../src/domain/inquiry.ts'
import type { AttachmentOutcome } from '../../src/domain/prepared-attachment.ts'
import { planRecord } from '../../src/flow/plan-record.ts'
import { planFaults } from '../../src/noark/rules.ts'
import { arrival } from '../store/arrival.ts'
import { nastyStrings } from '../support/hard-text.ts'

const municipality = {
  name: 'Eksempel kommune',
  administrativEnhet: 'Servicetorget',
  saksansvarlig: 'Ufordelt',
  language: 'nb' as const
}
const blob = { sha256: 'a'.repeat(64), size: 1, mediaType: 'application/pdf' }
const made = { ...blob, mediaType: 'image/png', tool: 'sharp', comments: [] }
const outcomes: fc.Arbitrary<AttachmentOutcome> = fc.constantFrom(
  { kind: 'kept' } as const,
  { kind: 'converted', made } as const,
  { kind: 'not-converted', reason: 'damaged' } as const
)
const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.constantFrom(...nastyStrings, '../../etc/passwd', 'CON', 'a.pdf', 'A.PDF', 'arkivmelding.xml', '.', '   ')
)
const attachments = fc.array(
  fc.record({
    fileName: names,
    mediaType: fc.constantFrom('image/webp', 'image/jpeg', 'application/pdf', 'text/plain', 'video/x-unheard-of'),
    outcome: outcomes
  }),
  { minLength: 1, maxLength: 12 }
)

test('files called anything at all get names that every archive and file system can keep apart', () => {
  fc.assert(
    fc.property(attachments, (files) => {
      const { inquiry } = arrival({
        attachments: files.map(
          ({ fileName, mediaType }, n): Attachment => ({
            ...{ id: `${n}`, fileName, mediaType, size: 1 },
            sha256: n.toString(16).padStart(64, '0')
          })
        )
      })
      const plan = planRecord({
        inquiry,
        municipality,
        thread: { ...blob, formatDetaljer: 'PDF/A-2a' },
        original: { ...blob, sha256: 'b'.repeat(64) },
        prepared: files.map(({ outcome }) => ({ outcome, findings: [] })),
        idFor: (name) => name
      })
      const packed = filesOf(plan).map(({ referanseDokumentfil }) => referanseDokumentfil)
      for (const name of packed) expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,60}\.[a-z0-9]{2,5}$/)
      expect(new Set(packed).size).toBe(packed.length)
      const about = planFaults(plan).filter(({ element }) => /referanseDokumentfil|tittel/.test(element))
      expect(about).toEqual([])
    }),
    { numRuns: 300 }
  )
})
