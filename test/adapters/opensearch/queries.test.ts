import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import type { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { parseQueryText } from '#domain/matching/example.ts'
import type { CandidateFilter } from '#domain/search/port.ts'
import { example, person } from '../../domain/matching/people.ts'
import { describeWithOpenSearch, freshIndex, sweep } from './engine.ts'
import { Way } from './tcp-proxy.ts'

const WARM_MS = 50
const TRIES = 5

/** Looks for everything there is to look for. */
const PLAIN = example({
  text: 'alexander j van den bergh stockholm',
  surname: 'Lindqvist',
  given_name: 'حسین Katharina',
  dob: '1961-04-12',
  document_number: 'AB1234567',
  details: { city: 'Malmö' },
})

const NASTY: [what: string, text: string][] = [
  ['everything', '*:*'],
  ['a field and an expression', 'name:/.*/ AND now.word:(a OR b)'],
  ['a script', '{"script":{"source":"1"}}'],
  ['the end of a query', '"}}]}}}\n{"index":"*"}\n{"query":{"match_all":{}}}'],
  ['a prototype', '__proto__ constructor {"__proto__":{"a":1}}'],
  ['zero-width letters', 'Lind\u200bqvist\u200d \ufeff'],
  ['emoji', '😀 👨‍👩‍👧‍👦 Lindqvist'],
  ['ten thousand letters', 'x'.repeat(10_000)],
  ['three thousand words', Array.from({ length: 3000 }, (_, n) => `word${n}`).join(' ')],
  ['long words', Array.from({ length: 40 }, (_, n) => `abcdefghij${n}klmn`).join(' ')],
  ['digits', '1234567890 '.repeat(500)],
]

/** Every way in which a text may be asked for. */
const asked = (text: string): SearchCriteria[] => [
  parseQueryText(text),
  example({ text, surname: text, given_name: text, dob: text, document_number: text, details: { note: text } }),
]

/** What a query is made of: each member with what is in it, values left out; of a list, the different things in it. */
function shapes(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(shapes))].map(shape => `[]${shape}`)
  if (typeof value !== 'object' || value === null) return [`=${typeof value}`]
  return Object.entries(value).flatMap(([name, inside]) => [`.${name}`, ...shapes(inside).map(one => `.${name}${one}`)])
}

const shapesIn = (body: string) =>
  new Set(
    body
      .trim()
      .split('\n')
      .flatMap(line => shapes(JSON.parse(line))),
  )

describeWithOpenSearch('what is sent to OpenSearch', endpoint => {
  let way: Way
  let index: OpenSearchIndex

  beforeAll(async () => {
    way = await new Way(endpoint).open()
    index = await freshIndex(new Cluster({ url: way.url }))
    const people = Array.from({ length: 500 }, (_, n) => ({
      id: `c${n}`,
      version: 1,
      person: person({ surname: `Lindqvist${n % 50}`, given_name: 'Marta', dob: `19${10 + (n % 80)}-04-12` }),
      past: [],
    }))
    await index.put(people, { visible: true })
    for (const examples of NASTY.map(([, text]) => asked(text))) await index.candidates(examples, 200)
  })
  afterAll(async () => {
    await way.close()
    await sweep()
  })

  async function bodyOf(ask: () => Promise<unknown>): Promise<string> {
    way.sent.length = 0
    await ask()
    expect(way.sent).toHaveLength(1)
    return way.sent[0]?.body ?? ''
  }

  const WANTED: CandidateFilter[] = [{}, { type: 'PERSON' }, { past: true }, { recall: 'low' }, { recall: 'typed' }]

  test.each(NASTY)('for %s differs from what is sent for plain words in values alone', async (_what, text) => {
    for (const wanted of WANTED) {
      const known = shapesIn(await bodyOf(() => index.candidates([PLAIN], 200, wanted)))
      const [first, second] = asked(text)
      for (const one of [first, second]) {
        if (one === undefined) throw new Error('there are two ways of asking')
        // Where nothing is left to look for, nothing is sent.
        const sent = shapesIn(await bodyOf(() => index.candidates([one, PLAIN], 200, wanted)))
        expect([...sent].filter(shape => !known.has(shape))).toEqual([])
      }
    }
    const known = shapesIn(await bodyOf(() => index.exact(['lindqvist'], 10, 'c1', 'PERSON')))
    const sent = shapesIn(await bodyOf(() => index.exact(text.split(' '), 10, text.slice(0, 50), text.slice(0, 50))))
    expect([...sent].filter(shape => !known.has(shape))).toEqual([])
  })

  test('holds no text that is parsed, no script and no expression', async () => {
    const body = await bodyOf(() => index.candidates([PLAIN], 200, { type: 'PERSON', past: true }))
    const names = [...shapesIn(body)].flatMap(shape => shape.split(/[.[\]=]+/))
    for (const kind of ['query_string', 'simple_query_string', 'script', 'regexp', 'wildcard', 'function_score'])
      expect(names).not.toContain(kind)
  })

  /** The soonest of some answers, in milliseconds; there are no more once one came in time. */
  async function soonest(one: SearchCriteria, enough: number): Promise<number> {
    let best = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < TRIES && best >= enough; tries++) {
      const from = performance.now()
      await index.candidates([one], 200)
      best = Math.min(best, performance.now() - from)
    }
    return best
  }

  test.each(NASTY)(
    'for %s is answered at once, or where the machine is busy, hardly later than for plain words',
    async (_what, text) => {
      for (const one of asked(text)) {
        const best = await soonest(one, WARM_MS)
        if (best >= WARM_MS) expect(best).toBeLessThan(3 * (await soonest(PLAIN, 0)))
        else expect(best).toBeLessThan(WARM_MS)
      }
    },
  )
})
