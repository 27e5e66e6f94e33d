import type { Trouble } from '../domain/inquiry.ts'
import type { ArchiveConnector, ArchiveMessage, Clock, KeepMessage } from './ports.ts'
import type { WorkLog } from './run-work.ts'
import type { Store } from './store-port.ts'

/** A payload of more bytes than this, as JSON, is not kept. */
export const PAYLOAD_BYTES_MAX = 1_048_576

export interface HearDeps {
  readonly store: Pick<Store, 'messages'>
  /** Name of the archive that sends. */
  readonly archive: string
  readonly now: Clock
  readonly log: WorkLog
}

/** Keeps what an archive sends of itself. Rejects when it could not be kept; the message must then come again. */
export const keepMessage =
  ({ store, archive, now, log }: HearDeps): KeepMessage =>
  async (message) => {
    const kept = await store.messages.keep(archive, fitting(message), now())
    if (kept.kind === 'known') return
    const facts = { archive, message: kept.id, kind: message.kind }
    if (kept.kind === 'unmatched') return log.warn(facts, 'a message from the archive answers nothing we know of')
    log.info({ ...facts, inquiry: kept.inquiryId, state: kept.state }, 'a message from the archive')
  }

const fitting = (message: ArchiveMessage): ArchiveMessage =>
  Buffer.byteLength(JSON.stringify(message.payload)) <= PAYLOAD_BYTES_MAX ? message : { ...message, payload: null }

/** Whether the archive has said something about it since it was last sent in vain: not to be sent before that is weighed. */
export const isAnswered = async (
  { messages }: Pick<Store, 'messages'>,
  { name, inbound }: ArchiveConnector,
  inquiryId: string
): Promise<boolean> => inbound !== undefined && (await messages.hear(name, inquiryId)).messages.length > 0

/** Trouble of an inquiry that was to be sent again and had an answer by then. */
export const ANSWERED: Trouble = {
  code: 'archive-has-answered',
  message: 'Arkivet har sendt en melding om henvendelsen. Arkivbro ser på den før noe sendes på nytt.'
}
