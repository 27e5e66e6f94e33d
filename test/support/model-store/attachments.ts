import type { AttachmentStore } from '../../../src/flow/store-port.ts'
import { append } from './audit.ts'
import { copyOf, kept, type Model } from './tables.ts'

export const attachmentModel = (model: Model): AttachmentStore => ({
  add: async ({ id, sha256, size, mediaType, fileName }, at, actor) =>
    model.transaction((tables) => {
      const { attachments } = tables
      if (!attachments.has(id)) attachments.set(id, kept({ id, sha256, size, mediaType, fileName }))
      append(tables, { at, actor, action: 'attachment.stored', subject: id, facts: { sha256, size, mediaType } })
    }),

  find: async (ids) =>
    ids.flatMap((id) => {
      const attachment = model.tables().attachments.get(id)
      return attachment ? [copyOf(attachment)] : []
    })
})
