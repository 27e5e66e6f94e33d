import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider
} from 'libxml2-wasm'
import { catalogue, type ElementName, elementLabel } from './catalogue/catalogue.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { PlanFault } from './plan-fault.ts'
import { xsdOf } from './xsd.ts'

/** Where libxml2 finds our schemas; they are in memory, so nothing is read from disk or network. */
const PLACE = 'arkivbro:/noark5/'

const schemaTexts = new XmlBufferInputProvider({})
xmlRegisterInputProvider(schemaTexts)

const validators = new WeakMap<Dialect, XsdValidator>()

/**
 * Where a document breaks our own schema of its dialect (`schemas/noark5`), in words that hold nothing from the document.
 * Empty when it is valid. Throws when it is not XML at all.
 */
export function schemaFaults(dialect: Dialect, xml: string): readonly PlanFault[] {
  const validator = validators.get(dialect) ?? validatorOf(dialect)
  const document = XmlDocument.fromString(xml)
  try {
    validator.validate(document)
    return []
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error
    return error.details.map(({ message }) => ({
      element: labelIn(message),
      message: `Elementet følger ikke skjemaet for ${dialect.name}.`
    }))
  } finally {
    document.dispose()
  }
}

/** Compiled once for each dialect and kept as long as the process lives. */
function validatorOf(dialect: Dialect): XsdValidator {
  const [main] = dialect.schemas
  for (const schema of [...dialect.schemas, ...dialect.extensions]) {
    schemaTexts.addBuffer(PLACE + schema.file, Buffer.from(xsdOf(dialect, schema)))
  }
  const source = XmlDocument.fromString(xsdOf(dialect, main), { url: PLACE + main.file })
  const validator = XsdValidator.fromDoc(source)
  source.dispose()
  validators.set(dialect, validator)
  return validator
}

/** libxml2 names the element first, `Element '{namespace}tittel'`, and then what it says, which stays out. */
function labelIn(message: string): string {
  const [, name = ''] = /^Element '(?:\{[^}]*\})?([\w.-]+)'/.exec(message) ?? []
  return Object.hasOwn(catalogue, name) ? elementLabel(name as ElementName) : 'dokumentet'
}
