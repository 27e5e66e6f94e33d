import type { ThreadDocument, ThreadImage } from '../../domain/thread-document.ts'
import { beChild, reasonOf } from '../processes/be-child.ts'
import { loadFonts } from './fonts.ts'
import type { ImageShown } from './page-message.ts'
import { isShowable, type Picture, pictureOf } from './pictures.ts'
import {
  type FromRenderProcess,
  type PdfaLevel,
  PICTURE_SIZE_MAX,
  PICTURES_MAX,
  type ToRenderProcess
} from './render-messages.ts'
import { textRuns } from './text-runs.ts'
import { threadCompiler } from './thread-compiler.ts'
import { threadPage } from './thread-page.ts'
import { threadTemplate } from './thread-template.ts'

// The process that renders: started by the pool, one document at a time, ended from outside.

const PICTURE_WIDTH_MAX = 12 // centimetres
const PICTURE_HEIGHT_MAX = 9 // centimetres; more than one fits on a page
const PICTURE_WIDTH_MIN = 0.5 // centimetres
const CENTIMETRES_PER_PIXEL = 2.54 / 96

const [fontConfig = ''] = process.argv.slice(2)
let prepared: ReturnType<typeof prepare> | undefined
let givePicture: (bytes: Uint8Array | undefined) => void = () => {}

process.on('message', (message: ToRenderProcess) => {
  if (message.kind === 'picture') givePicture(message.bytes)
  else render(message.document, message.level).then(say, (error) => say({ kind: 'failed', reason: reasonOf(error) }))
})
beChild()

function say(message: FromRenderProcess): void {
  process.send?.(message)
}

/** With the first document, so that what is missing on this machine is told as the reason why it failed. */
function prepare() {
  const fonts = loadFonts()
  return { fonts, text: textRuns(fonts.coverage), compiler: threadCompiler(fonts.folders, fontConfig) }
}

async function render(document: ThreadDocument, level: PdfaLevel): Promise<FromRenderProcess> {
  prepared ??= prepare()
  const { fonts, text, compiler } = prepared
  const { shown, files } = await preparePictures(document)
  const page = threadPage({ text, fonts: fonts.families, shown }, document)
  files.set('/thread.json', Buffer.from(JSON.stringify(page)))
  const { pdf, pages } = compiler.compile(threadTemplate, files, `a-${level}`)
  return { kind: 'rendered', pdf, pages, rss: process.memoryUsage.rss() }
}

/** Decides how each image is shown; a picture that stands in several places is fetched once. */
async function preparePictures(document: ThreadDocument) {
  const files = new Map<string, Uint8Array>()
  const shownBySha256 = new Map<string, ImageShown>()
  for (const image of document.messages.flatMap(({ images }) => images)) {
    if (shownBySha256.has(image.sha256)) continue
    const path = `/pictures/${files.size}.jpg`
    const picture = files.size < PICTURES_MAX ? await fetchPicture(image) : 'left-out'
    if (typeof picture === 'object') files.set(path, picture.jpeg)
    shownBySha256.set(image.sha256, typeof picture === 'object' ? placed(path, picture) : { state: picture })
  }
  const shown = ({ sha256 }: ThreadImage): ImageShown => shownBySha256.get(sha256) ?? { state: 'left-out' }
  return { files, shown }
}

async function fetchPicture({ sha256, mediaType, size }: ThreadImage): Promise<Picture | 'broken' | 'left-out'> {
  if (!isShowable(mediaType)) return 'broken'
  if (size > PICTURE_SIZE_MAX) return 'left-out'
  const bytes = await new Promise<Uint8Array | undefined>((resolve) => {
    givePicture = resolve
    say({ kind: 'picture-wanted', sha256 })
  })
  if (bytes === undefined) return 'left-out'
  return (await pictureOf(bytes)) ?? 'broken'
}

/** At its own size, not so small that nobody sees it, nor so large that it fills the page. */
function placed(path: string, { width, height, pages }: Picture): ImageShown {
  const own = Math.max(width * CENTIMETRES_PER_PIXEL, PICTURE_WIDTH_MIN)
  const largest = Math.min(PICTURE_WIDTH_MAX, (PICTURE_HEIGHT_MAX * width) / height)
  return { state: 'shown', path, width: Math.min(own, largest), firstOfSeveral: pages > 1 }
}
