import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import {
  ChangeCategoryInput,
  ChooseCaseInput,
  CorrectInput,
  DecisionInput,
  JournalpostInput
} from '../../schemas/actions.ts'
import { Status } from '../../schemas/inquiry-views.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import type { Caller } from '../domain/access.ts'
import { type ChangeCategoryDeps, changeCategory } from '../flow/change-category.ts'
import { correctInquiry } from '../flow/correct-inquiry.ts'
import { chooseRecord, confirmHandled, type ManualDeps, proposeHandled } from '../flow/handle-manually.ts'
import {
  approveInquiry,
  askArchive,
  confirmAmended,
  dismissInquiry,
  holdInquiry,
  type PersonAction,
  releaseInquiry,
  retryInquiry
} from '../flow/person-actions.ts'
import { correctionsFrom, journalpostFrom } from './to-decision.ts'
import { statusView } from './views.ts'

interface Told {
  readonly operationId: string
  readonly summary: string
  readonly description: string
}

interface Action extends Told {
  readonly path: string
  readonly act: PersonAction
}

/** What a person can do with one inquiry, and needs nothing but a reason for. */
const actions: readonly Action[] = [
  {
    path: 'retry',
    operationId: 'retryInquiry',
    summary: 'Prøv igjen nå',
    description: 'Det som kan ligge i arkivet fra før, blir slått opp der først.',
    act: retryInquiry
  },
  {
    path: 'ask',
    operationId: 'askArchive',
    summary: 'Spør arkivet nå',
    description:
      'Arkivet blir spurt om det har journalposten. Ingenting sendes: Har arkivet den ikke, trenger henvendelsen fortsatt handling.',
    act: askArchive
  },
  {
    path: 'dismiss',
    operationId: 'dismissInquiry',
    summary: 'Avvis: skal ikke arkiveres',
    description: 'Bare det som ikke er begynt sendt til arkivet, kan avvises. Begrunnelsen blir stående.',
    act: dismissInquiry
  },
  {
    path: 'approve',
    operationId: 'approveInquiry',
    summary: 'Godkjenn etter kontroll',
    description:
      'For det retningslinjen sier at noen må se på. Skal noe endres, som tittel eller skjerming, velg «rett og send» i stedet.',
    act: approveInquiry
  },
  {
    path: 'hold',
    operationId: 'holdInquiry',
    summary: 'Sett på vent',
    description: 'Henvendelsen blir ikke sendt før noen slipper den. Det som er på vei til arkivet, kan ikke stanses.',
    act: holdInquiry
  },
  {
    path: 'release',
    operationId: 'releaseInquiry',
    summary: 'Slipp det som er satt på vent',
    description: 'Henvendelsen går videre derfra den stod.',
    act: releaseInquiry
  },
  {
    path: 'restricted-by-hand',
    operationId: 'confirmAmended',
    summary: 'Skjermet for hånd',
    description:
      'For det som står som «Ikke skjermet i arkivet», når du har skjermet journalposten, dokumentene og sakstittelen der. Arkivbro kan ikke se det, og tar deg på ordet.',
    act: confirmAmended
  }
]

const route = <Body extends TSchema>(body: Body, told: Told) =>
  ({
    config: { scope: 'inquiries:act' },
    schema: {
      ...{ operationId: told.operationId, summary: told.summary, description: told.description },
      tags: ['Handlinger'],
      params: Type.Object({ id: Uuid('Henvendelsens id.') }),
      body: ref(body),
      response: {
        200: answer(Status, 'Gjort. Slik står henvendelsen nå.'),
        404: problemResponse('Henvendelsen finnes ikke.'),
        409: problemResponse('Henvendelsen har gått videre. Hent den på nytt.'),
        ...commonProblems,
        ...bodyProblems
      }
    }
  }) as const

