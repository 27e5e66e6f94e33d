import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Attachment } from '../../schemas/inquiry-views.ts'
import { commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer } from '../../schemas/ref.ts'
import { Refused } from '../domain/errors.ts'
import type { Attachment as StoredAttachment } from '../domain/inquiry.ts'
import { type StoreAttachmentDeps, storeAttachment } from '../flow/store-attachment.ts'

export interface AttachmentDeps extends StoreAttachmentDeps {
  readonly attachmentBytesMax: number
}

export const attachmentRoutes =
  (deps: AttachmentDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    // One byte more than the limit, so that the store, which counts, is the one to refuse.
    await app.register(multipart, { limits: { files: 1, fields: 0, parts: 1, fileSize: deps.attachmentBytesMax + 1 } })

    app.post(
      '/attachments',
      {
        config: { scope: 'attachments:write' },
        schema: {
          operationId: 'storeAttachment',
          summary: 'Last opp et vedlegg',
          description: `Én fil, inntil ${Math.floor(deps.attachmentBytesMax / 1_048_576)} MB. Bruk id-en i «attachments» når du sender henvendelsen.`,
          tags: ['Henvendelser inn'],
          consumes: ['multipart/form-data'],
          response: {
            201: answer(Attachment, 'Lagret. Den samme filen med det samme navnet får alltid den samme id-en.'),
            413: problemResponse('Filen er for stor.'),
            415: problemResponse('Innholdet er ikke multipart/form-data.'),
            422: problemResponse('Det fulgte ikke med noen fil.'),
            ...commonProblems
          }
        }
      },
      async (request, reply) => reply.code(201).send(await oneFile(deps, request))
    )
  }

/** Stores the form's only file. Nothing is kept of a form that breaks off or has anything else in it. */
async function oneFile(deps: AttachmentDeps, request: FastifyRequest): Promise<StoredAttachment> {
  const parts = request.files()
  const first = await parts.next().catch(refuseForm)
  if (first.done) {
    throw new Refused('nothing-to-archive', 'Det fulgte ikke med noen fil. Send den som feltet «file».', [
      { pointer: '/file', detail: 'mangler' }
    ])
  }
  return storeAttachment(deps, {
    bytes: Readable.from(wholeForm(first.value.file, parts), { objectMode: false }),
    fileName: first.value.filename,
    bytesMax: deps.attachmentBytesMax,
    actor: request.caller.actor
  })
}

/** The file's bytes, which end only when the form has ended as it should. */
async function* wholeForm(file: Readable, parts: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  try {
    yield* file
    await parts.next()
  } catch (cause) {
    refuseForm(cause)
  }
}

/** What the multipart reader finds wrong is the sender's fault, also when it does not say so. */
function refuseForm(cause: unknown): never {
  if (cause instanceof Error && 'statusCode' in cause) throw cause
  throw Object.assign(new Error('The form broke off.', { cause }), { code: 'FST_MP_PREMATURE_CLOSE', statusCode: 400 })
}

/** The body that Swagger UI shows a file picker for; Fastify itself validates no multipart body. */
export const attachmentBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: Type.Object({
        file: Type.Unsafe<never>({ type: 'string', format: 'binary', description: 'Filen.' })
      })
    }
  }
}
