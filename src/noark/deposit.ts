import type { ArchivePlan, SaksmappePlan } from '../domain/archive-plan.ts'
import type { Receipt } from '../domain/receipt.ts'
import type { arkivstruktur } from './dialects/arkivstruktur/arkivstruktur.ts'
import type { Tree } from './dialects/tree.ts'

type Deposited = typeof arkivstruktur

/** What a deposit is of, which no record knows: the arkiv, its part, and when and by whom it was closed. */
export interface DepositFrame {
  readonly arkiv: Pick<Tree<Deposited, 'arkiv'>, 'systemID' | 'tittel' | 'opprettetDato' | 'opprettetAv'>
  readonly arkivskaper: Tree<Deposited, 'arkivskaper'>
  readonly arkivdel: Pick<
    Tree<Deposited, 'arkivdel'>,
    | 'systemID'
    | 'tittel'
    | 'opprettetDato'
    | 'opprettetAv'
    | 'arkivperiodeStartDato'
    | 'arkivperiodeSluttDato'
    | 'referanseForloeper'
    | 'referanseArvtaker'
  >
  /** The whole classification, used or not (krav 6.4.13); none when cases are not classified. */
  readonly klassifikasjonssystem?: Tree<Deposited, 'klassifikasjonssystem'>
  readonly avsluttetDato: Date // M602
  readonly avsluttetAv: string // M603
}

/** A journalpost with what came after its plan. */
export interface DepositRecord {
  readonly plan: ArchivePlan
  readonly receipt: Receipt
  readonly journalaar: number // M013
  readonly journalsekvensnummer: number // M014
  readonly avskrivning?: Tree<Deposited, 'avskrivning'>
}

/** A closed saksmappe and its journalposter, in the order of their numbers. */
export interface DepositCase {
  readonly saksmappe: SaksmappePlan
  readonly records: readonly [DepositRecord, ...DepositRecord[]]
}
