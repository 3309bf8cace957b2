/** Where the API is reached, and by which names. */
import { isLoopback } from '#contract/env.ts'

/** Addresses to listen on that stand for all of the machine, and where this machine itself reaches them. */
const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** An address as URLs have it: one of IPv6 is in brackets. */
const toHostname = (address: string): string => (address.includes(':') ? `[${address}]` : address)

/** The URL at which this machine reaches an API that listens on an address. */
export const toLocalUrl = (address: string, port: number): string =>
  `http://${toHostname(WILDCARDS[address] ?? address)}:${port}`

/** What a request may call this machine. */
export interface OwnNames {
  /** Further names, from REGISTRY_HOST_NAMES. */
  names: readonly string[]
  /** The address of this machine that the request reached. */
  address: string | undefined
}

/**
 * Whether a Host header names this machine: `localhost`, a loopback address, the address that the request reached, or a configured name. Other
 * names are refused, so that a web page cannot reach the API by letting its own name resolve to this machine (DNS rebinding).
 */
export function isOwnHost(host: string | undefined, { names, address = '' }: OwnNames): boolean {
  const { hostname } = URL.parse(`http://${host ?? ''}`) ?? { hostname: '' }
  // An address of IPv6 is in brackets.
  const named = hostname.replace(/^\[(.*)\]$/, '$1')
  // A socket of IPv6 that takes IPv4 as well reports ::ffff:192.0.2.1.
  const reached = address.replace(/^::ffff:(?=\d+\.)/, '')
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    isLoopback(named) ||
    (named !== '' && named === reached) ||
    names.includes(hostname)
  )
}
