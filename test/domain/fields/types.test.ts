import { describe, expect, test } from '@jest/globals'
import type { DefinitionState } from '#contract/schemas/definition.ts'
import { requestTypeBody } from '#contract/schemas/type.ts'
import { listTypes } from '#domain/fields/list-types.ts'
import { decideOnType, requestType } from '#domain/fields/types.ts'
import { TestLocation } from '#test/in-memory/test-location.ts'

/** Creates a location that has authorised these types. */
async function locationWithTypes(...names: string[]): Promise<TestLocation> {
  const location = new TestLocation()
  for (const name of names) {
    await requestType(location, location.context(), requestTypeBody.parse({ name }))
    await decideOnType(location, location.context(), name, 'authorise')
  }
  return location
}

async function pages(location: TestLocation, limit: number, state?: DefinitionState): Promise<string[][]> {
  const all: string[][] = []
  for (let after: string | null = null; ; ) {
    const { items, next } = await listTypes(location.lists, state, limit, after)
    all.push(items.map(({ name }) => name))
    if (next === null) return all
    after = next
  }
}

describe('the list of types', () => {
  test.each([
    [[], 1, [['PERSON'], ['INSTITUTION']]],
    [[], 2, [['PERSON', 'INSTITUTION']]],
    [['PARTNER'], 1, [['PERSON'], ['INSTITUTION'], ['PARTNER']]],
    [['PARTNER'], 2, [['PERSON', 'INSTITUTION'], ['PARTNER']]],
    [['AGENCY', 'PARTNER'], 3, [['PERSON', 'INSTITUTION', 'AGENCY'], ['PARTNER']]],
    [['AGENCY', 'PARTNER'], 9, [['PERSON', 'INSTITUTION', 'AGENCY', 'PARTNER']]],
  ])('with %j added, in pages of %d, is %j', async (names, limit, expected) => {
    expect(await pages(await locationWithTypes(...names), limit)).toEqual(expected)
  })

  test('has the built-in types only among the authorised', async () => {
    const location = await locationWithTypes('PARTNER')
    await requestType(location, location.context(), requestTypeBody.parse({ name: 'AGENCY' }))
    expect(await pages(location, 1, 'authorised')).toEqual([['PERSON'], ['INSTITUTION'], ['PARTNER']])
    expect(await pages(location, 1, 'requested')).toEqual([['AGENCY']])
    expect(await pages(location, 1, 'removed')).toEqual([[]])
  })
})
