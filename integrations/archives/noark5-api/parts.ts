import { toKorrespondansepart, toMerknad } from './mapping.ts'
import { rels } from './rels.ts'
import { code, holds, type Resource } from './resource.ts'
import { createUnder, listUnder, once, type Work } from './work.ts'

/** Who wrote and who received. */
export async function keepParts(work: Work, journalpost: Resource): Promise<void> {
  for (const [at, part] of work.plan.record.korrespondanseparter.entries()) {
    const step = `korrespondansepart ${at + 1}`
    const { rel, body } = toKorrespondansepart(part)
    await once(work, {
      ...{ step, under: journalpost },
      look: async () =>
        (await listUnder(work, journalpost, rels.korrespondansepart, step)).find(
          (one) => code(one, 'korrespondanseparttype') === part.korrespondanseparttype && holds(one, 'navn', part.navn)
        ),
      create: () => createUnder(work, journalpost, { rel, body, what: step })
    })
  }
}

/** A remark on an object that takes remarks. */
export async function keepMerknad(
  work: Work,
  about: Resource,
  merknad: string | undefined,
  step: string
): Promise<void> {
  if (merknad === undefined || !about.links.has(rels.nyMerknad)) return
  await once(work, {
    ...{ step, under: about },
    look: async () =>
      (await listUnder(work, about, rels.merknad, step)).find((one) => holds(one, 'merknadstekst', merknad)),
    create: () => createUnder(work, about, { rel: rels.nyMerknad, body: toMerknad(work, merknad), what: step })
  })
}
