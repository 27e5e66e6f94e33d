import exifReader from 'exif-reader'

interface Metadata {
  readonly exif?: Buffer
  readonly xmp?: Buffer
}

/** A property, as an attribute or an element; in a caption it is only a word. */
const XMP_POSITION = /:GPS(?:Latitude|Longitude|Coordinates)\s*[=>]/

/** Whether EXIF or XMP tells where a picture was taken. What it says is not looked at. */
export const holdsPosition = ({ exif, xmp }: Metadata): boolean =>
  (exif !== undefined && exifHoldsPosition(exif)) || (xmp !== undefined && XMP_POSITION.test(xmp.toString('latin1')))

function exifHoldsPosition(exif: Buffer): boolean {
  try {
    const { GPSInfo } = exifReader(exif)
    return GPSInfo?.GPSLatitude !== undefined || GPSInfo?.GPSLongitude !== undefined
  } catch {
    return false
  }
}
