/**
 * Compares how two words sound.
 *
 * Source: Editex (Zobel and Dart, "Phonetic string matching", 1996): an edit distance in which letters of one phonetic group cost less to
 * substitute. Here it compares sounds rather than letters, so that `sh`, `kh` and `tsch` are one sound each, with costs for the usual
 * differences between transliterations. The codes for blocking follow Soundex (Russell, 1918), without its fixed first letter.
 */

/** Spellings of sounds, the longest first. A sound is one character: S is sh, C is ch, J is zh or dzh, X is kh. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['tsch', 'C'],
  ['dsch', 'J'],
  ['shch', 'S'],
  ['sch', 'S'],
  ['tch', 'C'],
  ['dzh', 'J'],
  ['dj', 'J'],
  ['ch', 'C'],
  ['cz', 'C'],
  ['sh', 'S'],
  ['sz', 'S'],
  ['zh', 'J'],
  ['kh', 'X'],
  ['gh', 'X'],
  ['ph', 'f'],
  ['th', 't'],
  ['dh', 'd'],
  ['bh', 'b'],
  ['jh', 'J'],
  ['rh', 'r'],
  ['wh', 'w'],
  ['ck', 'k'],
  ['qu', 'kw'],
  ['ts', 's'],
  ['tz', 's'],
  ['ou', 'u'],
  ['oo', 'u'],
  ['ee', 'i'],
  ['eo', 'o'],
  ['eu', 'u'],
  ['ae', 'a'],
  ['oe', 'o'],
  ['ue', 'u'],
  ['ce', 'se'],
  ['ci', 'si'],
  ['cy', 'sy'],
  ['x', 'ks'],
  ['q', 'k'],
  ['c', 'k'],
  ['j', 'J'],
]

/** Spellings at the start of a word only: Chinese in pinyin and in Wade–Giles. */
const AT_START: readonly (readonly [string, string])[] = [
  ['hsi', 'Si'],
  ['hsu', 'Su'],
  ['x', 'S'],
]

const BY_FIRST = new Map<string, (readonly [string, string])[]>()
for (const spelling of SPELLINGS) {
  const first = spelling[0].charAt(0)
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), spelling])
}

/** The sounds of a normalised word; repeated sounds count once. */
export function sounds(word: string): string {
  let out = ''
  for (let i = 0; i < word.length; ) {
    const here = i
    const table = here === 0 ? (AT_START.find(([letters]) => word.startsWith(letters)) ?? null) : null
    const spelling = table ?? BY_FIRST.get(word.charAt(i))?.find(([letters]) => word.startsWith(letters, here))
    const [letters, sound] = spelling ?? [word.charAt(i), word.charAt(i)]
    out += out.endsWith(sound) ? '' : sound
    i += letters.length
  }
  return out
}

const VOWELS = 'aeiou'
const SOUNDS = 'aeioubcdfghjklmnpqrstvwxyzSCJX0123456789'

/** The cost of substituting one sound for another, by pair. All others cost 1; two vowels that are not listed cost VOWEL. */
const NEAR = `ie3 ou3 ae3 ao4 yi1 ye3 wu1 wo2 vw1 fv3 fw4 bp3 dt3 gk3 Xk2 Xh2 Xg3 hk6 hg5 sz2 sS3 SC3 CJ4 Jy4 Jz3 SJ5 sC4 zS4
gJ4 Ct6 Ck5 lr5 mn5 bv4 zd6 ks7 SX6`
const VOWEL = 0.5

const indexOf = new Uint8Array(128).fill(SOUNDS.length)
for (let i = 0; i < SOUNDS.length; i++) indexOf[SOUNDS.charCodeAt(i)] = i
const SIZE = SOUNDS.length + 1

/** Substitution and deletion costs; one set for words as written, and one for words whose script omits vowels. */
interface Costs {
  exchange: Float64Array
  drop: Float64Array
}

function costs(vowel: number, glide: number, h: number, unwritten: boolean): Costs {
  const exchange = new Float64Array(SIZE * SIZE).fill(1)
  const drop = new Float64Array(SIZE).fill(1)
  const set = (a: string, b: string, cost: number) => {
    exchange[SOUNDS.indexOf(a) * SIZE + SOUNDS.indexOf(b)] = cost
    exchange[SOUNDS.indexOf(b) * SIZE + SOUNDS.indexOf(a)] = cost
  }
  for (const a of VOWELS) for (const b of VOWELS) set(a, b, Math.min(VOWEL, vowel))
  for (const pair of NEAR.split(/\s+/)) set(pair.charAt(0), pair.charAt(1), Number(pair.charAt(2)) / 10)
  for (const a of SOUNDS) set(a, a, 0)
  // Letters that are a d in Arabic are a z in Persian and Urdu: Ramadan, Ramazan.
  if (unwritten) set('z', 'd', 0.2)
  if (unwritten)
    for (const letter of VOWELS) for (const carrier of 'ywv') set(letter, carrier, carrier === 'v' ? 2 * glide : glide)
  for (const a of VOWELS) drop[SOUNDS.indexOf(a)] = vowel
  for (const a of 'yw') drop[SOUNDS.indexOf(a)] = glide
  drop[SOUNDS.indexOf('h')] = h
  return { exchange, drop }
}

