import { filesOf } from '../src/domain/archive-plan.ts'
import type { ArchiveConnector } from '../src/flow/ports.ts'

/** An archive that answers at once. Its steps are those of a small connector: the case, the files, the record. */
export function standInArchive(deliveriesAtOnceMax: number): ArchiveConnector {
  let cases = 0
  return {
    name: 'stand-in',
    capabilities: { deliveriesAtOnceMax, titleLengthMax: 250, skjerming: true },
    health: async () => ({ state: 'up', message: 'Arkivet svarer.' }),
    lacking: async () => [],
    lookup: async () => ({ state: 'unsupported' }),
    find: async () => ({ state: 'unsupported' }),
    settle: async () => ({ state: 'failed', error: { kind: 'not-found', message: 'Ukjent.' } }),
    async submit(plan, ctx) {
      const sakssekvensnummer = await ctx.step('saksmappe', async () => {
        cases += 1
        return cases
      })
      const files = await ctx.step('filer', async () =>
        filesOf(plan).map(({ referanseDokumentfil, sha256, filstoerrelse: size }) => ({
          ...{ referanseDokumentfil, sha256, size }
        }))
      )
      const journalpostnummer = await ctx.step('journalfør', async () => 1)
      const receipt = {
        ...{ archive: 'stand-in', saksaar: 2026, sakssekvensnummer, journalpostnummer, files },
        ...{ saksmappeSystemID: plan.planId, journalpostSystemID: plan.record.systemID, arkivertDato: ctx.now() }
      }
      return { state: 'archived', receipt }
    }
  }
}
