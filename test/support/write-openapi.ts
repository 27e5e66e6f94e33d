import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { apiDescription } from './api-description.ts'

await writeFile(fileURLToPath(new URL('../../schemas/openapi.json', import.meta.url)), await apiDescription())
