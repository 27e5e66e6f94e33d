import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inquiryBody } from '../support/makers.ts'
import { waitFor } from '../support/wait-for.ts'
import { fileService } from './file-service.ts'

const service = fileService()

async function measured(name: string): Promise<number> {
  const text = await (await service().call('/metrics')).text()
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1]
  )
}

test('work that nobody takes is counted where it waits: in the queue, and in the database with its age', async () => {
  const { post, db } = service()
  for (let n = 0; n < 3; n += 1) await post('/v1/inquiries', inquiryBody())
  await waitFor(async () => (await measured('arkivbro_queue_jobs{task="compose"}')) === 3, 'the queue holds all three')
  expect(await measured('arkivbro_queue_jobs{task="deliver"}')).toBe(0)
  expect(await measured('arkivbro_work_due{task="compose"}')).toBe(3)
  expect(await measured('arkivbro_work_due{task="deliver"}')).toBe(0)

  await sql`update work_item set due_at = now() - interval '10 minutes', lease = gen_random_uuid(),
    leased_until = now() + interval '1 minute' where inquiry_id = (select min(inquiry_id::text)::uuid from work_item)`.execute(
    db
  )
  await sql`update work_item set due_at = now() - interval '5 minutes' where lease is null`.execute(db)
  await sql`update inquiry set received_at = now() - interval '7 minutes'`.execute(db)
  expect(await measured('arkivbro_work_due{task="compose"}')).toBe(2)
  expect(Math.abs((await measured('arkivbro_oldest_due_seconds')) - 300)).toBeLessThan(30)
  expect(Math.abs((await measured('arkivbro_oldest_open_age_seconds')) - 420)).toBeLessThan(30)
})
