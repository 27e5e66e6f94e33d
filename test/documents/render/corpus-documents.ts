import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { platforms } from '../../../integrations/index.ts'
import { composeThread } from '../../../src/domain/compose-thread.ts'
import { Refused } from '../../../src/domain/errors.ts'
import type { InquiryContent } from '../../../src/domain/inquiry.ts'
import type { ThreadDocument } from '../../../src/domain/thread-document.ts'
import { outcome } from '../../integrations/platforms/payloads.ts'
import { corpus } from '../../support/material.ts'
import { message, type pictures, thread } from './thread-maker.ts'

export interface NamedDocument {
  readonly name: string
  readonly document: ThreadDocument
}

const MESSAGES_MAX = 60

const municipality = {
  name: 'Brattvik kommune',
  administrativEnhet: 'Servicetorget',
  saksansvarlig: 'Ufordelt',
  language: 'nn'
} as const

/** Every post of the corpus, all its text, each naughty string alone, and every picture and file beside them. */
export function corpusDocuments(image: ReturnType<typeof pictures>['image']): readonly NamedDocument[] {
  const texts = filesIn(corpus()).filter((path) => /\.(json|sse|txt|xml|yml)$/.test(path))
  const naughty: readonly string[] = JSON.parse(readFileSync(corpus('text/blns-even.json'), 'utf8'))
  return [
    ...texts.flatMap(posts),
    ...texts.flatMap((path) => of(basename(path), stringsOf(readFileSync(path, 'utf8')))),
    ...naughty.flatMap((text, index) => of(`naughty string ${index}`, [text])),
    ...filesIn(corpus('media')).map((path) => ({ name: basename(path), document: withFile(path, image) }))
  ]
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => `${folder}/${name}`)
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))

/** What our integrations read of a payload, as the service composes it. */
function posts(path: string): readonly NamedDocument[] {
  const platform = platforms.find(({ name }) => path.startsWith(corpus(`${name}/`)))
  if (!platform || extname(path) !== '.json') return []
  const content = outcome(platform, JSON.parse(readFileSync(path, 'utf8')))
  return content instanceof Refused ? [] : [{ name: `post in ${basename(path)}`, document: composed(content) }]
}

const composed = (content: InquiryContent): ThreadDocument =>
  composeThread(
    {
      ...content,
      id: '0199a1b2-0000-7000-8000-000000000001',
      direction: 'incoming',
      attachments: [],
      mark: { by: 'moderator', reason: 'Må saksbehandles', at: new Date('2026-11-22T13:20:00Z') },
      receivedAt: new Date('2026-11-22T13:21:00Z'),
      receivedBy: 'key:servicetorget',
      received: { mediaType: 'application/json', sha256: 'ab'.repeat(32), secretsBlanked: 1, size: 2345 }
    },
    municipality
  )

/** The strings of a payload, or the whole text when it is none. */
function stringsOf(text: string): readonly string[] {
  try {
    return [...new Set(stringsIn(JSON.parse(text)))].filter((one) => one !== '').slice(0, MESSAGES_MAX)
  } catch {
    return [text]
  }
}

const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

const of = (name: string, texts: readonly string[]): readonly NamedDocument[] =>
  texts.length === 0
    ? []
    : [
        {
          name,
          document: thread({
            title: texts[0]?.slice(0, 500) ?? '',
            messages: texts.map((text, index) =>
              message({ role: index === 0 ? 'marked' : 'context', depth: index % 8, text, notes: [text.slice(0, 200)] })
            )
          })
        }
      ]

const mediaTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.heif': 'image/heif'
}

function withFile(path: string, image: ReturnType<typeof pictures>['image']): ThreadDocument {
  const shown = image(readFileSync(path), mediaTypes[extname(path)] ?? 'application/octet-stream', basename(path))
  const { sha256, mediaType, size } = shown
  return thread({
    messages: [message({ role: 'marked', images: [shown] })],
    files: [{ name: basename(path), mediaType, size, sha256 }]
  })
}
