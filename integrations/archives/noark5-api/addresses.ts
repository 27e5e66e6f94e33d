import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'

/**
 * The address an href stands for. Ours is the only origin that gets tokens: another is rewritten to ours where the
 * dialect is known to name it wrongly, and refused otherwise.
 */
export function addressOf(href: string, base: URL, namesOtherOrigins: boolean): URL {
  const url = parse(href, base)
  if (url.origin !== base.origin) {
    if (!namesOtherOrigins) throw elsewhere()
    url.protocol = base.protocol
    url.host = base.host
    // Assigning a host without a port keeps the old port.
    url.port = base.port
  }
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

/**
 * The address where tokens are issued. It gets passwords, so its origin is the archive's or one that the settings name;
 * where the dialect is known to name origins wrongly, any other means the archive's.
 */
export function loginAddressOf(href: string, base: URL, allowed: string | undefined, namesOtherOrigins: boolean): URL {
  const url = parse(href, base)
  if (allowed !== undefined && url.origin === new URL(allowed).origin) return url
  if (url.origin === base.origin || namesOtherOrigins) return addressOf(href, base, namesOtherOrigins)
  throw new ArchiveFailure(
    'config',
    'Arkivet viser til en innlogging på en annen vert. Sett N5TG_LOGIN_URL til den hvis den er riktig.'
  )
}

function parse(href: string, base: URL): URL {
  if (!URL.canParse(href, base.href)) throw elsewhere()
  const url = new URL(href, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw elsewhere()
  return url
}

const elsewhere = () =>
  new ArchiveFailure('config', 'Arkivet viser til en adresse på en annen vert. Kontroller N5TG_URL og N5TG_DIALECT.')
