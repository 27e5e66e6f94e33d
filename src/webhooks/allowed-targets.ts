import { BlockList, isIP } from 'node:net'
import { Refused } from '../domain/errors.ts'

/** Which addresses may be called. */
export interface AllowedTargets {
  /** Throws Refused('webhook-url-not-allowed') for what is refused by its looks, before any name is looked up. */
  checkUrl(url: string): URL
  /** Whether an address that a name leads to may be called under that name. */
  mayCall(host: string, address: string): boolean
}

/** What is not on the internet, or is not one machine there (IANA's registries of special addresses). */
const notPublic4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4'
]
/** Of IPv6 only this is handed out, and in it these are special: tunnels hide an IPv4 address. */
const public6 = ['2000::/3']
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const loopback = listOf(['127.0.0.0/8', '::1/128'])
const closed = listOf([...notPublic4, ...notPublic6])
const open6 = listOf(public6)

/**
 * Public addresses, and the private ones that `privateTargets` names: hosts, addresses and networks (CIDR), with commas
 * between. Throws RangeError for an entry that is none of them.
 */
export function allowedTargets(privateTargets = ''): AllowedTargets {
  const entries = privateTargets.split(',').flatMap((entry) => entry.trim().toLowerCase() || [])
  const networks = listOf(entries.filter((entry) => isIP(entry.split('/')[0] ?? '') !== 0))
  const names = entries.filter((entry) => isIP(entry.split('/')[0] ?? '') === 0)
  for (const name of names) if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(name)) throw new RangeError(name)
  const isPrivateAllowed = (host: string, address: string) => names.includes(host) || holds(networks, address)
  const mayCall = (host: string, address: string) => isPublic(address) || isPrivateAllowed(host, address)

  return {
    mayCall,
    checkUrl(text) {
      const url = parsed(text)
      if (url.username !== '' || url.password !== '') throw refused('Adressen kan ikke ha brukernavn eller passord.')
      const host = hostOf(url)
      const isLoopback = host === 'localhost' || holds(loopback, host)
      const isOwn = isLoopback && isPrivateAllowed(host, isIP(host) === 0 ? '127.0.0.1' : host)
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isOwn)) {
        throw refused('Adressen skal begynne med https://.')
      }
      if (isIP(host) !== 0 && !mayCall(host, host)) throw notOnInternet()
      if (isLocalName(host) && !isOwn && !names.includes(host)) throw notOnInternet()
      return url
    }
  }
}

/** The host as it is looked up: lower case, in ASCII, without the brackets of IPv6 and the dot of the root. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

/** Names that lead nowhere on the internet (RFC 6761, RFC 8375). */
const isLocalName = (host: string): boolean =>
  isIP(host) === 0 && (!host.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(host))

function parsed(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw refused('Adressen kan ikke leses.')
  }
}

/** An IPv4 address in the clothes of IPv6 is what it is. */
function isPublic(address: string): boolean {
  const version = isIP(address)
  if (version === 0 || address.includes('%') || holds(closed, address)) return false
  return version === 4 || holds(open6, address) || isMapped(address)
}

const isMapped = (address: string): boolean => holds(mapped, address)
const mapped = listOf(['::ffff:0:0/96'])

function holds(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix, ...rest] = network.split('/')
    const version = isIP(address)
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix)
    if (version === 0 || rest.length > 0 || prefix === '') throw new RangeError(network)
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

const refused = (detail: string) =>
  new Refused('webhook-url-not-allowed', `${detail} Ingenting er lagret. Rett «url» og send på nytt.`, [
    { pointer: '/url', detail: 'kan ikke kalles' }
  ])

const notOnInternet = () =>
  refused('Adressen er ikke på internett. Skal den likevel kalles, må driften sette WEBHOOK_PRIVATE_TARGETS.')
