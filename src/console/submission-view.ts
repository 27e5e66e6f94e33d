import { isEmergency, wantsDeletion } from '../domain/assess.ts'
import type { Guideline } from '../domain/guideline.ts'
import { isPermissible } from '../domain/inquiry.ts'
import { norwegianTime } from '../domain/norwegian-time.ts'
import { journalpostLabel } from '../domain/receipt.ts'
import { answerDueAt, answerWarning } from '../domain/reply.ts'
import { authorName, publicTitle } from '../domain/titles.ts'
import type { FoundInquiry, InquiryParts } from '../flow/look-up-inquiry.ts'
import type { Reply } from '../flow/reply.ts'
import type { StoredInquiry } from '../flow/store-port.ts'
import { obstacleText, stateTexts } from '../http/state-texts.ts'
import { pageRows } from './list-page.ts'
import { decidedRows, foundAround, markedText } from './review-view.ts'

/** What somebody at the service desk does about a state where the archive has to act. */
const ownWhatToDo: Partial<Record<StoredInquiry['status']['state'], string>> = {
  'in-review': 'Arkivet ser på den. Du trenger ikke gjøre noe.',
  'needs-action': 'Arkivet må gjøre noe. Du trenger ikke sende den på nytt.',
  'amend-stopped': 'Arkivet må gjøre noe. Du trenger ikke sende den på nytt.'
}

/** `22.11.2026 kl. 14.05` */
const moment = (at: Date): string => norwegianTime(at).slice(0, -3)

export const listView = (found: readonly StoredInquiry[], now: Date) =>
  pageRows(found, (stored) => ({
    id: stored.inquiry.id,
    received: moment(stored.inquiry.receivedAt),
    ...whatAndWho(stored),
    state: stateTexts[stored.status.state].label,
    answer: answerText(stored, now)
  }))

const whatAndWho = ({ inquiry }: Pick<StoredInquiry, 'inquiry'>) => ({
  what: publicTitle(inquiry),
  who: inquiry.direction === 'outgoing' ? '' : authorName(inquiry.author)
})

function answerText(stored: StoredInquiry, now: Date): string {
  const { inquiry, assessment, answeredAt } = stored
  const dueAt = assessment && answerDueAt(inquiry, assessment)
  if (!dueAt) return ''
  if (answeredAt) return 'Besvart'
  const isOverdue = answerWarning(inquiry.receivedAt, dueAt, now) === 100
  return `${isOverdue ? 'Fristen gikk ut' : 'Innen'} ${moment(dueAt)}`
}

/** What waits for somebody, with what happened to it. */
export const waitingView = (found: readonly FoundInquiry[]) =>
  pageRows(found, ({ inquiry, status, changedAt, assessment, obstacle }) => ({
    id: inquiry.id,
    since: moment(changedAt),
    ...whatAndWho({ inquiry }),
    state: stateTexts[status.state].label,
    isDanger: isEmergency(assessment),
    trouble: troubleOf({ status, ...(obstacle && { obstacle }) })
  }))

const troubleOf = ({ status, obstacle }: Pick<FoundInquiry, 'status' | 'obstacle'>) =>
  obstacle ? obstacleText(obstacle).trouble : 'trouble' in status ? status.trouble : undefined

/** How far a post that is to be deleted has come; nothing for what is not. */
function deletionOf({ stored: { inquiry, status, assessment }, related }: DetailsParts) {
  if (inquiry.event.type === 'deleted' || !wantsDeletion(assessment)) return undefined
  if (related.some((one) => one.inquiry.event.type === 'deleted')) return 'done'
  return isPermissible(status) ? 'permitted' : 'not-yet'
}

type DetailsParts = Pick<InquiryParts, 'stored' | 'related'>

/** `mayAct`: for somebody who decides, and so must see what was found and decided. */
export function detailsView(parts: DetailsParts, reply: Reply | undefined, guideline: Guideline, mayAct: boolean) {
  const { stored } = parts
  const { inquiry, status, assessment, answeredAt } = stored
  const { label } = stateTexts[status.state]
  const { meaning, whatToDo } = stored.obstacle ? obstacleText(stored.obstacle) : stateTexts[status.state]
  const own = ownWhatToDo[stored.obstacle ? 'needs-action' : status.state]
  return {
    ...{ id: inquiry.id, what: publicTitle(inquiry), state: { label, meaning } },
    whatToDo: (mayAct ? undefined : own) ?? whatToDo,
    trouble: troubleOf(stored),
    isDanger: isEmergency(assessment),
    deletion: deletionOf(parts),
    category: assessment && (guideline.categories[assessment.category]?.label ?? assessment.category),
    unit: assessment?.decisions.administrativEnhet?.value,
    received: moment(inquiry.receivedAt),
    archived: 'receipt' in status ? journalpostLabel(status.receipt) : undefined,
    ...{ author: authorName(inquiry.author), permalink: inquiry.permalink },
    text: markedText(inquiry.text, mayAct && assessment ? assessment.hits : []),
    around: mayAct && assessment ? foundAround(assessment) : [],
    decided: mayAct && assessment ? decidedRows(assessment, guideline) : [],
    language: inquiry.language ?? '',
    attachments: inquiry.attachments.map(({ fileName }) => fileName),
    markedBy: inquiry.mark.by,
    reason: inquiry.mark.reason,
    reply: reply && {
      ...{ isHeld: reply.isHeld, words: reply.words, language: reply.language },
      due: reply.dueAt && moment(reply.dueAt),
      isOverdue: reply.warning === 100,
      answered: answeredAt && moment(answeredAt)
    }
  }
}
