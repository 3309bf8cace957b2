import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { NO_COUNTS, NONE_KEPT, RetentionFixture, toCounts } from './fixtures.ts'

let engine: TestEngine
let fixture: RetentionFixture
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  fixture = new RetentionFixture(engine.tables())
  await fixture.clear()
})

describe('a due customer', () => {
  test('has not changed for longer than the policy allows', async () => {
    const [old, touched] = [await fixture.create({ surname: 'Old' }), await fixture.create({ surname: 'Touched' })]
    fixture.advanceClock({ days: 29 })
    await fixture.patch(touched, { given_name: 'Anew' })
    expect(toCounts(await fixture.run())).toEqual(NO_COUNTS)
    fixture.advanceClock({ days: 2 })
    expect(await fixture.run()).toMatchObject({
      due: 1,
      expired: 1,
      marked: 1,
      removed: 1,
      kept: NONE_KEPT,
      finished: true,
    })
    expect([await fixture.versions(old), await fixture.state(old)]).toEqual([0, null])
    expect([await fixture.versions(touched), await fixture.state(touched)]).toEqual([2, 'active'])
  })

  test('follows the period of its type, when there is one', async () => {
    const [person, firm] = [
      await fixture.create({ surname: 'P', type: 'PERSON' }),
      await fixture.create({ surname: 'F', type: 'INSTITUTION' }),
    ]
    fixture.advanceClock({ days: 20 })
    fixture.policy = { days: null, types: { INSTITUTION: 10 } }
    expect((await fixture.run()).removed).toBe(1)
    expect([await fixture.state(person), await fixture.state(firm)]).toEqual(['active', null])
    fixture.advanceClock({ days: 10_000 })
    expect(toCounts(await fixture.run())).toEqual(NO_COUNTS)
  })

  test('is counted by a dry run, which changes nothing', async () => {
    await fixture.create({ surname: 'Old' })
    fixture.advanceClock({ days: 31 })
    const before = await Promise.all(Object.values(fixture.tables.names).map(name => fixture.rows(name)))
    expect(await fixture.run({ dry: true })).toMatchObject({ due: 1, expired: 0, dry_run: true, kept: NONE_KEPT })
    expect(await Promise.all(Object.values(fixture.tables.names).map(name => fixture.rows(name)))).toEqual(before)
  })

  test('stays while held and is purged at once after the release, which is not an activity', async () => {
    const id = await fixture.create({ surname: 'Held' })
    fixture.advanceClock({ days: 25 })
    await holdCustomer(fixture.records, fixture.context(), id, { reason: 'a court asked' })
    fixture.advanceClock({ days: 10 })
    expect(toCounts(await fixture.run())).toEqual({ ...NO_COUNTS, due: 1, held: 1 })
    expect(await fixture.state(id)).toBe('active')
    await releaseCustomer(fixture.records, fixture.context(), id)
    expect((await fixture.run()).removed).toBe(1)
    expect(await fixture.versions(id)).toBe(0)
  })

  test('is purged once the hold has ended', async () => {
    const id = await fixture.create({ surname: 'Held' })
    await holdCustomer(fixture.records, fixture.context(), id, {
      reason: 'a court asked',
      until: contextAt(40 * 86_400).now,
    })
    fixture.advanceClock({ days: 39 })
    expect((await fixture.run()).kept.held).toBe(1)
    fixture.advanceClock({ days: 2 })
    expect((await fixture.run()).removed).toBe(1)
  })

  test('stays for another period after a change during the hold', async () => {
    const id = await fixture.create({ surname: 'Held' })
    await holdCustomer(fixture.records, fixture.context(), id, { reason: 'a court asked' })
    fixture.advanceClock({ days: 25 })
    await fixture.patch(id, { given_name: 'Anew' })
    await releaseCustomer(fixture.records, fixture.context(), id)
    fixture.advanceClock({ days: 10 })
    expect(toCounts(await fixture.run())).toEqual(NO_COUNTS)
  })

  test('is purged together with the customers merged with it, once all of them are due', async () => {
    const ids = [
      await fixture.create({ surname: 'Twin', dob: '1970' }),
      await fixture.create({ surname: 'Twin' }),
    ].sort()
    const [survivor = '', merged = ''] = ids
    await fixture.decide([survivor, merged], 'same')
    fixture.advanceClock({ days: 20 })
    await fixture.patch(survivor, { given_name: 'Anew' })
    fixture.advanceClock({ days: 20 })
    expect(toCounts(await fixture.run())).toEqual({ ...NO_COUNTS, due: 1, merged: 1 })
    expect([await fixture.state(survivor), await fixture.state(merged)]).toEqual(['active', 'merged'])
    fixture.advanceClock({ days: 20 })
    expect((await fixture.run()).removed).toBe(2)
    expect([await fixture.versions(survivor), await fixture.versions(merged)]).toEqual([0, 0])
  })

  test('stays while a customer merged with it is held', async () => {
    const ids = [await fixture.create({ surname: 'Twin' }), await fixture.create({ surname: 'Twin' })].sort()
    await fixture.decide([ids[0] ?? '', ids[1] ?? ''], 'same')
    await holdCustomer(fixture.records, fixture.context(), ids[1] ?? '', { reason: 'a court asked' })
    fixture.advanceClock({ days: 31 })
    expect(toCounts(await fixture.run())).toEqual({ ...NO_COUNTS, due: 2, held: 2 })
  })
})
