import { createHash } from 'node:crypto'
import { AjvCompiler } from '@fastify/ajv-compiler'
import type { FastifyInstance, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import type { ReceivedBytes } from '../domain/inquiry.ts'
import { blankSecrets } from '../domain/secrets.ts'
import { faultsIn } from '../http/invalid-request.ts'
import { type Fault, faultsAt } from './faults.ts'

/** A body as a caller of the API would have sent it, and what is wrong with it by the API's own schema. */
export interface MadeBody<Body> {
  readonly body: Body
  readonly faults: readonly Fault[]
  /** As a request that had brought it. */
  readonly brought: Pick<FastifyRequest, 'caller' | 'headers'> & {
    readonly received: ReceivedBytes
    readonly body: unknown
  }
}

export type BodyMaker<Body> = (made: object, request: FastifyRequest) => MadeBody<Body>

type Compile = (schema: object) => {
  (body: unknown): boolean
  errors?: readonly FastifySchemaValidationError[]
}

/** Makes bodies of a kind that the API takes. All that is wrong is told at once: a form has few fields. */
export function bodyMaker<Body>(app: FastifyInstance, shape: string): BodyMaker<Body> {
  const options = { allErrors: true, coerceTypes: false, discriminator: true, allowUnionTypes: true }
  const compile = AjvCompiler()(app.getSchemas() as never, { customOptions: options } as never) as unknown as (
    of: object
  ) => ReturnType<Compile>
  const isValid = compile({ schema: { $ref: `${shape}#` } })
  return (made, { caller }) => {
    const { text, count } = blankSecrets(JSON.stringify(made))
    const bytes = Buffer.from(text)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const body = JSON.parse(text) as Body
    const faults = isValid(body) ? [] : faultsAt(faultsIn(isValid.errors ?? []))
    const received = { bytes, mediaType: 'application/json', sha256, secretsBlanked: count }
    return { body, faults, brought: { caller, headers: {}, received, body } }
  }
}
