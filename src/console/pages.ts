import { readdir, readFile } from 'node:fs/promises'
import { Eta } from 'eta/core'
import type { FastifyReply } from 'fastify'

/** Puts a page together. What is put into it is escaped. */
export type Pages = (name: string, facts: object) => string

/** The pages of the release, all of them read and compiled now, so that none is missing later. */
export async function openPages(municipality: string): Promise<Pages> {
  const eta = new Eta({ autoEscape: true, autoTrim: false })
  const folder = await releaseFolder('pages/', '.eta')
  for (const file of await readdir(folder)) {
    const page = await readFile(new URL(file, folder), 'utf8')
    eta.loadTemplate(`@${file.replace(/\.eta$/, '')}`, eta.compile(page))
  }
  return (name, facts) => eta.render(`@${name}`, { municipality, ...facts })
}

/** A folder beside this file in the release, found from both `src/console` and `dist/src/console`. */
export async function releaseFolder(name: string, ending: string): Promise<URL> {
  for (const path of ['./', '../../../src/console/']) {
    const folder = new URL(`${path}${name}`, import.meta.url)
    const files = await readdir(folder).catch(() => [])
    if (files.some((file) => file.endsWith(ending))) return folder
  }
  throw new Error(`The folder src/console/${name} is missing from this installation.`)
}

export const sendPage = (reply: FastifyReply, html: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').send(html)
