/** Which of its format's versions an image says that it is (M702), for the formats that have them. */
export function imageVersion(bytes: Buffer, mediaType: string): string | undefined {
  switch (mediaType) {
    case 'image/jpeg':
      return jpegVersion(bytes)
    case 'image/gif':
      return `GIF${bytes.toString('latin1', 3, 6)}`
    case 'image/apng':
      return 'APNG'
    default:
      return undefined
  }
}

function jpegVersion(bytes: Buffer): string | undefined {
  const name = bytes.toString('latin1', 6, 10)
  if (name === 'JFIF') return `JFIF ${bytes[11]}.${String(bytes[12]).padStart(2, '0')}`
  return name === 'Exif' ? 'Exif' : undefined
}
