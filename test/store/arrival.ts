import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { assess } from '../../src/domain/assess.ts'
import type { Inquiry } from '../../src/domain/inquiry.ts'
import type { Arrival } from '../../src/flow/store-port.ts'
import { standardGuideline } from '../../src/standard-guideline.ts'

export const AT = new Date('2026-11-22T09:00:00Z')
const standard = await standardGuideline()
let made = 0

/** An inquiry as the API hands it to the store; each has its own id and its own post. */
export function arrival(changes: Partial<Inquiry> = {}, rest: Partial<Arrival> = {}): Arrival {
  made += 1
  const bytes = Buffer.from(JSON.stringify({ made }))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const inquiry: Inquiry = {
    id: uuidv7(),
    source: 'facebook',
    externalId: `5001_${made}`,
    kind: 'comment',
    event: { type: 'created' },
    author: { displayName: 'Kari Eksempel' },
    text: 'Når blir Storgata brøytet?',
    context: { parents: [], siblings: [] },
    media: [],
    direction: 'incoming',
    attachments: [],
    mark: { by: 'servicetorget', reason: 'Spørsmål', at: AT },
    receivedAt: AT,
    receivedBy: 'prove',
    received: { mediaType: 'application/json', sha256, secretsBlanked: 0, size: bytes.length },
    ...changes
  }
  return { inquiry, bytes, assessment: assess(standard, 1, { inquiry, hits: [], danger: false }), ...rest }
}
