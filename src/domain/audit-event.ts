/**
 * What happened, to what, when and by whose hand. Appended in the same transaction as the change.
 * `facts` holds ids, codes, hashes and counts, never a person's words or name.
 */
export interface AuditEvent {
  readonly at: Date
  readonly actor: string
  readonly action: AuditAction
  /** Id of the inquiry, attachment, administrator, webhook, key or service the event is about. */
  readonly subject: string
  readonly facts?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Why, in the words of the person who did it. Kept beside the log, not in it. */
  readonly reason?: string
}

export type AuditAction =
  | 'inquiry.received'
  | 'inquiry.repeated'
  | 'inquiry.conflicting'
  | 'inquiry.composed'
  | 'inquiry.sending'
  | 'inquiry.awaiting-receipt'
  | 'inquiry.unknown-outcome'
  | 'inquiry.try-again'
  | 'inquiry.work-restored'
  | 'inquiry.needs-action'
  | 'inquiry.journaled'
  | 'inquiry.dismissed'
  | 'inquiry.retried'
  | 'inquiry.asked'
  | 'inquiry.held'
  | 'inquiry.released'
  | 'inquiry.corrected'
  | 'inquiry.record-chosen'
  | 'inquiry.handling-proposed'
  | 'inquiry.handled-manually'
  | 'inquiry.read'
  | 'inquiry.listed'
  | 'inquiry.previewed'
  | 'timeline.read'
  | 'record.read'
  | 'document.read'
  | 'attachment.stored'
  | 'message.kept'
  | 'message.late'
  | 'message.unmatched'
  | 'archive.closed'
  | 'archive.opened'
  | 'archive.paused'
  | 'archive.resumed'
  | 'bulk.started'
  | 'bulk.cancelled'
  | 'bulk.ended'
  | 'inquiry.approved'
  | 'inquiry.category-changed'
  | 'reply.released'
  | 'deletion.permitted'
  | 'guideline.kept'
  | 'guideline.activated'
  | 'guideline.tried'
  | 'crisis.started'
  | 'crisis.ended'
  | 'administrator.appointed'
  | 'administrator.changed'
  | 'administrator.ended'
  | 'pages.changed'
  | 'webhook.made'
  | 'webhook.changed'
  | 'webhook.secret-rotated'
  | 'webhook.tested'
  | 'webhook.replayed'
  | 'webhook.disabled'
  | 'webhook.removed'
  | 'callback-client.registered'
  | 'callback-client.changed'
  | 'callback-client.ended'
  | 'inquiry.linked'
  | 'key.made'
  | 'key.revoked'
  | 'session.started'
  | 'session.ended'
