import { Type } from 'typebox'

/** RFC 9457 problem details, the body of every error answer. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Hva slags feil det er; stabil adresse.' }),
    title: Type.String({ description: 'Hva skjedde.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.Optional(Type.String({ description: 'Hva det betyr, og hva du kan gjøre.' })),
    instance: Type.String({ description: 'Forespørselens id. Oppgi den når du ber om hjelp.' }),
    code: Type.String({ description: 'Stabil feilkode.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON-peker (RFC 6901) til feltet.' }),
          detail: Type.String()
        }),
        { maxItems: 50 }
      )
    )
  },
  {
    $id: 'Problem',
    examples: [
      {
        type: '/problems/attachment-unknown',
        title: 'Vedlegget finnes ikke',
        status: 422,
        detail: 'Et vedlegg er ikke lastet opp. Last det opp med POST /v1/attachments og bruk id-en du får.',
        instance: 'req-1a',
        code: 'attachment-unknown',
        errors: [{ pointer: '/attachments/0/id', detail: 'finnes ikke' }]
      }
    ]
  }
)

/** An error answer as OpenAPI wants it told: the problem, under its own media type. */
export const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Type.Unsafe({ $ref: 'Problem#' }) } }
})

/** What every protected route may answer. */
export const commonProblems = {
  400: problemResponse('Forespørselen er ikke gyldig.'),
  401: problemResponse('Du må vise hvem du er.'),
  403: problemResponse('Du har ikke lov til dette.'),
  429: problemResponse('For mange forespørsler. Vent så lenge som Retry-After sier.'),
  500: problemResponse('Noe gikk galt hos oss. Ingenting er tapt; prøv igjen.'),
  503: problemResponse('Noe tjenesten er avhengig av svarer ikke. Prøv igjen senere.')
} as const

/** What every route that takes a JSON body may answer besides. */
export const bodyProblems = {
  413: problemResponse('Innholdet er større enn 1 MB.'),
  415: problemResponse('Innholdet er ikke JSON.')
} as const
