import { readFileSync } from 'node:fs'
import { XmlDocument, XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

export interface Schema {
  /** What is wrong, one message each; empty when valid. With `xpath` only the first element found there is looked at. */
  validate(xml: string, at?: { readonly xpath: string; readonly namespaces: Record<string, string> }): readonly string[]
}

xmlRegisterFsInputProviders()

/** An XSD ready for use; what it imports is read from its own folder. */
export const openSchema = (path: string): Schema =>
  schemaFrom(XmlDocument.fromBuffer(readFileSync(path), { url: path }))

/** An XSD that imports nothing. */
export const openSchemaText = (xsd: string): Schema => schemaFrom(XmlDocument.fromString(xsd))

function schemaFrom(source: XmlDocument): Schema {
  const validator = XsdValidator.fromDoc(source)
  return {
    validate(xml, at) {
      const document = XmlDocument.fromString(xml)
      try {
        const part = at && document.get(at.xpath, at.namespaces)
        if (at && !(part instanceof XmlElement)) return [`${at.xpath} is not there`]
        if (part instanceof XmlElement) validator.validate(part)
        else validator.validate(document)
        return []
      } catch (error) {
        if (!(error instanceof XmlValidateError)) throw error
        return error.details.map(({ line, message }) => `${line}: ${message.trim()}`)
      } finally {
        document.dispose()
      }
    }
  }
}
