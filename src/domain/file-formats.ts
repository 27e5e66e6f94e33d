/** What Noark and the archive call a kind of file, by its media type. */
export interface FileFormat {
  /** Of file names: the first is the one that we give, the others are right too. */
  readonly extensions: readonly [string, ...string[]]
  /** Short form, as Fiks Arkiv's examples have it. */
  readonly format: string // M701
  /** In the PRONOM registry, for a deposit; `av/0` is unknown (Noark 5 v5.5, chapter 2.7). */
  readonly puid: string
  /** Whether files of it may be handed over for keeping (riksarkivarens forskrift § 5-17, list of 2022). */
  readonly isArchiveFormat: boolean
}

const kept = (format: string, puid: string, ...extensions: FileFormat['extensions']): FileFormat => ({
  ...{ extensions, format, puid },
  isArchiveFormat: true
})
const other = (format: string, puid: string, ...extensions: FileFormat['extensions']): FileFormat => ({
  ...{ extensions, format, puid },
  isArchiveFormat: false
})

const unknown = other('BIN', 'av/0', 'bin')
const openXml = 'application/vnd.openxmlformats-officedocument'
const openDocument = 'application/vnd.oasis.opendocument'

const formats: Readonly<Record<string, FileFormat>> = {
  'image/jpeg': kept('JPEG', 'fmt/43', 'jpg', 'jpeg', 'jpe', 'jfif'),
  'image/png': kept('PNG', 'fmt/11', 'png'),
  'image/apng': kept('PNG', 'fmt/11', 'png', 'apng'),
  'image/tiff': kept('TIFF', 'fmt/353', 'tif', 'tiff'),
  'image/jp2': kept('JP2', 'x-fmt/392', 'jp2'),
  'image/gif': other('GIF', 'fmt/4', 'gif'),
  'image/webp': other('WEBP', 'fmt/566', 'webp'),
  'image/avif': other('AVIF', 'av/0', 'avif', 'avifs'),
  'image/heic': other('HEIC', 'fmt/1101', 'heic', 'heif', 'hif'),
  'image/heif': other('HEIF', 'fmt/1101', 'heif', 'heic', 'hif'),
  'image/heic-sequence': other('HEIC', 'fmt/1101', 'heic', 'heics', 'heif'),
  'image/heif-sequence': other('HEIF', 'fmt/1101', 'heif', 'heifs', 'heic'),
  'image/bmp': other('BMP', 'fmt/116', 'bmp', 'dib'),
  'image/svg+xml': other('SVG', 'fmt/92', 'svg'),
  'image/jxl': other('JXL', 'av/0', 'jxl'),
  // What a PDF is archived as follows from what it says of itself: see `pdfFormats`.
  'application/pdf': other('PDF', 'fmt/276', 'pdf'),
  'video/mp4': kept('MP4', 'fmt/199', 'mp4', 'm4v'),
  'video/x-m4v': kept('MP4', 'fmt/199', 'm4v', 'mp4'),
  'video/mpeg': kept('MPEG', 'fmt/640', 'mpg', 'mpeg'),
  'video/matroska': kept('MKV', 'fmt/569', 'mkv'),
  'image/mj2': kept('MJ2', 'fmt/337', 'mj2'),
  'video/quicktime': other('MOV', 'x-fmt/384', 'mov', 'qt'),
  'video/webm': other('WEBM', 'fmt/573', 'webm'),
  'video/vnd.avi': other('AVI', 'fmt/5', 'avi'),
  'video/3gpp': other('3GP', 'fmt/357', '3gp'),
  'audio/mpeg': kept('MP3', 'fmt/134', 'mp3'),
  'audio/wav': kept('WAV', 'fmt/6', 'wav'),
  'audio/flac': kept('FLAC', 'fmt/279', 'flac'),
  'audio/ogg': other('OGG', 'fmt/203', 'ogg', 'oga'),
  'audio/ogg; codecs=opus': other('OPUS', 'fmt/946', 'opus', 'ogg', 'oga'),
  'audio/mp4': other('M4A', 'fmt/199', 'm4a', 'mp4'),
  'audio/x-m4a': other('M4A', 'fmt/199', 'm4a', 'mp4'),
  'audio/aac': other('AAC', 'av/0', 'aac'),
  'audio/amr': other('AMR', 'fmt/356', 'amr'),
  'text/plain': kept('TXT', 'x-fmt/111', 'txt'),
  'text/html': kept('HTML', 'fmt/471', 'html', 'htm'),
  'application/xml': kept('XML', 'fmt/101', 'xml'),
  'application/json': kept('JSON', 'fmt/817', 'json'),
  [`${openXml}.wordprocessingml.document`]: kept('DOCX', 'fmt/412', 'docx'),
  [`${openXml}.spreadsheetml.sheet`]: kept('XLSX', 'fmt/214', 'xlsx'),
  [`${openXml}.presentationml.presentation`]: kept('PPTX', 'fmt/215', 'pptx'),
  [`${openDocument}.text`]: kept('ODT', 'fmt/291', 'odt'),
  [`${openDocument}.spreadsheet`]: kept('ODS', 'fmt/295', 'ods'),
  [`${openDocument}.presentation`]: kept('ODP', 'fmt/293', 'odp'),
  'application/zip': kept('ZIP', 'x-fmt/263', 'zip'),
  'application/x-tar': kept('TAR', 'x-fmt/265', 'tar'),
  'application/x-cfb': other('OLE2', 'fmt/111', 'doc', 'xls', 'ppt', 'msg'),
  'application/rtf': other('RTF', 'fmt/355', 'rtf')
}

/** PDF/A levels that may be handed over, and their PUIDs; PDF/A-3 only by agreement. */
export const archivedPdfLevels: Readonly<Record<string, string>> = {
  '1a': 'fmt/95',
  '1b': 'fmt/354',
  '2a': 'fmt/476',
  '2b': 'fmt/477',
  '2u': 'fmt/478'
}

/** The format of a media type; of one that nobody knows, files keep no other name than `bin`. */
export const fileFormat = (mediaType: string): FileFormat => formats[mediaType] ?? unknown

/** What a file's name says that it is, undefined when the name says nothing that we know. */
function formatNamed(fileName: string): FileFormat | undefined {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase()
  return Object.values(formats).find(({ extensions: [own] }) => own === extension)
}

// Text is written in many formats that bytes do not tell; so are packages of XML, which are ZIP.
const containers: Readonly<Record<string, RegExp>> = {
  'text/plain': /^(JSON|HTML|XML|SVG)$/,
  'application/zip': /^(DOCX|XLSX|PPTX|OD[TSP])$/
}

/** The format that a file's name claims, when its bytes are of another one. */
export function claimedFormat(fileName: string, mediaType: string): string | undefined {
  const named = formatNamed(fileName)
  const { extensions } = fileFormat(mediaType)
  if (!named || extensions.some((extension) => fileName.toLowerCase().endsWith(`.${extension}`))) return undefined
  return containers[mediaType]?.test(named.format) ? undefined : named.format
}