const chooseCaseRoute = route(ChooseCaseInput, {
  operationId: 'chooseCase',
  summary: 'Velg sak',
  description: 'Arkivposten lages på nytt i saken som er valgt. Bare det som ikke er begynt sendt, kan flyttes.'
})

const correctRoute = route(CorrectInput, {
  operationId: 'correctInquiry',
  summary: 'Rett og send',
  description:
    'Arkivposten lages på nytt med rettelsene og sendes. Henvendelsen selv blir stående slik den kom. Bare det som ikke er begynt sendt til arkivet, kan rettes.'
})

const changeCategoryRoute = route(ChangeCategoryInput, {
  operationId: 'changeCategory',
  summary: 'Endre kategori',
  description:
    'Retningslinjen som gjelder nå, avgjør alt på nytt. Det som ikke er begynt sendt, får ny arkivpost og kan måtte kontrolleres. For det som er journalført, endres svar, frist og sletting; skal posten skjermes, gjør Arkivbro det der arkivet lar seg endre. Ellers må du gjøre det i arkivet først.'
})

const chooseRecordRoute = route(JournalpostInput, {
  operationId: 'chooseRecord',
  summary: 'Velg journalpost når arkivet har flere',
  description: 'Journalposten må inneholde det som ble sendt. De andre må ryddes i arkivet.'
})

const proposeHandledRoute = route(JournalpostInput, {
  operationId: 'proposeHandled',
  summary: 'Merk som håndtert: oppgi journalposten',
  description: 'For det noen har journalført for hånd. Arkivet blir spurt om posten, og en annen må bekrefte.'
})

const confirmHandledRoute = route(DecisionInput, {
  operationId: 'confirmHandled',
  summary: 'Bekreft at henvendelsen er håndtert',
  description: 'Må gjøres av en annen enn den som foreslo det. Arkivet blir spurt én gang til.'
})

export const actionRoutes =
  (deps: ManualDeps & ChangeCategoryDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const statusOf = async (id: string) => {
      const { status, work } = await deps.store.inquiries.get(id)
      return statusView(status, work)
    }

    for (const { path, act, ...told } of actions) {
      app.post(`/inquiries/:id/${path}`, route(DecisionInput, told), async ({ params: { id }, body, caller }) => {
        await act(deps, id, { actor: caller.actor, reason: body.reason })
        return statusOf(id)
      })
    }

    // To choose the case is to correct one thing.
    const correct = async (id: string, body: CorrectInput, { actor }: Caller) => {
      await correctInquiry(deps, id, { actor, reason: body.reason, corrections: correctionsFrom(body) })
      return statusOf(id)
    }

    app.post('/inquiries/:id/choose-case', chooseCaseRoute, ({ params: { id }, body, caller }) =>
      correct(id, body, caller)
    )

    app.post('/inquiries/:id/correct', correctRoute, ({ params: { id }, body, caller }) => correct(id, body, caller))

    const change = '/inquiries/:id/change-category'
    app.post(change, changeCategoryRoute, async ({ params: { id }, body, caller: { actor } }) => {
      await changeCategory(deps, id, { actor, ...body })
      return statusOf(id)
    })

    app.post('/inquiries/:id/choose-record', chooseRecordRoute, async ({ params: { id }, body, caller: { actor } }) => {
      await chooseRecord(deps, id, { actor, reason: body.reason, journalpost: journalpostFrom(body.journalpost) })
      return statusOf(id)
    })

    app.post('/inquiries/:id/handled', proposeHandledRoute, async ({ params: { id }, body, caller: { actor } }) => {
      await proposeHandled(deps, id, { actor, reason: body.reason, journalpost: journalpostFrom(body.journalpost) })
      return statusOf(id)
    })

    const confirm = '/inquiries/:id/handled/confirm'
    app.post(confirm, confirmHandledRoute, async ({ params: { id }, body, caller: { actor } }) => {
      await confirmHandled(deps, id, { actor, reason: body.reason })
      return statusOf(id)
    })
  }
