import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { follow } from './client.ts'
import { findRecord } from './places.ts'
import { rels } from './rels.ts'
import { type Resource, text } from './resource.ts'
import { listUnder, type Work } from './work.ts'

/** Whether every journalpost that this one follows is there to be pointed at. Throws ArchiveFailure otherwise. */
export async function refuseUnknownEarlier(work: Work): Promise<void> {
  for (const systemID of work.plan.record.kryssreferanser ?? []) await earlier(work, systemID)
}

async function earlier({ entry }: Work, systemID: string): Promise<Resource> {
  const found = await findRecord(entry, systemID)
  if (found) return found
  const words =
    'Journalposten som denne følger, finnes ikke i arkivet, eller vi har ikke lov til å se den. Se i arkivet.'
  throw new ArchiveFailure('not-found', words)
}

/** Kryssreferanser (M212) to what came before, in the form that the archive shows us for it. */
export async function followEarlier(work: Work, journalpost: Resource): Promise<void> {
  for (const [at, systemID] of (work.plan.record.kryssreferanser ?? []).entries()) {
    // A reference cannot be told where the archive does not take any; the saksmappe still holds both.
    if (!journalpost.links.has(rels.nyKryssreferanse)) return
    const step = `kryssreferanse ${at + 1}`
    const target = await earlier(work, systemID)
    if (!work.made.has(journalpost) && (await isThere(work, journalpost, target, step))) continue
    await work.ctx.step(step, async () => {
      await refer(work, journalpost, target, step).catch(async (error: unknown) => {
        // A second one to the same target is refused by the standard itself.
        if (!(await isThere(work, journalpost, target, step))) throw error
      })
      return systemID
    })
  }
}

async function isThere(work: Work, journalpost: Resource, target: Resource, step: string): Promise<boolean> {
  const systemID = text(target, 'systemID') ?? ''
  const self = target.links.get('self') ?? ''
  const held = await listUnder(work, journalpost, rels.kryssreferanse, step)
  return held.some((one) => {
    const pointing = [...Object.values(one.fields), ...one.links.values()]
    return pointing.some((value) => typeof value === 'string' && (value === systemID || value === self))
  })
}

/** The template tells which of the two forms this server has: an address to fill in, or an object with two ids. */
async function refer({ entry: { client, call } }: Work, from: Resource, to: Resource, what: string): Promise<void> {
  const href = follow(from, rels.nyKryssreferanse, `å opprette ${what}`)
  const template = await client.get(href, { call, what })
  const url = text(template, 'url')
  if (url !== undefined) {
    const target = encodeURIComponent(follow(to, 'self', 'journalposten'))
    await client.send({ method: 'POST', href: `${url}${target}`, call, what })
    return
  }
  const body = {
    fraSystemID: text(from, 'systemID'),
    tilSystemID: text(to, 'systemID'),
    referanseType: 'referanseTilRegistrering'
  }
  await client.create(href, body, { call, what })
}
