/** Words in names that many people share and many lists leave out. They carry little evidence, and joining them costs nothing. */
const PARTICLES: ReadonlySet<string> = new Set(
  `al el ul ad ar as an at az bin ibn ben bint binti abu abou umm abd van von der den de het ter ten te da das do dos
  di du del della delle degli des la le les lo los las y e i san santa st saint mc mac o zu zum zur af av bar bat ap
  haji hajj hajji sheikh shaikh shaykh sayyid sayed syed mullah mulla maulana maulavi ustad al-haj president
  jr sr ii iii iv junior senior`.split(/\s+/),
)

/** Whether a normalised word is a particle, a rank or a generation rather than a name. */
export function isParticle(word: string): boolean {
  return PARTICLES.has(word)
}
