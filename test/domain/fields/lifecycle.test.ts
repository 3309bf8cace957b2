import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { z } from 'zod'
import type { definitionState } from '#contract/schemas/definition.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { listConflicts } from '#domain/conflicts/list.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { listedField } from '#domain/fields/definition.ts'
import { authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { transition } from '#domain/fields/lifecycle.ts'
import { decideOnType, removeType, requestType } from '#domain/fields/types.ts'
import { Office } from '#test/in-memory/retention-fixtures.ts'

type State = z.infer<typeof definitionState>

const NAME = 'colour'
const asked = (said: object = {}) => requestFieldBody.parse({ name: NAME, type: 'text', ...said })

const steps = {
  request: (office: Office) => requestField(office, office.call(), asked()),
  authorise: (office: Office) => authoriseField(office.records, office.call('provider'), NAME),
  reject: (office: Office) => transition(office.records, office.call('provider'), 'field', NAME, 'reject'),
  remove: (office: Office) => transition(office.records, office.call('provider'), 'field', NAME, 'remove'),
}
type Step = keyof typeof steps

/** What a field is after steps; null: it is none. */
async function led(office: Office, ...taken: Step[]): Promise<State | null> {
  for (const step of taken) await steps[step](office)
  const row = await office.records.current('field', NAME, true)
  return row && listedField(row).state
}

let office: Office
beforeEach(() => {
  office = new Office()
})

describe('the life of a field', () => {
  test.each<[Step[], State]>([
    [['request'], 'requested'],
    [['request', 'request'], 'requested'],
    [['request', 'authorise'], 'authorised'],
    [['request', 'reject'], 'rejected'],
    [['request', 'reject', 'authorise'], 'authorised'],
    [['request', 'authorise', 'remove'], 'removed'],
    [['request', 'authorise', 'remove', 'authorise'], 'authorised'],
    [['request', 'authorise', 'remove', 'authorise', 'remove'], 'removed'],
  ])('%j makes it %s', async (taken, state) => {
    expect(await led(office, ...taken)).toBe(state)
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
  ])('after %j takes no %s', async (taken, step, why) => {
    const state = await led(office, ...taken)
    await expect(steps[step](office)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(why) })
    expect(await led(office)).toBe(state)
  })

  test('begins only where there is room: the 501st field is not asked for', async () => {
    for (let n = 1; n <= 500; n++) await requestField(office, office.call(), { ...asked(), name: `field_${n}` })
    await expect(steps.request(office)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('There are 500 fields'),
    })
    expect(await led(office)).toBeNull()
  })

  test.each(['authorise', 'reject', 'remove'] as const)('begins with a request: %s of none is 404', async step => {
    await expect(steps[step](office)).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('is kept as versions: who did what', async () => {
    await led(office, 'request', 'authorise', 'remove', 'authorise')
    expect(office.records.here('field', NAME).map(({ action, actor }) => [action, actor])).toEqual([
      ['create', 'agent'],
      ['update', 'provider'],
      ['delete', 'provider'],
      ['restore', 'provider'],
    ])
  })

  test('makes no version of the same request, and refuses another of the same name', async () => {
    await led(office, 'request', 'request')
    expect(office.records.size).toBe(1)
    await expect(requestField(office, office.call(), asked({ type: 'number' }))).rejects.toMatchObject({
      kind: 'conflict',
    })
  })
})

describe('a definition', () => {
  test.each<[string, object, string[]]>([
    ['a choice without choices', { type: 'choice' }, ['#/choices']],
    ['choices of another type', { choices: ['a'] }, ['#/choices']],
    ['a pattern of another type', { type: 'number', pattern: 'a' }, ['#/pattern']],
    ['a pattern that takes others for ever', { pattern: '(a+)+$' }, ['#/pattern']],
    ['what is sensitive, searched', { pii: 'sensitive', searchable: true }, ['#/searchable']],
    ['several', { type: 'date', pattern: '(', choices: ['a'] }, ['#/choices', '#/pattern', '#/pattern']],
  ])('with %s is refused, and nothing is kept', async (_, said, pointers) => {
    const refused = requestField(office, office.call(), asked(said))
    await expect(refused).rejects.toMatchObject({
      kind: 'invalid-input',
      faults: pointers.map(pointer => expect.objectContaining({ pointer })),
    })
    expect(office.records.size).toBe(0)
  })

  const patch = (said: Parameters<typeof patchField>[3]) =>
    patchField(office.records, office.call('provider'), NAME, said)

  test('can be changed in every member while it is requested', async () => {
    await led(office, 'request')
    const said = { type: 'choice', choices: ['red', 'blue'], label: 'Colour', required: true } as const
    expect(listedField(await patch({ ...said, choices: [...said.choices] }))).toMatchObject(said)
  })

  test.each(['authorise', 'remove'] as const)('has a fixed type once there may be values: after %s', async last => {
    await led(
      office,
      ...(last === 'remove' ? (['request', 'authorise', 'remove'] as const) : (['request', 'authorise'] as const)),
    )
    await expect(patch({ type: 'number' })).rejects.toMatchObject({ kind: 'conflict' })
    expect(listedField(await patch({ type: 'text', label: 'Colour', pattern: '\\w+' }))).toMatchObject({
      type: 'text',
      label: 'Colour',
      pattern: '\\w+',
    })
  })

  test('is checked with what it is already', async () => {
    await led(office, 'request', 'authorise')
    await patch({ searchable: true })
    await expect(patch({ pii: 'sensitive' })).rejects.toMatchObject({ kind: 'invalid-input' })
    expect(listedField(await patch({ pii: 'sensitive', searchable: false }))).toMatchObject({ pii: 'sensitive' })
  })

  test('that nothing is said of makes no version', async () => {
    await led(office, 'request')
    await patch({})
    await patch({ label: NAME, pattern: null })
    expect(office.records.size).toBe(1)
  })
})

describe('between two locations', () => {
  const heal = async (here: Office, there: Office) => {
    for (let round = 0; round < 2; round++) {
      await here.hear(there, 'field', NAME)
      await there.hear(here, 'field', NAME)
    }
  }
  const snapshotOf = async (at: Office) => (await at.records.current('field', NAME, true))?.snapshot

  test('the same request at both is one field, and no conflict', async () => {
    const [here, there] = [new Office('loc1'), new Office('loc2', 1000)]
    await led(here, 'request')
    await led(there, 'request')
    await heal(here, there)
    expect(await snapshotOf(here)).toEqual(await snapshotOf(there))
    expect((await listConflicts(here.records, 10, null)).items).toEqual([])
    expect(await led(there, 'authorise')).toBe('authorised')
  })

  test('a request made later elsewhere does not undo what was authorised, and is told as a conflict', async () => {
    const [here, there] = [new Office('loc1'), new Office('loc2', 1000)]
    await led(here, 'request', 'authorise')
    await requestField(there, there.call('bert'), asked({ type: 'number', label: 'Shade' }))
    await heal(here, there)
    for (const at of [here, there]) {
      expect((await at.definitions()).get(NAME)).toMatchObject({ state: 'authorised', type: 'text', label: NAME })
      const { items } = await listConflicts(at.records, 10, null)
      expect(items.map(({ field, kept, lost }) => [field, kept.value, lost.value]).sort()).toEqual([
        ['label', NAME, 'Shade'],
        ['type', 'text', 'number'],
      ])
    }
  })

  test('whatever is done at each, both end with the same field, which can be read', async () => {
    const step = fc.record({
      at: fc.boolean(),
      what: fc.constantFrom<Step[]>('request', 'authorise', 'reject', 'remove'),
    })
    const said = fc.record({ at: fc.boolean(), what: fc.constantFrom('label', 'searchable', 'hear') })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(step, said), { maxLength: 15 }), async history => {
        const [here, there] = [new Office('loc1'), new Office('loc2', 3)]
        for (const [n, { at, what }] of history.entries()) {
          const [one, other] = at ? [here, there] : [there, here]
          const refused = () => null
          if (what === 'hear') await one.hear(other, 'field', NAME)
          else if (what === 'label' || what === 'searchable')
            await patchField(
              one.records,
              one.call(),
              NAME,
              what === 'label' ? { label: `L${n}` } : { searchable: n % 2 > 0 },
            ).catch(refused)
          else await steps[what](one).catch(refused)
        }
        await heal(here, there)
        expect(await snapshotOf(here)).toEqual(await snapshotOf(there))
        const [known, elsewhere] = [await here.definitions(), await there.definitions()]
        expect([...known.all]).toEqual([...elsewhere.all])
      }),
      { numRuns: 150 },
    )
  })
})

