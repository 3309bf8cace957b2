import { beforeEach, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { knowledge } from '#domain/locations/location-status.ts'
import { isProvisional } from '#domain/locations/provisional.ts'
import { forgetLocation } from '#domain/locations/remove-location.ts'
import { locationsReport } from '#domain/locations/report.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const DISPUTE = { field: 'surname', kept: 'k', lost: 'l' }

/** A location that hears of others when a test says so. */
class Place {
  readonly locations = new MemoryLocationStore()
  readonly records = new MemoryRecordStore()
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  async beatAt(second: number) {
    await sendHeartbeat(this, { location: this.name, now: timeAt(second) }, await knowledge(this))
  }

  async hears(other: Place, second: number): Promise<void> {
    for (const heartbeat of await other.locations.heartbeats())
      if (heartbeat.name === other.name) {
        await this.locations.putHeartbeat(heartbeat)
        await this.locations.recordArrival(heartbeat.name, heartbeat.sent, timeAt(second))
      }
  }

  isProvisionalAt(second: number, known: number) {
    return isProvisional(this, { location: this.name, now: timeAt(second) }, timeAt(known))
  }

  async reportAt(second: number) {
    return locationsReport(await knowledge(this), { location: this.name, now: timeAt(second) })
  }
}

describe('what was known at a moment', () => {
  test('is provisional until every other location has been heard of since', async () => {
    const [here, there, third] = [new Place('loc1'), new Place('loc2'), new Place('loc3')]
    await here.beatAt(1)
    expect(await here.isProvisionalAt(20, 10)).toBe(false)
    await there.beatAt(9)
    await here.hears(there, 11)
    await third.beatAt(15)
    await here.hears(third, 16)
    expect(await here.isProvisionalAt(20, 9)).toBe(false)
    expect(await here.isProvisionalAt(20, 10)).toBe(true)
    await there.beatAt(12)
    await here.hears(there, 13)
    expect(await here.isProvisionalAt(20, 12)).toBe(false)
    expect(await here.isProvisionalAt(20, 13)).toBe(true)
  })

  test('is provisional while it is still to come', async () => {
    expect(await new Place('loc1').isProvisionalAt(20, 20)).toBe(true)
  })

  test('is provisional where a heartbeat is here, but not yet come through to the rows', async () => {
    const [here, there] = [new Place('loc1'), new Place('loc2')]
    await there.beatAt(15)
    for (const heartbeat of await there.locations.heartbeats()) await here.locations.putHeartbeat(heartbeat)
    expect(await here.isProvisionalAt(20, 10)).toBe(true)
    await here.hears(there, 21)
    expect(await here.isProvisionalAt(22, 10)).toBe(false)
  })
})

describe('a location that was taken down for good', () => {
  test('is taken off by another; until it was silent it is not, nor by itself, nor if it never was', async () => {
    const [here, there] = [new Place('loc1'), new Place('loc2')]
    await there.beatAt(10)
    await here.hears(there, 12)
    const forget = (name: string, second: number) =>
      forgetLocation(here, { location: here.name, now: timeAt(second) }, name, 5000)
    await expect(forget('loc1', 13)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(forget('loc2', 13)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(forget('loc3', 13)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await here.isProvisionalAt(112, 20)).toBe(true)
    await forget('loc2', 112)
    expect((await here.reportAt(112)).map(({ name }) => name)).toEqual(['loc1'])
    expect(await here.isProvisionalAt(112, 20)).toBe(false)
    await there.beatAt(120)
    await here.hears(there, 121)
    expect((await here.reportAt(121)).map(({ name, up }) => [name, up])).toEqual([
      ['loc1', true],
      ['loc2', true],
    ])
  })
})

describe('what a location knows of another', () => {
  let [here, there] = [new Place('loc1'), new Place('loc2')]

  beforeEach(() => {
    ;[here, there] = [new Place('loc1'), new Place('loc2')]
  })

  test('is nothing before it was heard of', async () => {
    expect((await here.reportAt(0)).map(({ name, up }) => [name, up])).toEqual([['loc1', true]])
  })

  test('is that it is up, and how long its rows are on their way', async () => {
    await there.beatAt(10)
    await here.hears(there, 12)
    expect(await here.reportAt(13)).toMatchObject([
      { name: 'loc1', up: true },
      { name: 'loc2', up: true, replication_lag_ms: 2000, heard_at: timeAt(12) },
    ])
  })

  test('is that it is down, once it has been silent, and for how long', async () => {
    await there.beatAt(10)
    await here.hears(there, 12)
    expect((await here.reportAt(112))[1]).toMatchObject({ up: false, replication_lag_ms: 100_000 })
  })

  test('is what it says of itself: conflicts, drift, how far its index is behind, and whom it has heard', async () => {
    const { row } = await createCustomer(there.records, callAt(0), new Map(), { surname: 'Amsel' }, undefined)
    await there.records.put({ ...row, disputes: [DISPUTE] }, row)
    await there.locations.recordDrift(3)
    await here.beatAt(1)
    await there.hears(here, 2)
    await there.beatAt(3)
    await there.locations.answerProbe(timeAt(3), timeAt(4))
    await there.beatAt(8)
    await here.hears(there, 9)
    const [, other] = await here.reportAt(9)
    expect(other).toMatchObject({ conflicts: 1, drift: 3, index_lag_ms: 1000, seen: { loc1: timeAt(1) } })
  })

  test('is how long its index has been behind, while that does not answer', async () => {
    await here.beatAt(1)
    await here.locations.answerProbe(timeAt(1), timeAt(2))
    for (const second of [6, 11, 16, 21, 26, 31, 36, 41]) await here.beatAt(second)
    expect((await here.reportAt(46))[0]).toMatchObject({ index_lag_ms: 40_000 })
    await here.locations.answerProbe(timeAt(6), timeAt(47))
    await here.beatAt(48)
    expect((await here.reportAt(48))[0]).toMatchObject({ index_lag_ms: 41_000 })
    await here.locations.answerProbe(timeAt(41), timeAt(49))
    await here.locations.answerProbe(timeAt(48), timeAt(50))
    expect((await here.reportAt(52))[0]).toMatchObject({ index_lag_ms: 2000 })
  })

  test('is not that its index has been behind since a probe that was lost, once a later one is answered', async () => {
    await here.beatAt(1)
    await here.locations.answerProbe(timeAt(1), timeAt(2))
    await here.beatAt(6)
    await here.beatAt(11)
    await here.locations.answerProbe(timeAt(11), timeAt(12))
    expect((await here.reportAt(13))[0]).toMatchObject({ index_lag_ms: 1000 })
  })
})
