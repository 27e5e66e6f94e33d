import { expect, test } from 'vitest'
import type { InquiryContent } from '../../src/domain/inquiry.ts'
import { theOneInquiry } from '../../src/domain/one-inquiry.ts'

const inquiry: InquiryContent = {
  source: 'facebook',
  externalId: '1',
  kind: 'comment',
  event: { type: 'created' },
  author: {},
  text: 'Hei',
  context: { parents: [], siblings: [] },
  media: []
}
const like = { notInquiry: 'Et likerklikk er ikke en henvendelse.', at: '/payload/entry/0' }

test('one inquiry among noise is taken', () => {
  expect(theOneInquiry([like, { inquiry }, like])).toBe(inquiry)
})

test('two inquiries are refused together', () => {
  expect(() => theOneInquiry([{ inquiry }, { inquiry }])).toThrow(
    expect.objectContaining({ code: 'several-inquiries', message: expect.stringContaining('2 henvendelser') })
  )
})

test('noise alone is refused, each reason once and with its place', () => {
  expect(() => theOneInquiry([like, { ...like, at: '/payload/entry/1' }])).toThrow(
    expect.objectContaining({
      code: 'not-an-inquiry',
      message: expect.stringMatching(/^Et likerklikk er ikke en henvendelse\. Ingenting er tatt imot\./),
      pointers: [
        { pointer: '/payload/entry/0', detail: like.notInquiry },
        { pointer: '/payload/entry/1', detail: like.notInquiry }
      ]
    })
  )
})

test('ten thousand pieces of noise give a short answer', () => {
  const noise = Array.from({ length: 10_000 }, (_, index) => ({
    notInquiry: `Varsel ${index}.`,
    at: `/payload/${index}`
  }))
  try {
    theOneInquiry(noise)
    expect.fail('taken')
  } catch (error) {
    expect(JSON.stringify(error).length + (error as Error).message.length).toBeLessThan(2_000)
  }
})
