import type { Decision } from '../domain/decision.ts'
import type { Crisis } from '../domain/policy.ts'
import type { PolicyDeps } from './guidelines.ts'

export interface CrisisDeps extends PolicyDeps {
  readonly newId: () => string
}

/** From now on suggested replies are held for the crisis management. Capture and journaling go on. Throws Conflict. */
export async function startCrisis({ policies, inForce, now, newId }: CrisisDeps, decision: Decision): Promise<string> {
  const id = newId()
  await policies.crises.start(id, now(), decision)
  inForce.forget()
  return id
}

/** New replies are free again. Those of the crisis stay held until somebody lets them go. Throws Conflict. */
export async function endCrisis({ policies, inForce, now }: CrisisDeps, decision: Decision): Promise<Crisis> {
  const ended = await policies.crises.end(now(), decision)
  inForce.forget()
  return ended
}
