import { archiveSideContract } from './archive-side.ts'
import { judgedContract } from './judged.ts'
import { movingContract } from './moving.ts'
import type { OpenStore } from './open-store.ts'
import { receivingContract } from './receiving.ts'
import { workContract } from './work.ts'

/** What every store keeps to, and what the steps and the simulation lean on. */
export function storeContract(open: OpenStore): void {
  receivingContract(open)
  judgedContract(open)
  movingContract(open)
  workContract(open)
  archiveSideContract(open)
}
