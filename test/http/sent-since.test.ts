import { expect, test } from 'vitest'
import { callerOf } from '../support/caller.ts'
import { inquiryBody } from '../support/makers.ts'
import { moderationCallback, moderationTool } from '../support/moderation-tool.ts'
import { fileService } from './file-service.ts'

const service = fileService()
const COUNT = 430
const AT_ONCE = 25

interface Listed {
  readonly inquiries: readonly { readonly id: string; readonly status: { readonly state: string } }[]
  readonly next?: string
}

type Send = () => Promise<Response>

async function sent(send: Send, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  const sender = async () => {
    for (; ids.length < count; ) {
      const response = await send()
      expect(response.status).toBe(202)
      ids.push(((await response.json()) as { id: string }).id)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, sender))
  return ids
}

/** A key of its own, and who asks what it has sent. */
async function keyHolder() {
  const made = await service().post('/v1/keys', { label: 'Verktøyet', role: 'moderation' })
  const { token } = (await made.json()) as { token: string }
  const { call, post } = callerOf(service().address, token)
  return { call, client: 'me', send: () => post('/v1/inquiries', inquiryBody()) }
}

async function toolHolder() {
  const { id, send } = await moderationTool(service()).registered()
  return { call: service().call, client: `callback:${id}`, send: () => send(moderationCallback()) }
}

test.each([
  ['a key', keyHolder],
  ['a moderation tool', toolHolder]
])('everything that %s has sent since a time is listed once, also while more comes in', async (_, holder) => {
  const { call, client, send } = await holder()
  await sent(send, 3)
  const [{ now }] = (await service()
    .db.selectFrom('inquiry')
    .select(({ fn }) => fn.max('received_at').as('now'))
    .execute()) as [{ now: Date }]
  const since = new Date(now.getTime() + 1).toISOString()
  const before = await sent(send, COUNT)
  await service().post('/v1/inquiries', inquiryBody())

  const during: string[] = []
  const listed = async (between: () => Promise<void>) => {
    const found: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const cursor = next === '' ? '' : `&cursor=${next}`
      const page = (await (
        await call(`/v1/inquiries?client=${client}&since=${since}&limit=200${cursor}`)
      ).json()) as Listed
      expect(page.inquiries.every(({ status }) => status.state === 'received')).toBe(true)
      found.push(...page.inquiries.map(({ id }) => id))
      next = page.next
      await between()
    }
    return found
  }

  const first = await listed(async () => void during.push(...(await sent(send, AT_ONCE))))
  expect(new Set(first).size).toBe(first.length)
  expect(new Set(first)).toEqual(new Set(before))
  const second = await listed(async () => undefined)
  expect(second).toHaveLength(before.length + during.length)
  expect(new Set(second)).toEqual(new Set([...before, ...during]))
})
