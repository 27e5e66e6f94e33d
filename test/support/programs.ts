import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Absolute path of a program on this machine, undefined when it is not installed. */
export const program = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)

/** For `test.skipIf(skip)(title('…'))`: a test that is left out says in its name which program it lacks. */
export const needs = (name: string, howToGet: string): { skip: boolean; title: (text: string) => string } => {
  const skip = program(name) === undefined
  return { skip, title: (text) => (skip ? `${text} [left out: needs ${name}, ${howToGet}]` : text) }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
