import type { FastifyRequest } from 'fastify'
import { type Administrator, type AdministratorRight, isAppointedAt } from '../domain/administrator.ts'
import type { Guideline } from '../domain/guideline.ts'
import { channels, OTHER_CHANNEL } from '../domain/titles.ts'
import type { ConsoleDeps } from './console-deps.ts'
import type { InquiryForm } from './inquiry-form.ts'

export interface Option {
  readonly value: string
  readonly text: string
  readonly isChosen: boolean
}

const kinds = { comment: 'Kommentar', post: 'Innlegg', message: 'Direktemelding', review: 'Anmeldelse' }
const languages = { '': 'Ikke oppgitt', nb: 'Bokmål', nn: 'Nynorsk', se: 'Nordsamisk', en: 'Engelsk' }
const anywhere = { '': 'Kjenn igjen fra lenken', ...channels, [OTHER_CHANNEL]: 'Et annet sted' }

/** What stands on the form: what can be chosen, and what has been. */
export async function formView(deps: ConsoleDeps, request: FastifyRequest, form: InquiryForm) {
  const { guideline } = await deps.policy()
  const { categories, defaultCategory } = guideline
  const kept = await deps.attachments.find(form.attachments)
  return {
    form,
    sources: options(anywhere, form.source),
    kinds: options(kinds, form.kind),
    languages: options(languages, form.language),
    categories: inOrder(categories, defaultCategory).map(([value, { label, description }]) => ({
      ...{ value, text: label, description },
      isChosen: value === (form.category || defaultCategory)
    })),
    ...(await markersView(deps, form.by, 'mark')),
    attachments: kept.map(({ id, fileName, size }) => ({ id, fileName, size: sizeText(size) })),
    mayAttach: request.caller.scopes.includes('attachments:write'),
    megabytesMax: Math.floor(deps.attachmentBytesMax / 1_048_576)
  }
}

/** The one that most are, then the others by what they are called. */
const inOrder = (categories: Guideline['categories'], first: string) =>
  Object.entries(categories).sort(
    ([a, one], [b, other]) => Number(b === first) - Number(a === first) || one.label.localeCompare(other.label, 'nb')
  )

/** Those who may act now, as the field to choose among them has it. */
export async function markersView(deps: ConsoleDeps, chosen: string, right: AdministratorRight) {
  const those = await whoMayNow(deps, right)
  return { markers: options(Object.fromEntries(those.map(({ name, unit }) => [name, `${name} (${unit})`])), chosen) }
}

/** The name of whoever marked last in the session, while they still may. */
export async function markerOf(deps: ConsoleDeps, { session }: FastifyRequest): Promise<string> {
  const those = await whoMayNow(deps, 'mark')
  return those.find(({ id }) => id === session.markedBy)?.name ?? ''
}

async function whoMayNow(deps: ConsoleDeps, right: AdministratorRight): Promise<readonly Administrator[]> {
  const at = deps.now()
  const known = [...(await deps.administrators.get()).values()].flat()
  const those = known.filter((one) => isAppointedAt(one, at) && one.may.includes(right))
  return [...new Set(those)].sort((a, b) => a.name.localeCompare(b.name, 'nb'))
}

export const options = (texts: Readonly<Record<string, string>>, chosen: string): readonly Option[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text, isChosen: value === chosen }))

/** What the form's own id looks like. */
export const isFormId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

export function sizeText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} byte`
  const kilobytes = bytes / 1_024
  return kilobytes < 1_024 ? `${Math.ceil(kilobytes)} kB` : `${(kilobytes / 1_024).toFixed(1).replace('.', ',')} MB`
}