describe('a type', () => {
  const CREATE = { surname: 'Amsel', type: 'PARTNER' }
  const create = async () =>
    createCustomer(office.records, office.call(), await office.definitions(), CREATE, undefined)
  const authorised = async () => {
    await requestType(office, office.call(), { name: 'PARTNER' })
    await decideOnType(office, office.call('provider'), 'PARTNER', 'authorise')
  }

  test('can be had once it is authorised', async () => {
    await expect(create()).rejects.toMatchObject({
      faults: [{ pointer: '#/type', detail: 'must be one of INSTITUTION, PERSON' }],
    })
    await requestType(office, office.call(), { name: 'PARTNER' })
    await expect(create()).rejects.toMatchObject({ kind: 'invalid-input' })
    await decideOnType(office, office.call('provider'), 'PARTNER', 'authorise')
    expect((await create()).customer.type).toBe('PARTNER')
  })

  test('that a customer has is not removed, and how many have it is told', async () => {
    await authorised()
    await create()
    await create()
    await expect(removeType(office, office.call('provider'), 'PARTNER')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('2 customers'),
    })
    expect((await create()).customer.type).toBe('PARTNER')
  })

  test('is asked for only where there is room: the 101st is not', async () => {
    for (let n = 1; n <= 100; n++) await requestType(office, office.call(), { name: `TYPE_${n}` })
    await expect(requestType(office, office.call(), { name: 'PARTNER' })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('There are 100 types'),
    })
    expect(office.records.size).toBe(100)
  })

  test('that nobody has is removed, and had no more; its customers elsewhere can still be looked for', async () => {
    await authorised()
    await removeType(office, office.call('provider'), 'PARTNER')
    await expect(create()).rejects.toMatchObject({ kind: 'invalid-input' })
    expect((await office.definitions()).types.has('PARTNER')).toBe(true)
  })

  test.each(['PERSON', 'INSTITUTION'])('that is built in stays as it is: %s', async name => {
    const decided = [
      () => requestType(office, office.call(), { name }),
      () => decideOnType(office, office.call(), name, 'reject'),
      () => removeType(office, office.call(), name),
    ]
    for (const decide of decided) await expect(decide()).rejects.toMatchObject({ kind: 'conflict' })
    expect(office.records.size).toBe(0)
  })
})
