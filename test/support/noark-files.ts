import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import type { Dialect } from '../../src/noark/dialects/dialect.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { xsdOf } from '../../src/noark/xsd.ts'
import { noarkReference } from './noark-reference.ts'
import { screeningPage } from './screening-page.ts'
import { statesPage } from './states-page.ts'

const dialects: readonly Dialect[] = [arkivstruktur, fiksArkiv]

/** The files that are written from our tables: path in the project, and text. `npm run noark` writes them. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const schemas = dialects.flatMap((dialect) =>
    [...dialect.schemas, ...dialect.extensions].map((schema) => ({ dialect, schema }))
  )
  return new Map([
    ...schemas.map(({ dialect, schema }) => [`schemas/noark5/${schema.file}`, xsdOf(dialect, schema)] as const),
    ['docs/noark5.md', noarkReference()],
    ['docs/screening.md', screeningPage()],
    ['docs/tilstander.md', statesPage()]
  ])
}
