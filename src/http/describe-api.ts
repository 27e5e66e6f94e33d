import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { attachmentBody } from './attachment-routes.ts'
import { problemCodes } from './problem-table.ts'

const description = `Arkivbro tar imot henvendelser fra sosiale medier som er merket for saksbehandling, og får dem inn i
arkivet som Noark 5-journalposter.

**Løftet:** Når svaret er 202, blir henvendelsen journalført nøyaktig én gang, eller den står på listen «Trenger handling».

**Slik begynner du:** se på \`GET /v1/overview\`. Den sier i én setning om noe trenger deg. Du er inne med nøkkelen du
logget inn med; vil du bruke en annen her på siden, velg *Authorize*.

**Feil** kommer som \`application/problem+json\` (RFC 9457) med en stabil \`code\`.`

const tags = [
  { name: 'Henvendelser inn', description: 'For servicetorget, moderasjonsverktøyet og plattformene.' },
  { name: 'Oppslag', description: 'Hvor står henvendelsene? Hvert oppslag blir loggført.' },
  { name: 'Handlinger', description: 'Det et menneske avgjør.' },
  { name: 'Svar og sletting', description: 'Det den som skrev skal få vite, og innlegg som skal slettes.' },
  { name: 'Massehandlinger', description: 'Det samme for mange henvendelser, litt om gangen.' },
  { name: 'Arkivet', description: 'Om det svarer, og om leveringene går.' },
  { name: 'Retningslinjen', description: 'Hva kommunen har bestemt, som regler.' },
  { name: 'Krise', description: 'For kriseledelsen.' },
  { name: 'Administratorer', description: 'Hvem som handler på vegne av kommunen, og hvilke sider som er dens egne.' },
  { name: 'Webhooker', description: 'Hvem som får vite det når noe skjer.' },
  { name: 'Nøkler', description: 'For administratorer.' },
  { name: 'Drift', description: 'Helse og målinger.' }
]

/** Everything from us; Swagger UI styles some of its elements one by one. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; style-src 'self' 'unsafe-inline'"

/** What each status is shown with; any other code of that status would do as well. */
const shownCodes: readonly string[] = [
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'inquiry-not-found',
  'inquiry-in-wrong-state',
  'too-large',
  'media-type-unknown',
  'attachment-unknown',
  'too-many-requests',
  'internal-error',
  'database-unavailable'
]

/** Gives each error answer an example of its own status. */
function showProblems(paths: object): void {
  for (const operation of Object.values(paths).flatMap((methods: object) => Object.values(methods))) {
    for (const [status, answer] of Object.entries((operation as { responses: object }).responses)) {
      const media = (answer as { content?: Record<string, object> }).content?.['application/problem+json']
      const shown = problemCodes.find(({ code, status: own }) => own === Number(status) && shownCodes.includes(code))
      if (media && shown)
        Object.assign(media, { example: { type: `/problems/${shown.code}`, ...shown, instance: 'req-1a' } })
    }
  }
}

const codeTexts = `Stabil feilkode:\n\n${problemCodes
  .map(({ code, status, title }) => `* \`${code}\` (${status}): ${title}.`)
  .join('\n')}`

/** OpenAPI 3.1 of every route registered after this, and Swagger UI at `/docs` for whoever may call the API. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Arkivbro', version, description },
      tags,
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'API-nøkkel «id.hemmelighet», eller innloggingens token.'
          },
          brukernavn: {
            type: 'http',
            scheme: 'basic',
            description: 'Nøkkelens id som brukernavn, hemmeligheten som passord.'
          }
        }
      },
      security: [{ token: [] }, { brukernavn: [] }]
    },
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
    transformObject(document) {
      if (!('openapiObject' in document)) return document.swaggerObject
      const { paths = {}, components } = document.openapiObject
      Object.assign(paths['/v1/attachments']?.post ?? {}, { requestBody: attachmentBody })
      const problem = components?.schemas?.Problem
      if (problem && 'properties' in problem) Object.assign(problem.properties?.code ?? {}, { description: codeTexts })
      showProblems(paths)
      return document.openapiObject
    }
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: CONTENT_SECURITY_POLICY,
    uiConfig: {
      docExpansion: 'list',
      layout: 'BaseLayout',
      // Otherwise the page asks a service on the internet about itself.
      validatorUrl: null,
      tryItOutEnabled: true,
      persistAuthorization: false,
      displayRequestDuration: true
    },
    theme: { title: 'Arkivbro' }
  })
}
