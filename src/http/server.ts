import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyPluginAsync, LogController } from 'fastify'
import { actionInputs } from '../../schemas/actions.ts'
import { whoMayShapes } from '../../schemas/administrators.ts'
import { PauseInput } from '../../schemas/archive.ts'
import { bulkShapes } from '../../schemas/bulk-actions.ts'
import { callbackShapes } from '../../schemas/callbacks.ts'
import { followUpShapes } from '../../schemas/follow-ups.ts'
import { guidelineShapes } from '../../schemas/guideline.ts'
import {
  AttachmentUse,
  AuthorInput,
  ContextMessageInput,
  EventInput,
  InquiryInput,
  MarkInput,
  PlatformInput
} from '../../schemas/inquiry.ts'
import { views } from '../../schemas/inquiry-views.ts'
import { Key, KeyInput, KeyList, MadeKey } from '../../schemas/keys.ts'
import { policyShapes } from '../../schemas/policy.ts'
import { Problem } from '../../schemas/problem.ts'
import { webhookShapes } from '../../schemas/webhooks.ts'
import type { BulkDeps } from '../flow/bulk-actions.ts'
import type { ChangeCategoryDeps } from '../flow/change-category.ts'
import type { CrisisDeps } from '../flow/crisis.ts'
import type { ManualDeps } from '../flow/handle-manually.ts'
import type { HealthDeps } from '../flow/health.ts'
import type { LookupDeps } from '../flow/look-up-inquiry.ts'
import type { CallbackClientDeps } from '../flow/manage-callback-clients.ts'
import type { KeyDeps } from '../flow/manage-keys.ts'
import type { OwnPageDeps } from '../flow/manage-own-pages.ts'
import type { KeyStore } from '../flow/store-port.ts'
import { actionRoutes } from './action-routes.ts'
import { type AdministratorRoutesDeps, administratorRoutes } from './administrator-routes.ts'
import { archiveRoutes } from './archive-routes.ts'
import { type AttachmentDeps, attachmentRoutes } from './attachment-routes.ts'
import { type AuthenticateDeps, authenticate } from './authenticate.ts'
import { believedKeys } from './believed-keys.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { callbackClientRoutes } from './callback-client-routes.ts'
import { type CallbackDeps, callbackRoutes } from './callback-routes.ts'
import { compilers } from './compilers.ts'
import { crisisRoutes } from './crisis-routes.ts'
import { describeApi } from './describe-api.ts'
import { type FollowUpRoutesDeps, followUpRoutes } from './follow-up-routes.ts'
import { type GuidelineDeps, guidelineRoutes } from './guideline-routes.ts'
import { type IntakeDeps, intakeRoutes } from './intake-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { lookupRoutes } from './lookup-routes.ts'
import { type Metrics, metricsRoute } from './metrics.ts'
import { healthRoutes, overviewRoutes } from './overview-routes.ts'
import { ownPageRoutes } from './own-page-routes.ts'
import { answerUnreadable, sendNotFound, sendProblem } from './problems.ts'
import { readJson } from './read-json.ts'
import { type AnsweringDeps, replyRoutes } from './reply-routes.ts'
import { type WebhookRoutesDeps, webhookRoutes } from './webhook-routes.ts'

export type HttpDeps = Omit<IntakeDeps, 'onReceived'> &
  LookupDeps &
  ManualDeps &
  ChangeCategoryDeps &
  BulkDeps &
  AttachmentDeps &
  AuthenticateDeps &
  KeyDeps &
  GuidelineDeps &
  CrisisDeps &
  AnsweringDeps &
  AdministratorRoutesDeps &
  OwnPageDeps &
  WebhookRoutesDeps &
  CallbackClientDeps &
  FollowUpRoutesDeps &
  Omit<CallbackDeps, 'onReceived'> &
  HealthDeps & {
    readonly log: FastifyBaseLogger
    readonly metrics: Metrics
    readonly requestsPerMinute: number
    /** Addresses and nets whose X-Forwarded-For is believed. */
    readonly trustedProxies: readonly string[]
    /** The form for servicetorget. */
    readonly console?: FastifyPluginAsync
    readonly version: string
  }

const BODY_BYTES_MAX = 1024 * 1024

/** The shapes are typed where they are written: holding them to the meta-schema would take a third of a start. */
const READING = {
  removeAdditional: false,
  allErrors: false,
  validateSchema: false,
  discriminator: true,
  allowUnionTypes: true
} as const

const shapes = [
  Problem,
  AuthorInput,
  MarkInput,
  EventInput,
  ContextMessageInput,
  AttachmentUse,
  InquiryInput,
  PlatformInput,
  ...actionInputs,
  ...views,
  ...bulkShapes,
  ...guidelineShapes,
  ...policyShapes,
  PauseInput,
  ...whoMayShapes,
  ...webhookShapes,
  ...callbackShapes,
  ...followUpShapes,
  Key,
  KeyInput,
  MadeKey,
  KeyList
]

/** The HTTP API, read top to bottom in the order a request meets it. */
export async function buildServer(deps: HttpDeps) {
  const app = Fastify({
    loggerInstance: deps.log,
    // A logger for each request would cost more than the lines it writes: few are written, and they name the request.
    childLoggerFactory: (log) => log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 120_000,
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: [...deps.trustedProxies],
    forceCloseConnections: 'idle',
    frameworkErrors: sendProblem,
    clientErrorHandler: answerUnreadable,
    routerOptions: { maxParamLength: 200 },
    schemaController: compilers,
    ajv: { customOptions: READING }
  }).withTypeProvider<TypeBoxTypeProvider>()

  for (const shape of shapes) app.addSchema(shape)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler(sendNotFound)
  readJson(app)
  // The policy is the same for every answer but Swagger UI's, so it need not be put together for each.
  await app.register(helmet, { contentSecurityPolicy: false })
  app.addHook(
    'onRequest',
    async (_request, reply) => void reply.header('content-security-policy', "default-src 'none'")
  )
  const keys = believedKeys(deps.keys, deps.now)
  authenticate(app, { ...deps, keys })
  await app.register(rateLimit, {
    hook: 'preParsing',
    max: deps.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.caller?.actor ?? request.ip
  })
  await describeApi(app, deps.version)

  await app.register(healthRoutes(deps))
  await app.register(metricsRoute(deps.metrics))
  await app.register(v1Routes(deps, keys), { prefix: '/v1' })
  if (deps.console) await app.register(deps.console)
  return app
}

const v1Routes =
  (deps: HttpDeps, keys: KeyStore): FastifyPluginAsync =>
  async (v1) => {
    await v1.register(overviewRoutes(deps))
    await v1.register(intakeRoutes({ ...deps, onReceived: deps.metrics.received }))
    await v1.register(attachmentRoutes(deps))
    await v1.register(lookupRoutes(deps))
    await v1.register(actionRoutes(deps))
    await v1.register(replyRoutes(deps))
    await v1.register(followUpRoutes(deps))
    await v1.register(bulkRoutes(deps))
    await v1.register(guidelineRoutes(deps))
    await v1.register(crisisRoutes(deps))
    await v1.register(archiveRoutes(deps))
    await v1.register(administratorRoutes(deps))
    await v1.register(ownPageRoutes(deps))
    await v1.register(webhookRoutes(deps))
    await v1.register(callbackClientRoutes(deps))
    await v1.register(callbackRoutes({ ...deps, onReceived: deps.metrics.received }))
    await v1.register(keyRoutes({ ...deps, keys }))
  }
