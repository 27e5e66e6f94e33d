import { describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { inquiryBody } from '../support/makers.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService()
const missing = '01900000-0000-7000-8000-000000000000'

const post = (changes: Partial<InquiryInput>) => service().post('/v1/inquiries', inquiryBody(changes))

async function accepted(changes: Partial<InquiryInput> = {}): Promise<string> {
  const response = await post(changes)
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

const details = async (id: string) => (await service().call(`/v1/inquiries/${id}`)).json()

describe('an inquiry that follows another', () => {
  test('says so, and both show the other', async () => {
    const first = await accepted()
    const later = await accepted({ follows: first })
    expect(await details(later)).toMatchObject({
      follows: first,
      direction: 'incoming',
      related: [{ id: first, direction: 'incoming' }]
    })
    expect(await details(first)).toMatchObject({ related: [{ id: later }] })
  })

  test('may be the municipality’s own answer', async () => {
    const first = await accepted()
    const answer = await accepted({ follows: first, direction: 'outgoing' })
    expect(await details(answer)).toMatchObject({ direction: 'outgoing' })
    expect(await details(first)).toMatchObject({ related: [{ id: answer, direction: 'outgoing' }] })
  })

  test('is refused when nobody knows the other, and nothing is kept', async () => {
    const body = inquiryBody({ follows: missing })
    const response = await service().post('/v1/inquiries', body)
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({
      code: 'followed-unknown',
      errors: [{ pointer: '/follows', detail: 'finnes ikke' }]
    })
    const { follows: _, ...free } = body
    expect((await service().post('/v1/inquiries', free)).status).toBe(202)
  })
})

test('an answer that says not what it answers is refused', async () => {
  const response = await post({ direction: 'outgoing' })
  expect(response.status).toBe(422)
  expect(await problemIn(response)).toMatchObject({
    code: 'answer-to-nobody',
    errors: [{ pointer: '/follows', detail: 'mangler' }]
  })
})
