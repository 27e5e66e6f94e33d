import { type ArchivePlan, skjermingerOf } from '../domain/archive-plan.ts'
import type { Trouble } from '../domain/inquiry.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import type { Restriction } from '../domain/restriction.ts'

/** Why a person must look when a record is to be screened, and the archive has no way to keep it from anybody. */
export const skjermingTrouble = (plan: ArchivePlan, takesSkjerming: boolean): Trouble | undefined =>
  takesSkjerming || skjermingerOf(plan).length === 0
    ? undefined
    : {
        code: 'archive-cannot-restrict',
        message:
          'Henvendelsen skal skjermes, og arkivet kan ikke ta imot skjerming slik det er satt opp. Ingenting er sendt til arkivet. ' +
          'Få skjerming satt opp og prøv igjen, eller arkiver henvendelsen for hånd, der den kan skjermes.'
      }

/** Why a person must look when a file tells where somebody with a secret address has been. Names no file. */
export function positionTrouble(
  prepared: readonly PreparedAttachment[],
  restriction: Restriction | undefined
): Trouble | undefined {
  if (!restriction?.protectedPerson) return undefined
  const at = prepared.findIndex(({ findings }) => findings.some(({ kind }) => kind === 'gps-position'))
  if (at < 0) return undefined
  return {
    code: 'attachment-tells-position',
    message:
      `Vedlegg ${at + 1} sier hvor det er tatt, og den som skrev, har adressesperre. Ingenting er sendt til arkivet. ` +
      'Velg «rett og send» uten vedlegget, eller avvis henvendelsen.'
  }
}
