import { describe, expect, test } from '@jest/globals'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { Source } from './source.ts'

const LEE: BatchRow = { id: '1', surname: 'Lee', given_name: 'Ann', dob: '1985', document_number: null }

/** A source that sent Ann Lee, whose surname and document number an agent corrected since. */
async function corrected(): Promise<{ source: Source; id: string }> {
  const source = new Source()
  const id = await source.idOf(LEE)
  await source.patch(id, { surname: 'Leigh', document_number: 'X 7' })
  return { source, id }
}

describe('a source and an agent', () => {
  test('that says what it last said changes nothing: the correction stays', async () => {
    const { source, id } = await corrected()
    expect(await source.outcomes(LEE)).toEqual(['unchanged'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7' })
    expect(source.records.size).toBe(2)
  })

  test('that says something new of one field leaves the correction of another', async () => {
    const { source, id } = await corrected()
    expect(await source.outcomes({ ...LEE, dob: '1986' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7', dob: '1986' })
  })

  test('that says something new twice leaves the correction both times', async () => {
    const { source, id } = await corrected()
    await source.outcomes({ ...LEE, dob: '1986' })
    expect(await source.outcomes({ ...LEE, dob: '1987' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7', dob: '1987' })
  })

  test('that says something new of the corrected field is believed', async () => {
    const { source, id } = await corrected()
    expect(await source.outcomes({ ...LEE, surname: 'Li' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Li', document_number: 'X 7' })
  })

  test('that clears what it said clears it, and what it never said it leaves', async () => {
    const { source, id } = await corrected()
    await source.outcomes({ ...LEE, dob: null })
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7', dob: null })
  })

  test('that leaves a field out says nothing of it', async () => {
    const { source, id } = await corrected()
    await source.outcomes({ id: '1', given_name: 'Anna' })
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', given_name: 'Anna', dob: '1985' })
  })

  test('that comes to say what the agent said agrees from then on', async () => {
    const { source, id } = await corrected()
    const agreeing = { ...LEE, surname: 'Leigh' }
    await source.outcomes(agreeing)
    expect(await source.outcomes(agreeing)).toEqual(['unchanged'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh' })
  })

  test('that speaks of a deleted customer is refused, unless it says what it last said', async () => {
    const { source, id } = await corrected()
    await source.delete(id)
    expect(await source.outcomes(LEE)).toEqual(['unchanged'])
    expect(await source.outcomes({ ...LEE, dob: '1986' })).toEqual(['refused'])
    expect(await source.customer(id)).toMatchObject({ state: 'deleted', dob: '1985' })
  })

  test('that would leave a customer without a name is refused', async () => {
    const source = new Source()
    const id = await source.idOf({ id: '1', surname: 'Lee' })
    expect(await source.outcomes({ id: '1', surname: null })).toEqual(['refused'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Lee' })
  })

  test('that writes its members in another order says the same', async () => {
    const source = new Source()
    await source.outcomes({ id: '1', surname: 'Lee', details: {}, dob: '1985' })
    expect(await source.outcomes({ dob: '1985', id: '1', surname: 'Lee' })).toEqual(['unchanged'])
  })
})

describe('one customer several times in a batch', () => {
  const rows = [
    { ...LEE, dob: '1985' },
    { id: '2', surname: 'Park' },
    { ...LEE, dob: '1986' },
    { ...LEE, dob: '1986' },
  ]

  test('is changed by its rows one after the other', async () => {
    const source = new Source()
    expect(await source.outcomes(...rows)).toEqual(['created', 'created', 'updated', 'unchanged'])
    const id = await source.idOf({ ...LEE, dob: '1986' })
    expect(await source.customer(id)).toMatchObject({ dob: '1986' })
    expect(source.records.size).toBe(3)
  })

  test.each([
    ['ends once', ['1985', '1986']],
    ['ends twice', ['1985', '1986', '1986']],
    ['is the same throughout', ['1985', '1985']],
    ['goes through several', ['1985', '1986', '1987']],
  ])('is not changed by the same batch again, where what is said %s', async (_name, dates) => {
    const source = new Source()
    const batch = dates.map(dob => ({ ...LEE, dob }))
    await source.send(batch)
    const { size } = source.records
    expect(await source.send(batch)).toMatchObject({ created: 0, updated: 0, unchanged: dates.length })
    expect(source.records.size).toBe(size)
  })
})
