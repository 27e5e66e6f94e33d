import sharp, { type Sharp } from 'sharp'

type Written = (picture: Sharp) => Sharp

const exif =
  (IFD3: Record<string, string>, IFD0: Record<string, string> = {}): Written =>
  (picture) =>
    picture.withExif({ IFD0, IFD3 })

const xmp =
  (attributes: string, elements = ''): Written =>
  (picture) =>
    picture.withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      ${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta>`)

const latitude = { GPSLatitudeRef: 'N', GPSLatitude: '59/1 54/1 0/1' }
const longitude = { GPSLongitudeRef: 'E', GPSLongitude: '10/1 44/1 0/1' }

const telling: Readonly<Record<string, Written>> = {
  'EXIF with a position': exif({ ...latitude, ...longitude }),
  'EXIF with a latitude': exif(latitude),
  'EXIF with a position south and west': exif({ ...latitude, GPSLatitudeRef: 'S', ...longitude, GPSLongitudeRef: 'W' }),
  'XMP with a position': xmp('exif:GPSLatitude="59,54.5N" exif:GPSLongitude="10,44.8E"'),
  'XMP with a position in elements': xmp('', '<exif:GPSLatitude>59,54.5N</exif:GPSLatitude>'),
  'EXIF without and XMP with': (picture) => xmp('exif:GPSLatitude="59,54.5N"')(exif({}, { Make: 'Kamera' })(picture))
}

const silent: Readonly<Record<string, Written>> = {
  'no metadata': (picture) => picture,
  'EXIF of a camera': exif({}, { Make: 'Kamera', Model: 'GPS 3000', DateTime: '2026:01:12 09:30:00' }),
  'EXIF that tells when, not where': exif({ GPSVersionID: '2 3 0 0', GPSDateStamp: '2026:01:12' }),
  'EXIF that tells which way': exif({ GPSImgDirectionRef: 'T', GPSImgDirection: '90/1' }),
  'EXIF with a caption about a position': exif({}, { ImageDescription: 'GPSLatitude er fjernet' }),
  'XMP with a caption about GPS': xmp('dc:source="Tatt uten GPS" exif:GPSVersionID="2.3.0.0"'),
  'XMP with a caption that names the field': xmp('dc:source="GPSLatitude er fjernet"')
}

const formats = ['jpeg', 'png', 'webp', 'avif'] as const

export interface PositionPicture {
  readonly name: string
  readonly tells: boolean
  readonly make: () => Promise<Buffer>
}

/** Pictures that tell where they were taken, and some that only look so, in the formats that platforms hand out. */
export const positionPictures: readonly PositionPicture[] = [
  { tells: true, ways: telling },
  { tells: false, ways: silent }
].flatMap(({ tells, ways }) =>
  Object.entries(ways).flatMap(([name, write]) =>
    formats.map((format) => ({
      name: `${format}: ${name}`,
      tells,
      make: () =>
        write(
          sharp({ create: { width: 8, height: 8, channels: 3, background: '#1f4b78' } }).toFormat(format)
        ).toBuffer()
    }))
  )
)
