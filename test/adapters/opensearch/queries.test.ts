import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import type { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { parseQueryText } from '#domain/matching/example.ts'
import type { CandidateFilter } from '#domain/search/port.ts'
import { example, person } from '../../domain/matching/people.ts'
import { deleteTestIndexes, describeWithOpenSearch, freshIndex } from './engine.ts'
import { EngineProxy } from './engine-proxy.ts'

const WARM_MS = 50
const ATTEMPTS = 5

/** Criteria that use every field. */
const PLAIN_CRITERIA = example({
  text: 'alexander j van den bergh stockholm',
  surname: 'Lindqvist',
  given_name: 'حسین Katharina',
  dob: '1961-04-12',
  document_number: 'AB1234567',
  details: { city: 'Malmö' },
})

const UNUSUAL_TEXTS: [what: string, text: string][] = [
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

/** Returns all criteria that a text can be part of. */
const toCriteria = (text: string): SearchCriteria[] => [
  parseQueryText(text),
  example({ text, surname: text, given_name: text, dob: text, document_number: text, details: { note: text } }),
]

/** Lists the paths of a value with the types at their ends, without values; list entries of the same shape are listed once. */
function shapes(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(shapes))].map(shape => `[]${shape}`)
  if (typeof value !== 'object' || value === null) return [`=${typeof value}`]
  return Object.entries(value).flatMap(([name, member]) => [
    `.${name}`,
    ...shapes(member).map(shape => `.${name}${shape}`),
  ])
}

const shapesIn = (body: string) =>
  new Set(
    body
      .trim()
      .split('\n')
      .flatMap(line => shapes(JSON.parse(line))),
  )

describeWithOpenSearch('a query to OpenSearch', endpoint => {
  let proxy: EngineProxy
  let index: OpenSearchIndex

  beforeAll(async () => {
    proxy = await new EngineProxy(endpoint).open()
    index = await freshIndex(new Cluster({ url: proxy.url }))
    const people = Array.from({ length: 500 }, (_, n) => ({
      id: `c${n}`,
      version: 1,
      person: person({ surname: `Lindqvist${n % 50}`, given_name: 'Marta', dob: `19${10 + (n % 80)}-04-12` }),
      past: [],
    }))
    await index.put(people, { visible: true })
    for (const examples of UNUSUAL_TEXTS.map(([, text]) => toCriteria(text))) await index.candidates(examples, 200)
  })
  afterAll(async () => {
    await proxy.close()
    await deleteTestIndexes()
  })

  async function captureBody(operation: () => Promise<unknown>): Promise<string> {
    proxy.sent.length = 0
    await operation()
    expect(proxy.sent).toHaveLength(1)
    return proxy.sent[0]?.body ?? ''
  }

  const FILTERS: CandidateFilter[] = [{}, { type: 'PERSON' }, { past: true }, { recall: 'low' }, { recall: 'typed' }]

  test.each(UNUSUAL_TEXTS)('for %s differs from one for plain words only in values', async (_what, text) => {
    for (const filter of FILTERS) {
      const plainShapes = shapesIn(await captureBody(() => index.candidates([PLAIN_CRITERIA], 200, filter)))
      const [first, second] = toCriteria(text)
      for (const criteria of [first, second]) {
        if (criteria === undefined) throw new Error('a text has two kinds of criteria')
        // Criteria without terms would send no request.
        const sent = shapesIn(await captureBody(() => index.candidates([criteria, PLAIN_CRITERIA], 200, filter)))
        expect([...sent].filter(shape => !plainShapes.has(shape))).toEqual([])
      }
    }
    const plainShapes = shapesIn(await captureBody(() => index.exact(['lindqvist'], 10, 'c1', 'PERSON')))
    const sent = shapesIn(
      await captureBody(() => index.exact(text.split(' '), 10, text.slice(0, 50), text.slice(0, 50))),
    )
    expect([...sent].filter(shape => !plainShapes.has(shape))).toEqual([])
  })

  test('contains no parsed text, script or expression', async () => {
    const body = await captureBody(() => index.candidates([PLAIN_CRITERIA], 200, { type: 'PERSON', past: true }))
    const names = [...shapesIn(body)].flatMap(shape => shape.split(/[.[\]=]+/))
    for (const kind of ['query_string', 'simple_query_string', 'script', 'regexp', 'wildcard', 'function_score'])
      expect(names).not.toContain(kind)
  })

  /** Returns the fastest of several responses in milliseconds, and stops when one is fast enough. */
  async function measureFastest(criteria: SearchCriteria, enoughMs: number): Promise<number> {
    let best = Number.POSITIVE_INFINITY
    for (let attempts = 0; attempts < ATTEMPTS && best >= enoughMs; attempts++) {
      const startedAt = performance.now()
      await index.candidates([criteria], 200)
      best = Math.min(best, performance.now() - startedAt)
    }
    return best
  }

  test.each(UNUSUAL_TEXTS)(
    'for %s is answered immediately, or on a busy machine hardly later than one for plain words',
    async (_what, text) => {
      const limitMs = Math.max(WARM_MS, 3 * (await measureFastest(PLAIN_CRITERIA, 0)))
      for (const criteria of toCriteria(text)) expect(await measureFastest(criteria, limitMs)).toBeLessThan(limitMs)
    },
  )
})
