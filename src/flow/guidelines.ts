import { type Assessment, assess } from '../domain/assess.ts'
import { underCategory } from '../domain/corrections.ts'
import type { Decision } from '../domain/decision.ts'
import { Refused } from '../domain/errors.ts'
import { type Guideline, guidelineFaults } from '../domain/guideline.ts'
import type { Policy } from '../domain/policy.ts'
import { standardCodes } from '../noark/codes/code-book.ts'
import type { RecordLimits } from '../noark/rules.ts'
import type { LatelyRead } from './lately-read.ts'
import type { PolicyStore } from './policy-port.ts'
import type { Clock } from './ports.ts'
import { screenedFor } from './screened.ts'
import type { Store, StoredInquiry } from './store-port.ts'

export interface PolicyDeps {
  readonly policies: PolicyStore
  /** What is in force, as it stood at most a second ago. */
  readonly inForce: LatelyRead<Policy>
  readonly now: Clock
}

export interface KeepDeps extends PolicyDeps {
  readonly limits: Pick<RecordLimits, 'codes'>
}

/**
 * Keeps a guideline, in force for nobody yet. Throws Refused: `guideline-contradicts-itself`, `guideline-code-unknown`
 * when the municipality does not have a code that it names.
 */
export async function keepGuideline(
  { policies, limits, now }: KeepDeps,
  guideline: Guideline,
  actor: string
): Promise<{ readonly version: number; readonly isNew: boolean }> {
  const faults = guidelineFaults(guideline)
  if (faults.length > 0) {
    throw new Refused(
      'guideline-contradicts-itself',
      'Retningslinjen henger ikke sammen, og er ikke lagret. Rett det som står under, og send den på nytt.',
      faults
    )
  }
  refuseUnknownCodes(guideline, limits)
  return policies.guidelines.add(guideline, now(), actor)
}

function refuseUnknownCodes({ restrictions }: Guideline, { codes = standardCodes }: KeepDeps['limits']): void {
  const faults = Object.entries(restrictions).flatMap(([name, { tilgangsrestriksjon }]) =>
    codes.isKnown('tilgangsrestriksjon', tilgangsrestriksjon)
      ? []
      : [
          {
            pointer: `/restrictions/${name}/tilgangsrestriksjon`,
            detail: `«${tilgangsrestriksjon}» er ingen av kodene for tilgangsrestriksjon (M500) kommunen har`
          }
        ]
  )
  if (faults.length === 0) return
  throw new Refused(
    'guideline-code-unknown',
    'Retningslinjen viser til koder kommunen ikke har, og arkivet ville fått poster det ikke kan ta imot. Rett det som står under, eller be den som driver Arkivbro, legge kodene til i CODE_LISTS.',
    faults
  )
}

/**
 * In force from now on, here at once and in other processes within a second. Throws NotFound, Conflict,
 * Refused('guideline-code-unknown').
 */
export async function activateGuideline(
  { policies, limits, inForce, now }: KeepDeps,
  version: number,
  decision: Decision
): Promise<void> {
  // Kept when the code lists may have been others.
  refuseUnknownCodes((await policies.guidelines.get(version)).guideline, limits)
  await policies.guidelines.activate(version, now(), decision)
  inForce.forget()
}

export interface DryRun {
  /** How many inquiries were looked at, from the newest. */
  readonly seen: number
  readonly changed: readonly ChangedDecision[]
}

export interface ChangedDecision {
  readonly id: string
  /** What would be decided otherwise, by field; `proposals` and `category` among them. */
  readonly fields: Readonly<Record<string, { readonly before?: unknown; readonly after?: unknown }>>
}

const PAGE = 200

/**
 * What a guideline would have decided otherwise about the newest inquiries. Nothing is kept or changed; that somebody
 * looked is written down. Throws NotFound.
 */
export async function tryGuideline(
  { policies, store, now }: PolicyDeps & { readonly store: Store },
  version: number,
  limit: number,
  actor: string
): Promise<DryRun> {
  const { guideline } = await policies.guidelines.get(version)
  const changed: ChangedDecision[] = []
  let seen = 0
  let before: string | undefined
  while (seen < limit) {
    const page = await store.inquiries.find({
      limit: Math.min(PAGE, limit - seen),
      ...(before !== undefined && { before })
    })
    for (const stored of page) {
      const fields = differencesOf(stored.assessment, assessedBy(guideline, version, stored))
      if (Object.keys(fields).length > 0) changed.push({ id: stored.inquiry.id, fields })
    }
    seen += page.length
    before = page.at(-1)?.inquiry.id
    if (page.length < PAGE) break
  }
  const facts = { version, seen, changed: changed.length }
  await store.audit.append({ at: now(), actor, action: 'guideline.tried', subject: `guideline:${version}`, facts })
  return { seen, changed }
}

function assessedBy(guideline: Guideline, version: number, { assessment, ...stored }: StoredInquiry): Assessment {
  const inquiry = underCategory(stored.inquiry, stored.corrections)
  const { crisis } = assessment ?? {}
  const found = screenedFor(guideline, inquiry)
  return assess(guideline, version, { inquiry, ...found, ...(crisis !== undefined && { crisis }) })
}

function differencesOf(before: Assessment | undefined, after: Assessment): ChangedDecision['fields'] {
  const [old, young] = [flat(before), flat(after)]
  const fields = [...new Set([...Object.keys(old), ...Object.keys(young)])]
  return Object.fromEntries(
    fields
      .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(young[field]))
      .map((field) => [field, { before: old[field], after: young[field] }])
  )
}

/** What is decided, whichever rule decides it. */
function flat(assessment: Assessment | undefined): Readonly<Record<string, unknown>> {
  if (!assessment) return {}
  const { category, proposals, decisions } = assessment
  const values = Object.entries(decisions).map(([field, { value }]) => [field, value])
  return { category, proposals: proposals.map(({ value }) => value).sort(), ...Object.fromEntries(values) }
}
