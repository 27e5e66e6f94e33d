/** A decoder of HEIC, whose pictures are compressed with HEVC; the one in sharp does not know that. */
export interface Heif {
  readonly version: string
  /** RGBA of the primary picture, turned as the file says. Throws when it cannot be decoded. */
  decode(bytes: Uint8Array): Promise<{ data: Uint8ClampedArray; width: number; height: number }>
}

// What we use of libheif-js, which has no types of its own.
interface LibHeif {
  heif_get_version(): string
  HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] }
}
interface HeifImage {
  is_primary(): boolean
  get_width(): number
  get_height(): number
  display(target: Pixels, done: (drawn: Pixels | null) => void): void
  free(): void
}
interface Pixels {
  data: Uint8ClampedArray
  width: number
  height: number
}

const PACKAGE = 'libheif-js/wasm-bundle.js'

/** Undefined when the optional package is not installed. */
export async function openHeif(): Promise<Heif | undefined> {
  const loaded = (await import(PACKAGE).catch(() => undefined)) as { default: LibHeif } | undefined
  if (!loaded) return undefined
  const library = loaded.default
  return {
    version: `libheif ${library.heif_get_version()}`,
    async decode(bytes) {
      const images = new library.HeifDecoder().decode(bytes)
      try {
        const image = images.find((one) => one.is_primary()) ?? images[0]
        if (!image) throw new Error('No picture')
        const [width, height] = [image.get_width(), image.get_height()]
        const data = new Uint8ClampedArray(width * height * 4)
        const drawn = await new Promise<Pixels | null>((done) => image.display({ data, width, height }, done))
        if (!drawn) throw new Error('The picture cannot be decoded')
        return { data, width, height }
      } finally {
        for (const image of images) image.free()
      }
    }
  }
}
