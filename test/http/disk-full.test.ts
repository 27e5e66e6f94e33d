import { expect, test } from 'vitest'
import { inquiryBody } from '../support/makers.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

/** More than any disk here has free. */
const service = fileService({ changes: { DISK_FREE_MB_MIN: '1000000' } })

async function refused(response: Response): Promise<void> {
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await problemIn(response)).toMatchObject({ code: 'disk-full' })
}

test('a disk that is nearly full takes in nothing more, and says so before anything is lost', async () => {
  await refused(await service().post('/v1/inquiries', inquiryBody()))
  const form = new FormData()
  form.append('file', new Blob(['hei']), 'hei.txt')
  await refused(await service().call('/v1/attachments', { method: 'POST', body: form }))
  const rows = await service().db.selectFrom('inquiry').select('id').execute()
  expect(rows).toEqual([])
})

test('whoever watches the service is told that it is not ready', async () => {
  const response = await service().call('/health/ready')
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ ready: false, parts: [{}, {}, { part: 'files', ok: false }, {}] })
})
