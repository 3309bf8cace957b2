import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { z } from 'zod'
import type { definitionState } from '#contract/schemas/definition.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { listConflicts } from '#domain/conflicts/list.ts'
import { listedField } from '#domain/fields/definition.ts'
import { authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { transition } from '#domain/fields/lifecycle.ts'
import { TestLocation } from '#test/in-memory/test-location.ts'

type State = z.infer<typeof definitionState>

const NAME = 'colour'
const fieldRequest = (overrides: object = {}) => requestFieldBody.parse({ name: NAME, type: 'text', ...overrides })

const steps = {
  request: (location: TestLocation) => requestField(location, location.context(), fieldRequest()),
  authorise: (location: TestLocation) => authoriseField(location.records, location.context('provider'), NAME),
  reject: (location: TestLocation) =>
    transition(location.records, location.context('provider'), 'field', NAME, 'reject'),
  remove: (location: TestLocation) =>
    transition(location.records, location.context('provider'), 'field', NAME, 'remove'),
}
type Step = keyof typeof steps

/** Runs the steps and returns the state of the field, or null when it does not exist. */
async function runSteps(location: TestLocation, ...stepNames: Step[]): Promise<State | null> {
  for (const step of stepNames) await steps[step](location)
  const row = await location.records.current('field', NAME, true)
  return row && listedField(row).state
}

let location: TestLocation
beforeEach(() => {
  location = new TestLocation()
})

describe('a field', () => {
  test.each<[Step[], State]>([
    [['request'], 'requested'],
    [['request', 'request'], 'requested'],
    [['request', 'authorise'], 'authorised'],
    [['request', 'reject'], 'rejected'],
    [['request', 'reject', 'authorise'], 'authorised'],
    [['request', 'authorise', 'remove'], 'removed'],
    [['request', 'authorise', 'remove', 'authorise'], 'authorised'],
    [['request', 'authorise', 'remove', 'authorise', 'remove'], 'removed'],
  ])('after %j is %s', async (stepNames, state) => {
    expect(await runSteps(location, ...stepNames)).toBe(state)
  })

  test.each<[Step[], Step, string]>([
    [['request'], 'remove', 'colour is requested'],
    [['request', 'authorise'], 'authorise', 'colour is authorised'],
    [['request', 'authorise'], 'reject', 'colour is authorised'],
    [['request', 'authorise'], 'request', 'it is authorised'],
    [['request', 'reject'], 'reject', 'colour is rejected'],
    [['request', 'reject'], 'remove', 'colour is rejected'],
    [['request', 'reject'], 'request', 'it is rejected'],
    [['request', 'authorise', 'remove'], 'remove', 'colour is removed'],
    [['request', 'authorise', 'remove'], 'reject', 'colour is removed'],
  ])('after %j refuses %s', async (stepNames, step, reason) => {
    const state = await runSteps(location, ...stepNames)
    await expect(steps[step](location)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(reason),
    })
    expect(await runSteps(location)).toBe(state)
  })

  test('is refused when there are already 500', async () => {
    for (let n = 1; n <= 500; n++)
      await requestField(location, location.context(), { ...fieldRequest(), name: `field_${n}` })
    await expect(steps.request(location)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('There are 500 fields'),
    })
    expect(await runSteps(location)).toBeNull()
  })

  test.each(['authorise', 'reject', 'remove'] as const)(
    'that was never requested cannot be changed: %s throws not-found',
    async step => {
      await expect(steps[step](location)).rejects.toMatchObject({ kind: 'not-found' })
    },
  )

  test('keeps who did what as versions', async () => {
    await runSteps(location, 'request', 'authorise', 'remove', 'authorise')
    expect(location.records.versionsOf('field', NAME).map(({ action, actor }) => [action, actor])).toEqual([
      ['create', 'agent'],
      ['update', 'provider'],
      ['delete', 'provider'],
      ['restore', 'provider'],
    ])
  })

  test('requested twice makes one version, while another definition of the same name is refused', async () => {
    await runSteps(location, 'request', 'request')
    expect(location.records.size).toBe(1)
    await expect(requestField(location, location.context(), fieldRequest({ type: 'number' }))).rejects.toMatchObject({
      kind: 'conflict',
    })
  })
})

