import { type DestinationStream, type Logger, pino } from 'pino'
import { ServiceError } from './domain/errors.ts'

/** Errors whose own words may quote what people wrote: only their class and code are logged. */
const quotesInput = (error: Error): boolean => error instanceof SyntaxError || 'severity' in error

/** What an error may leave in the log: class, code, where it happened, and its words when they cannot quote anybody. */
function serialiseError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code: unknown = 'code' in error ? error.code : undefined
  const constraint: unknown = 'constraint' in error ? error.constraint : undefined
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(!quotesInput(error) && { message: error.message }),
    stack: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
    ...(error instanceof ServiceError && error.cause !== undefined && { cause: serialiseError(error.cause) })
  }
}

/**
 * JSON lines to standard output, or where `destination` says: ids, states, durations, outcomes. Never a person's words,
 * name or credentials.
 */
export const openLog = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: serialiseError,
        req: (request: { method: string; routeOptions?: { url?: string } }) => ({
          method: request.method,
          route: request.routeOptions?.url
        })
      }
    },
    destination
  )
