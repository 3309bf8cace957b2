/** The part of an address that identifies its holder: a whole /64 in IPv6, since its holder may use all of it. */
export function ipPrefix(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [front = '', back] = address.split('::')
  const groups = front.split(':').filter(group => group !== '')
  const rest = back === undefined ? [] : back.split(':').filter(group => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}
