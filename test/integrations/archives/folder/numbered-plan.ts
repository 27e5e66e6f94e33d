import { v5 as uuidv5 } from 'uuid'
import { type MadePlan, planMaker } from '../../../support/plan-maker.ts'

const namespace = '6f5ad1d3-6c0c-4f0e-9d53-64b1c1d9f0aa'

/** The plan with a number, the same in every process. Every third goes to one of five posts' saksmapper. */
export const numberedPlan = (number: number): MadePlan =>
  planMaker({
    inquiryId: uuidv5(`inquiry ${number}`, namespace),
    ...(number % 3 === 0 && { caseKey: `post-${number % 5}` }),
    saksdato: number % 7 === 0 ? '2025-12-31' : '2026-03-02'
  })
