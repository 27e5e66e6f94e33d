import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { Refused } from '../domain/errors.ts'
import { previewRecord } from '../flow/preview-record.ts'
import { receiveInquiry, type Submission } from '../flow/receive-inquiry.ts'
import { rememberMarker } from '../flow/sign-in.ts'
import { contentFrom, submissionFrom } from '../http/to-submission.ts'
import type { Shared } from './console-deps.ts'
import { type Fault, faultsOf, told } from './faults.ts'
import { formView, isFormId, markerOf } from './form-view.ts'
import { bodyFrom, emptyForm, fieldsOf, formFrom, type InquiryForm } from './inquiry-form.ts'
import { readPosted } from './read-posted.ts'
import { reviewView } from './review-view.ts'
import { bodyMaker } from './to-submission.ts'

const NOT_OURS: Fault = {
  text: 'Siden var laget før du logget inn, så ingenting er gjort. Det du skrev, står her fortsatt; filer må velges på nytt. Se over og fortsett.'
}

/** What is done with a form that holds together: whatever it throws of refusals is told at the fields. */
type Next = (submission: Submission, form: InquiryForm) => Promise<FastifyReply>

/** From an empty form to an inquiry that is kept. Every page has the whole form along, so nothing waits on the server. */
export const formRoutes =
  ({ deps, show, forThose }: Shared): FastifyPluginAsync =>
  async (app) => {
    const make = bodyMaker<InquiryInput>(app, 'InquiryInput')
    const forSenders = forThose('inquiries:write')

    const edit = async (request: FastifyRequest, reply: FastifyReply, form: InquiryForm, faults: readonly Fault[]) =>
      show(request, reply, 'form', { ...(await formView(deps, request, form)), ...told(faults) })

    /** Reads the form and goes on with it, or shows it again with what is wrong. */
    async function takeOn(request: FastifyRequest, reply: FastifyReply, next: Next): Promise<FastifyReply> {
      const posted = await readPosted(deps, request)
      const read = formFrom(posted)
      const form = isFormId(read.form) ? read : { ...read, form: deps.newId() }
      const again = (faults: readonly Fault[]) => edit(request, reply.code(422), form, faults)
      if (!posted.isOurs) return again([NOT_OURS])
      const made = bodyFrom(form)
      const { body, faults, brought } = make(made.body, request)
      const own = [...posted.faults, ...made.faults]
      const all = [...own, ...faults.filter(({ field }) => !own.some((fault) => fault.field === field))]
      if (all.length > 0) return again(all)
      try {
        return await next(submissionFrom(brought, contentFrom(body), body), form)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return again(faultsOf(error))
      }
    }

    app.get('/skjema', forSenders, async (request, reply) =>
      edit(request, reply, emptyForm(deps.newId(), await markerOf(deps, request)), [])
    )

    app.post('/skjema', forSenders, async (request, reply) => {
      const posted = await readPosted(deps, request)
      return edit(request, reply, formFrom(posted), posted.isOurs ? posted.faults : [NOT_OURS])
    })

    app.post('/skjema/kontroll', forSenders, (request, reply) =>
      takeOn(request, reply, async (submission, form) => {
        const preview = await previewRecord(deps, submission)
        const { guideline } = await deps.policies.guidelines.get(preview.assessment.guideline)
        return show(request, reply, 'review', { ...reviewView(preview, guideline), fields: fieldsOf(form) })
      })
    )

    app.post('/skjema/send', forSenders, (request, reply) =>
      takeOn(request, reply, async (submission) => {
        const { isNew, inquiry } = await receiveInquiry(deps, submission)
        deps.onReceived(isNew ? 'new' : 'repeated')
        const { administrator } = inquiry.mark
        if (administrator !== undefined) await rememberMarker(deps, request.session.id, administrator)
        return reply.redirect(`/skjema/innsendinger/${inquiry.id}?mottatt=${isNew ? 'ny' : 'igjen'}`, 303)
      })
    )
  }
