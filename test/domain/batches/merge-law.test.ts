import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Source } from './source.ts'

type Fields = Partial<Record<'given_name' | 'dob' | 'document_number', string | null>>
type Step = { who: 'people' | 'agent'; fields: Fields }

const values = fc.option(fc.constantFrom('1', '2'), { freq: 3 })
const dates = fc.option(fc.constantFrom('1985', '1986'), { freq: 3 })
const all = { given_name: values, dob: dates, document_number: values }
const steps = (requiredKeys: ('given_name' | 'dob' | 'document_number')[]) =>
  fc.array(
    fc.record({
      who: fc.constantFrom('people' as const, 'people' as const, 'agent' as const),
      fields: fc.record(all, { requiredKeys }),
    }),
    { minLength: 2, maxLength: 8, size: 'max' },
  )

/** What a customer is after statements of a source and changes by agents, told field by field: a source is heard where it says something new. */
function merged(history: readonly Step[]): Fields {
  let state: Fields = { given_name: null, dob: null, document_number: null }
  let said: Fields = {}
  for (const { who, fields } of history) {
    const heard = who === 'agent' ? fields : news(fields, said)
    if (who !== 'agent') said = { ...said, ...fields }
    state = { ...state, ...heard }
  }
  return state
}

const news = (fields: Fields, said: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([field, value]) => (said[field as keyof Fields] ?? null) !== value))

async function played(history: readonly Step[]): Promise<Fields> {
  const source = new Source()
  const first = history.find(({ who }) => who !== 'agent')
  const id = await source.idOf({ id: '1', surname: 'Lee', ...first?.fields })
  for (const { who, fields } of history) {
    if (who === 'agent') await source.patch(id, fields)
    else await source.send([{ id: '1', surname: 'Lee', ...fields }], who)
  }
  const { given_name, dob, document_number } = await source.customer(id)
  return { given_name, dob, document_number }
}

/** From the first statement of the source on, which makes the customer. */
const begun = (history: readonly Step[]): Step[] => {
  const first = history.findIndex(({ who }) => who !== 'agent')
  return first < 0 ? [] : history.slice(first)
}

describe('statements of a source between changes by agents', () => {
  test('of whole rows are heard where they say something new, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(steps(['given_name', 'dob', 'document_number']).map(begun), async history => {
        fc.pre(history.length > 0)
        expect(await played(history)).toEqual(merged(history))
      }),
      { numRuns: 300 },
    )
  })

  test('of rows that leave some fields out are heard where they say something new, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(steps([]).map(begun), async history => {
        fc.pre(history.length > 0)
        expect(await played(history)).toEqual(merged(history))
      }),
      { numRuns: 300 },
    )
  })
})
