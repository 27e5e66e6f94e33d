import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = process.env.ARKIVBRO_MATERIAL ?? fileURLToPath(new URL('../../../shared/', import.meta.url))

/** Whether the shared test material (real payloads, official schemas) lies beside the project. */
export const hasMaterial = existsSync(`${root}/corpus`) && existsSync(`${root}/standards`)

/** Absolute path of a file or folder in the corpus of real payloads, hard text and media. */
export const corpus = (path = '') => `${root}/corpus/${path}`

/** Absolute path of an official schema or code list. */
export const standards = (path = '') => `${root}/standards/${path}`
