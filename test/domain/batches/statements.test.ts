import { describe, expect, test } from '@jest/globals'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { BatchSource } from './source.ts'

const LEE: BatchRow = { id: '1', surname: 'Lee', given_name: 'Ann', dob: '1985', document_number: null }

/** Sends Ann Lee as a source, then corrects the surname and the document number as an agent. */
async function createCorrectedLee(): Promise<{ source: BatchSource; id: string }> {
  const source = new BatchSource()
  const id = await source.sendAndGetId(LEE)
  await source.patch(id, { surname: 'Leigh', document_number: 'X 7' })
  return { source, id }
}

describe('a source whose data an agent corrected', () => {
  test('changes nothing by repeating its last statement', async () => {
    const { source, id } = await createCorrectedLee()
    expect(await source.outcomes(LEE)).toEqual(['unchanged'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7' })
    expect(source.records.size).toBe(2)
  })

  test('can change one field without touching the correction of another', async () => {
    const { source, id } = await createCorrectedLee()
    expect(await source.outcomes({ ...LEE, dob: '1986' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7', dob: '1986' })
  })

  test('can change a field twice without touching the correction of another', async () => {
    const { source, id } = await createCorrectedLee()
    await source.outcomes({ ...LEE, dob: '1986' })
    expect(await source.outcomes({ ...LEE, dob: '1987' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7', dob: '1987' })
  })

  test('overrides the correction when it sends a new value for the corrected field', async () => {
    const { source, id } = await createCorrectedLee()
    expect(await source.outcomes({ ...LEE, surname: 'Li' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Li', document_number: 'X 7' })
  })

  test('clears a field that it set before, and leaves one that it never set', async () => {
    const { source, id } = await createCorrectedLee()
    await source.outcomes({ ...LEE, dob: null })
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', document_number: 'X 7', dob: null })
  })

  test('leaves a field unchanged when it omits it', async () => {
    const { source, id } = await createCorrectedLee()
    await source.outcomes({ id: '1', given_name: 'Anna' })
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh', given_name: 'Anna', dob: '1985' })
  })

  test('agrees with the correction once it sends the same value', async () => {
    const { source, id } = await createCorrectedLee()
    const corrected = { ...LEE, surname: 'Leigh' }
    await source.outcomes(corrected)
    expect(await source.outcomes(corrected)).toEqual(['unchanged'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Leigh' })
  })

  test('is refused for a deleted customer, unless it repeats its last statement', async () => {
    const { source, id } = await createCorrectedLee()
    await source.delete(id)
    expect(await source.outcomes(LEE)).toEqual(['unchanged'])
    expect(await source.outcomes({ ...LEE, dob: '1986' })).toEqual(['refused'])
    expect(await source.customer(id)).toMatchObject({ state: 'deleted', dob: '1985' })
  })

  test('is refused when the customer would have no name', async () => {
    const source = new BatchSource()
    const id = await source.sendAndGetId({ id: '1', surname: 'Lee' })
    expect(await source.outcomes({ id: '1', surname: null })).toEqual(['refused'])
    expect(await source.customer(id)).toMatchObject({ surname: 'Lee' })
  })

  test('may reorder its members without changing anything', async () => {
    const source = new BatchSource()
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

  test('is changed by its rows in their order', async () => {
    const source = new BatchSource()
    expect(await source.outcomes(...rows)).toEqual(['created', 'created', 'updated', 'unchanged'])
    const id = await source.sendAndGetId({ ...LEE, dob: '1986' })
    expect(await source.customer(id)).toMatchObject({ dob: '1986' })
    expect(source.records.size).toBe(3)
  })

  test.each([
    ['ends differently', ['1985', '1986']],
    ['ends with a repeated value', ['1985', '1986', '1986']],
    ['never changes', ['1985', '1985']],
    ['changes several times', ['1985', '1986', '1987']],
  ])('is not changed by sending a batch again whose value %s', async (_name, dates) => {
    const source = new BatchSource()
    const batch = dates.map(dob => ({ ...LEE, dob }))
    await source.send(batch)
    const { size } = source.records
    expect(await source.send(batch)).toMatchObject({ created: 0, updated: 0, unchanged: dates.length })
    expect(source.records.size).toBe(size)
  })
})
