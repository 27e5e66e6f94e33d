import exifReader from 'exif-reader'

interface Metadata {
  readonly exif?: Buffer
  readonly xmp?: Buffer
}

/** Whether EXIF or XMP tells where a picture was taken. What it says is not looked at. */
export const holdsPosition = ({ exif, xmp }: Metadata): boolean =>
  (exif !== undefined && exifHoldsPosition(exif)) ||
  (xmp !== undefined && /GPS(Latitude|Longitude|Coordinates)/.test(xmp.toString('latin1')))

function exifHoldsPosition(exif: Buffer): boolean {
  try {
    const { GPSInfo } = exifReader(exif)
    return GPSInfo?.GPSLatitude !== undefined || GPSInfo?.GPSLongitude !== undefined
  } catch {
    return false
  }
}
