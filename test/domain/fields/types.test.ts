import { describe, expect, test } from '@jest/globals'
import type { DefinitionState } from '#contract/schemas/definition.ts'
import { requestTypeBody } from '#contract/schemas/type.ts'
import { listTypes } from '#domain/fields/list-types.ts'
import { decideOnType, requestType } from '#domain/fields/types.ts'
import { Office } from '#test/in-memory/retention-fixtures.ts'

/** An office that has authorised these types. */
async function officeWith(...names: string[]): Promise<Office> {
  const office = new Office()
  for (const name of names) {
    await requestType(office, office.call(), requestTypeBody.parse({ name }))
    await decideOnType(office, office.call(), name, 'authorise')
  }
  return office
}

async function pages(office: Office, limit: number, state?: DefinitionState): Promise<string[][]> {
  const all: string[][] = []
  for (let after: string | null = null; ; ) {
    const { items, next } = await listTypes(office.lists, state, limit, after)
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
  ])('with %j beside the built-in ones, %d a page, is %j', async (names, limit, expected) => {
    expect(await pages(await officeWith(...names), limit)).toEqual(expected)
  })

  test('has the built-in ones among the authorised alone', async () => {
    const office = await officeWith('PARTNER')
    await requestType(office, office.call(), requestTypeBody.parse({ name: 'AGENCY' }))
    expect(await pages(office, 1, 'authorised')).toEqual([['PERSON'], ['INSTITUTION'], ['PARTNER']])
    expect(await pages(office, 1, 'requested')).toEqual([['AGENCY']])
    expect(await pages(office, 1, 'removed')).toEqual([[]])
  })
})