/** The least cost of a sound that only one of two words has, as they are written. */
const MIN_DROP = 0.4
const WRITTEN = costs(0.6, 0.5, MIN_DROP, false)
const UNWRITTEN = costs(0.1, 0.15, 0.3, true)

const ROWS = 64
/** Costs of converting the sounds so far of one word to each beginning of the other's. */
const row = new Float64Array(ROWS)
/** The other word's sounds, and what each costs to add. */
const targets = new Uint8Array(ROWS)
const adding = new Float64Array(ROWS)

/** The cost of converting one word's sounds to another's; infinity if it is more than `most`. Only the first 63 sounds are compared. */
function distance(a: string, b: string, { exchange, drop }: Costs, most: number): number {
  const [m, n] = [Math.min(a.length, ROWS - 1), Math.min(b.length, ROWS - 1)]
  row[0] = 0
  for (let j = 1; j <= n; j++) {
    const to = indexOf[b.charCodeAt(j - 1)] ?? 0
    const cost = drop[to] ?? 1
    targets[j] = to
    adding[j] = cost
    row[j] = (row[j - 1] ?? 0) + cost
  }
  for (let i = 1; i <= m; i++) {
    const from = indexOf[a.charCodeAt(i - 1)] ?? 0
    const dropFrom = drop[from] ?? 1
    const costs = from * SIZE
    let diagonal: number = row[0] ?? 0
    let left = diagonal + dropFrom
    row[0] = left
    let least = left
    for (let j = 1; j <= n; j++) {
      const above = row[j] ?? 0
      const exchanged = diagonal + (exchange[costs + (targets[j] ?? 0)] ?? 1)
      const dropped = above + dropFrom
      const added = left + (adding[j] ?? 1)
      left = exchanged < dropped ? exchanged : dropped
      if (added < left) left = added
      row[j] = left
      diagonal = above
      if (left < least) least = left
    }
    // No cost is negative: the rest cannot be cheaper.
    if (least > most) return Number.POSITIVE_INFINITY
  }
  return row[n] ?? 0
}

/** Scripts that omit vowels still write a leading vowel: the similarity subtracted if only one word has one. */
const LED_BY_VOWEL = 0.12

const leadsWithVowel = (word: string) => VOWELS.includes(word.charAt(0))

/** Greater than the error of a sum of costs. */
const ROUNDING = 1e-9

/**
 * The similarity of two words by their `sounds`, 0 to 1.
 *
 * @param consonantal either was written without vowels.
 * @param least a lower similarity than this may be returned as 0.
 */
export function soundSimilarity(a: string, b: string, consonantal: boolean, least = 0): number {
  const longest = Math.max(a.length, b.length)
  if (longest === 0) return 0
  const most = 1 - least + ROUNDING
  if (!consonantal) return Math.max(0, 1 - distance(a, b, WRITTEN, most * longest) / longest)
  const led = leadsWithVowel(a) === leadsWithVowel(b) ? 0 : LED_BY_VOWEL
  const length = (a.length + b.length) / 2
  return Math.max(0, 1 - led - distance(a, b, UNWRITTEN, most * length) / length)
}

/** The greatest similarity that words with so many sounds may have, if neither was written without vowels. */
export function maxSoundSimilarity(a: number, b: number): number {
  const longest = Math.max(a, b)
  return longest === 0 ? 0 : 1 - (MIN_DROP * (Math.min(longest, ROWS - 1) - Math.min(a, b, ROWS - 1))) / longest
}

const CLASSES: ReadonlyMap<string, string> = new Map(
  ['bpP', 'fvF', 'dtT', 'gkXqcK', 'szSCJS', 'lL', 'rR', 'mM', 'nN'].flatMap(group =>
    [...group.slice(0, -1)].map(sound => [sound, group.slice(-1)] as const),
  ),
)

/** A blocking key by sounds: classes of consonants, and whether a vowel leads. */
export function soundCode(soundsOfWord: string): string {
  let code = leadsWithVowel(soundsOfWord) ? 'A' : ''
  for (const sound of soundsOfWord) {
    const symbol = sound === 'w' ? 'F' : (CLASSES.get(sound) ?? '')
    if (!code.endsWith(symbol) || symbol === '') code += symbol
  }
  return code
}

/** A coarser blocking key that also suits scripts without vowels: no v or w (they may stand for u), and no leading vowel. */
export function skeleton(soundsOfWord: string): string {
  let code = ''
  for (const sound of soundsOfWord) {
    const symbol = sound === 'v' ? '' : (CLASSES.get(sound) ?? '')
    if (!code.endsWith(symbol) || symbol === '') code += symbol
  }
  return code
}