describe('a field definition', () => {
  test.each<[string, object, string[]]>([
    ['a choice without choices', { type: 'choice' }, ['#/choices']],
    ['choices of another type', { choices: ['a'] }, ['#/choices']],
    ['a pattern of another type', { type: 'number', pattern: 'a' }, ['#/pattern']],
    ['a pattern with exponential backtracking', { pattern: '(a+)+$' }, ['#/pattern']],
    ['a sensitive field that is searchable', { pii: 'sensitive', searchable: true }, ['#/searchable']],
    ['several of these', { type: 'date', pattern: '(', choices: ['a'] }, ['#/choices', '#/pattern', '#/pattern']],
  ])('with %s is refused and not stored', async (_, overrides, pointers) => {
    const request = requestField(location, location.context(), fieldRequest(overrides))
    await expect(request).rejects.toMatchObject({
      kind: 'invalid-input',
      faults: pointers.map(pointer => expect.objectContaining({ pointer })),
    })
    expect(location.records.size).toBe(0)
  })

  const patch = (changes: Parameters<typeof patchField>[3]) =>
    patchField(location.records, location.context('provider'), NAME, changes)

  test('can change in every member while it is requested', async () => {
    await runSteps(location, 'request')
    const changes = { type: 'choice', choices: ['red', 'blue'], label: 'Colour', required: true } as const
    expect(listedField(await patch({ ...changes, choices: [...changes.choices] }))).toMatchObject(changes)
  })

  test.each(['authorise', 'remove'] as const)('has a fixed type once values may exist: after %s', async last => {
    await runSteps(
      location,
      ...(last === 'remove' ? (['request', 'authorise', 'remove'] as const) : (['request', 'authorise'] as const)),
    )
    await expect(patch({ type: 'number' })).rejects.toMatchObject({ kind: 'conflict' })
    expect(listedField(await patch({ type: 'text', label: 'Colour', pattern: '\\w+' }))).toMatchObject({
      type: 'text',
      label: 'Colour',
      pattern: '\\w+',
    })
  })

  test('is validated together with its stored members', async () => {
    await runSteps(location, 'request', 'authorise')
    await patch({ searchable: true })
    await expect(patch({ pii: 'sensitive' })).rejects.toMatchObject({ kind: 'invalid-input' })
    expect(listedField(await patch({ pii: 'sensitive', searchable: false }))).toMatchObject({ pii: 'sensitive' })
  })

  test('makes no version when nothing changes', async () => {
    await runSteps(location, 'request')
    await patch({})
    await patch({ label: NAME, pattern: null })
    expect(location.records.size).toBe(1)
  })
})

describe('a field at two locations', () => {
  const exchange = async (loc1: TestLocation, loc2: TestLocation) => {
    for (let round = 0; round < 2; round++) {
      await loc1.receiveFrom(loc2, 'field', NAME)
      await loc2.receiveFrom(loc1, 'field', NAME)
    }
  }
  const getSnapshot = async (location: TestLocation) => (await location.records.current('field', NAME, true))?.snapshot

  test('requested equally at both is one field without a conflict', async () => {
    const [loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2', 1000)]
    await runSteps(loc1, 'request')
    await runSteps(loc2, 'request')
    await exchange(loc1, loc2)
    expect(await getSnapshot(loc1)).toEqual(await getSnapshot(loc2))
    expect((await listConflicts(loc1.records, 10, null)).items).toEqual([])
    expect(await runSteps(loc2, 'authorise')).toBe('authorised')
  })

  test('authorised at one is not undone by a later request at the other, which shows as a conflict', async () => {
    const [loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2', 1000)]
    await runSteps(loc1, 'request', 'authorise')
    await requestField(loc2, loc2.context('bert'), fieldRequest({ type: 'number', label: 'Shade' }))
    await exchange(loc1, loc2)
    for (const at of [loc1, loc2]) {
      expect((await at.definitions()).get(NAME)).toMatchObject({ state: 'authorised', type: 'text', label: NAME })
      const { items } = await listConflicts(at.records, 10, null)
      expect(items.map(({ field, kept, lost }) => [field, kept.value, lost.value]).sort()).toEqual([
        ['label', NAME, 'Shade'],
        ['type', 'text', 'number'],
      ])
    }
  })

  test('is equal and readable at both after any changes', async () => {
    const step = fc.record({
      at: fc.boolean(),
      what: fc.constantFrom<Step[]>('request', 'authorise', 'reject', 'remove'),
    })
    const change = fc.record({ at: fc.boolean(), what: fc.constantFrom('label', 'searchable', 'hear') })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(step, change), { maxLength: 15 }), async history => {
        const [loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2', 3)]
        for (const [n, { at, what }] of history.entries()) {
          const [actor, peer] = at ? [loc1, loc2] : [loc2, loc1]
          const ignoreRefusal = () => null
          if (what === 'hear') await actor.receiveFrom(peer, 'field', NAME)
          else if (what === 'label' || what === 'searchable')
            await patchField(
              actor.records,
              actor.context(),
              NAME,
              what === 'label' ? { label: `L${n}` } : { searchable: n % 2 > 0 },
            ).catch(ignoreRefusal)
          else await steps[what](actor).catch(ignoreRefusal)
        }
        await exchange(loc1, loc2)
        expect(await getSnapshot(loc1)).toEqual(await getSnapshot(loc2))
        const [definitions, otherDefinitions] = [await loc1.definitions(), await loc2.definitions()]
        expect([...definitions.all]).toEqual([...otherDefinitions.all])
      }),
      { numRuns: 150 },
    )
  })
})
