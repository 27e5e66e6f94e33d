import type { ArchivePlan } from '../../../../src/domain/archive-plan.ts'
import type { StandIn } from '../../../support/n5tg/serve.ts'
import { type MadePlan, type PlanChanges, planMaker } from '../../../support/plan-maker.ts'

/** A plan with everything that can be told of a record: remarks, a conversion, and what it follows. */
export function fullPlan(kryssreferanser: readonly string[] = [], changes: PlanChanges = {}): MadePlan {
  const contents = changes.contents ?? [Buffer.from('%PDF-1.7\n% henvendelse\n'), Buffer.from('{"message":"hei"}')]
  const { plan, files } = planMaker({ ...changes, contents })
  const [hoveddokument, ...vedlegg] = plan.record.dokumenter
  const [objekt] = hoveddokument?.objekter ?? []
  if (!hoveddokument || !objekt) throw new Error('The plan has no document.')
  const konvertering = {
    konvertertDato: new Date('2026-03-02T08:15:31Z'),
    konvertertAv: 'Arkivbro',
    konvertertFraFormat: 'JSON',
    konvertertTilFormat: 'PDF/A'
  }
  const dokumenter = [
    { ...hoveddokument, merknad: 'Laget av det som ble mottatt.', objekter: [{ ...objekt, konvertering }] },
    ...vedlegg
  ]
  const record = { ...plan.record, dokumenter, kryssreferanser, merknad: 'Merket for saksbehandling av Servicetorget' }
  return { plan: { ...plan, record }, files }
}

/** A journalpost from before, to follow; gives its systemID. */
export function earlierRecord({ archive: { objects } }: StandIn): string {
  const [klasse] = objects.of('klasse')
  if (!klasse) throw new Error('The stand-in has no klasse.')
  const saksmappe = objects.add('saksmappe', { tittel: 'Tidligere sak', saksdato: '2025-01-02' }, klasse)
  return objects.add('journalpost', { tittel: 'Tidligere', journalstatus: { kode: 'J' } }, saksmappe).id
}

/** What the stand-in holds of a plan, to be compared with the plan. */
export function heldOf(standIn: StandIn) {
  const own = standIn.held('journalpost').filter(({ fields }) => fields.tittel !== 'Tidligere')
  return {
    saksmapper: standIn.held('saksmappe').filter(({ fields }) => fields.tittel !== 'Tidligere sak').length,
    journalposter: own.map(({ fields }) => (fields.journalstatus as { kode: string }).kode),
    parter: standIn.held('korrespondansepart').length,
    dokumenter: standIn.held('dokumentbeskrivelse').length,
    filer: standIn.held('dokumentobjekt').map(({ file }) => file?.sha256),
    merknader: standIn.held('merknad').length,
    konverteringer: standIn.held('konvertering').length,
    kryssreferanser: standIn.held('kryssreferanse').length
  }
}

export const heldOnce = ({ record }: ArchivePlan) => ({
  saksmapper: 1,
  journalposter: ['J'],
  parter: record.korrespondanseparter.length,
  dokumenter: record.dokumenter.length,
  filer: record.dokumenter.flatMap(({ objekter }) => objekter.map(({ sha256 }) => sha256)),
  merknader: 2,
  konverteringer: 1,
  kryssreferanser: record.kryssreferanser?.length
})
