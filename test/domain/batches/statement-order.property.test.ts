import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BatchSource } from './source.ts'

type Fields = Partial<Record<'given_name' | 'dob' | 'document_number', string | null>>
type Step = { who: 'people' | 'agent'; fields: Fields }

const values = fc.option(fc.constantFrom('1', '2'), { freq: 3 })
const dates = fc.option(fc.constantFrom('1985', '1986'), { freq: 3 })
const fieldArbitraries = { given_name: values, dob: dates, document_number: values }
const steps = (requiredKeys: ('given_name' | 'dob' | 'document_number')[]) =>
  fc.array(
    fc.record({
      who: fc.constantFrom('people' as const, 'people' as const, 'agent' as const),
      fields: fc.record(fieldArbitraries, { requiredKeys }),
    }),
    { minLength: 2, maxLength: 8, size: 'max' },
  )

/**
 * The expected customer after statements of a source and changes by agents, field by field: a statement sets only the fields that it
 * changes.
 */
function applySteps(history: readonly Step[]): Fields {
  let state: Fields = { given_name: null, dob: null, document_number: null }
  let statement: Fields = {}
  for (const { who, fields } of history) {
    const changes = who === 'agent' ? fields : changedFields(fields, statement)
    if (who !== 'agent') statement = { ...statement, ...fields }
    state = { ...state, ...changes }
  }
  return state
}

const changedFields = (fields: Fields, statement: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => (statement[field as keyof Fields] ?? null) !== value),
  )

async function play(history: readonly Step[]): Promise<Fields> {
  const source = new BatchSource()
  const first = history.find(({ who }) => who !== 'agent')
  const id = await source.sendAndGetId({ id: '1', surname: 'Lee', ...first?.fields })
  for (const { who, fields } of history) {
    if (who === 'agent') await source.patch(id, fields)
    else await source.send([{ id: '1', surname: 'Lee', ...fields }], who)
  }
  const { given_name, dob, document_number } = await source.customer(id)
  return { given_name, dob, document_number }
}

/** Drops the steps before the first statement of the source, which creates the customer. */
const fromFirstStatement = (history: readonly Step[]): Step[] => {
  const first = history.findIndex(({ who }) => who !== 'agent')
  return first < 0 ? [] : history.slice(first)
}

describe('statements of a source between changes by agents', () => {
  test('with all fields set only the fields that differ from the statement before', async () => {
    await fc.assert(
      fc.asyncProperty(steps(['given_name', 'dob', 'document_number']).map(fromFirstStatement), async history => {
        fc.pre(history.length > 0)
        expect(await play(history)).toEqual(applySteps(history))
      }),
      { numRuns: 300 },
    )
  })

  test('with some fields left out set only the fields that differ from the statement before', async () => {
    await fc.assert(
      fc.asyncProperty(steps([]).map(fromFirstStatement), async history => {
        fc.pre(history.length > 0)
        expect(await play(history)).toEqual(applySteps(history))
      }),
      { numRuns: 300 },
    )
  })
})
