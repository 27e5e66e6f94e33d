import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { LimitExceeded } from '../domain/errors.ts'
import type { Attachment } from '../domain/inquiry.ts'
import { type StoreAttachmentDeps, storeAttachment } from '../flow/store-attachment.ts'
import type { Fault } from './faults.ts'
import { isFormToken } from './session.ts'

export interface Posted {
  /** The form's first value under a name, with line ends as we write them; empty when there is none. */
  value(name: string): string
  values(name: string): readonly string[]
  /** Whether a page of this session made the form. Files of other forms are not kept. */
  readonly isOurs: boolean
  readonly files: readonly Attachment[]
  readonly faults: readonly Fault[]
}

export interface ReadPostedDeps extends StoreAttachmentDeps {
  readonly attachmentBytesMax: number
}

const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Takes forms without files, which arrive as `URLSearchParams`. */
export function readForms(app: FastifyInstance): void {
  app.addContentTypeParser(FORM_TYPE, { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(body.toString()))
  )
}

export const postedFields = ({ body, session }: FastifyRequest): Posted =>
  posted(body instanceof URLSearchParams ? [...body] : [], session.id)

/** Reads a form with files, which are streamed to where attachments are kept as they come. */
export async function readPosted(deps: ReadPostedDeps, request: FastifyRequest): Promise<Posted> {
  const fields: [string, string][] = []
  const files: Attachment[] = []
  const faults: Fault[] = []
  const { actor, scopes } = request.caller
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.push([part.fieldname, String(part.value)])
      continue
    }
    const mayKeep = scopes.includes('attachments:write') && posted(fields, request.session.id).isOurs
    const stored = part.filename && mayKeep ? await keep(deps, part, actor) : undefined
    if (stored && 'id' in stored) files.push(stored)
    else if (stored) faults.push(stored)
    part.file.resume()
  }
  return { ...posted(fields, request.session.id), files, faults }
}

async function keep(
  deps: ReadPostedDeps,
  { file, filename }: MultipartFile,
  actor: string
): Promise<Attachment | Fault> {
  const bytesMax = deps.attachmentBytesMax
  // The rest of a file that is too large is read past, so that what comes after it is not lost.
  const bytes = Readable.from(file.iterator({ destroyOnReturn: false }), { objectMode: false })
  return storeAttachment(deps, { bytes, fileName: filename, bytesMax, actor }).catch((error: unknown): Fault => {
    if (!(error instanceof LimitExceeded)) throw error
    const megabytes = Math.floor(bytesMax / 1_048_576)
    return { field: 'files', text: `En av filene er større enn ${megabytes} MB og ble ikke tatt med.` }
  })
}

function posted(fields: readonly (readonly [string, string])[], secret: string): Posted {
  const values = (name: string) =>
    fields.filter(([field]) => field === name).map(([, text]) => text.replaceAll('\r\n', '\n'))
  const value = (name: string) => values(name)[0] ?? ''
  return { value, values, isOurs: isFormToken(secret, value('token')), files: [], faults: [] }
}
