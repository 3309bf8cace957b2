import { beforeEach, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { isProvisional, readLocationStatus } from '#domain/locations/location-status.ts'
import { forgetLocation } from '#domain/locations/remove-location.ts'
import { locationsReport } from '#domain/locations/report.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const CONFLICT = { field: 'surname', kept: 'k', lost: 'l' }

/** A location that receives the heartbeats of others when a test says so. */
class TestLocation {
  readonly locations = new MemoryLocationStore()
  readonly records = new MemoryRecordStore()
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  async sendHeartbeatAt(second: number) {
    await sendHeartbeat(this, { location: this.name, now: timeAt(second) }, await readLocationStatus(this))
  }

  async receiveHeartbeatOf(sender: TestLocation, second: number): Promise<void> {
    for (const heartbeat of await sender.locations.heartbeats())
      if (heartbeat.name === sender.name) {
        await this.locations.putHeartbeat(heartbeat)
        await this.locations.recordArrival(heartbeat.name, heartbeat.sent, timeAt(second))
      }
  }

  isProvisionalAt(second: number, knownAt: number) {
    return isProvisional(this, { location: this.name, now: timeAt(second) }, timeAt(knownAt))
  }

  async reportAt(second: number) {
    return locationsReport(await readLocationStatus(this), { location: this.name, now: timeAt(second) })
  }
}

describe('a reading as known at a time', () => {
  test('is provisional until every other location has sent a later heartbeat', async () => {
    const [loc1, loc2, loc3] = [new TestLocation('loc1'), new TestLocation('loc2'), new TestLocation('loc3')]
    await loc1.sendHeartbeatAt(1)
    expect(await loc1.isProvisionalAt(20, 10)).toBe(false)
    await loc2.sendHeartbeatAt(9)
    await loc1.receiveHeartbeatOf(loc2, 11)
    await loc3.sendHeartbeatAt(15)
    await loc1.receiveHeartbeatOf(loc3, 16)
    expect(await loc1.isProvisionalAt(20, 9)).toBe(false)
    expect(await loc1.isProvisionalAt(20, 10)).toBe(true)
    await loc2.sendHeartbeatAt(12)
    await loc1.receiveHeartbeatOf(loc2, 13)
    expect(await loc1.isProvisionalAt(20, 12)).toBe(false)
    expect(await loc1.isProvisionalAt(20, 13)).toBe(true)
  })

  test('is provisional while that time is in the future', async () => {
    expect(await new TestLocation('loc1').isProvisionalAt(20, 20)).toBe(true)
  })

  test('is provisional while a heartbeat is stored but the rows before it have not arrived', async () => {
    const [loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2')]
    await loc2.sendHeartbeatAt(15)
    for (const heartbeat of await loc2.locations.heartbeats()) await loc1.locations.putHeartbeat(heartbeat)
    expect(await loc1.isProvisionalAt(20, 10)).toBe(true)
    await loc1.receiveHeartbeatOf(loc2, 21)
    expect(await loc1.isProvisionalAt(22, 10)).toBe(false)
  })
})

describe('a location that was shut down for good', () => {
  test('can be removed by another once it is silent; a live, unknown or own location cannot', async () => {
    const [loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2')]
    await loc2.sendHeartbeatAt(10)
    await loc1.receiveHeartbeatOf(loc2, 12)
    const forgetAt = (name: string, second: number) =>
      forgetLocation(loc1, { location: loc1.name, now: timeAt(second) }, name, 5000)
    await expect(forgetAt('loc1', 13)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(forgetAt('loc2', 13)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(forgetAt('loc3', 13)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await loc1.isProvisionalAt(112, 20)).toBe(true)
    await forgetAt('loc2', 112)
    expect((await loc1.reportAt(112)).map(({ name }) => name)).toEqual(['loc1'])
    expect(await loc1.isProvisionalAt(112, 20)).toBe(false)
    await loc2.sendHeartbeatAt(120)
    await loc1.receiveHeartbeatOf(loc2, 121)
    expect((await loc1.reportAt(121)).map(({ name, up }) => [name, up])).toEqual([
      ['loc1', true],
      ['loc2', true],
    ])
  })
})

describe('the status of another location', () => {
  let [loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2')]

  beforeEach(() => {
    ;[loc1, loc2] = [new TestLocation('loc1'), new TestLocation('loc2')]
  })

  test('is empty before its first heartbeat', async () => {
    expect((await loc1.reportAt(0)).map(({ name, up }) => [name, up])).toEqual([['loc1', true]])
  })

  test('shows that it is up, and its replication lag', async () => {
    await loc2.sendHeartbeatAt(10)
    await loc1.receiveHeartbeatOf(loc2, 12)
    expect(await loc1.reportAt(13)).toMatchObject([
      { name: 'loc1', up: true },
      { name: 'loc2', up: true, replication_lag_ms: 2000, heard_at: timeAt(12) },
    ])
  })

  test('shows that it is down once it is silent, and since when', async () => {
    await loc2.sendHeartbeatAt(10)
    await loc1.receiveHeartbeatOf(loc2, 12)
    expect((await loc1.reportAt(112))[1]).toMatchObject({ up: false, replication_lag_ms: 100_000 })
  })

  test('contains its own report: conflicts, drift, index lag and the heartbeats it has received', async () => {
    const { row } = await createCustomer(loc2.records, contextAt(0), new Map(), { surname: 'Amsel' }, undefined)
    await loc2.records.put({ ...row, disputes: [CONFLICT] }, row)
    await loc2.locations.recordDrift(3)
    await loc1.sendHeartbeatAt(1)
    await loc2.receiveHeartbeatOf(loc1, 2)
    await loc2.sendHeartbeatAt(3)
    await loc2.locations.answerProbe(timeAt(3), timeAt(4))
    await loc2.sendHeartbeatAt(8)
    await loc1.receiveHeartbeatOf(loc2, 9)
    const [, loc2Status] = await loc1.reportAt(9)
    expect(loc2Status).toMatchObject({ conflicts: 1, drift: 3, index_lag_ms: 1000, seen: { loc1: timeAt(1) } })
  })

  test('grows in index lag while its index does not answer', async () => {
    await loc1.sendHeartbeatAt(1)
    await loc1.locations.answerProbe(timeAt(1), timeAt(2))
    for (const second of [6, 11, 16, 21, 26, 31, 36, 41]) await loc1.sendHeartbeatAt(second)
    expect((await loc1.reportAt(46))[0]).toMatchObject({ index_lag_ms: 40_000 })
    await loc1.locations.answerProbe(timeAt(6), timeAt(47))
    await loc1.sendHeartbeatAt(48)
    expect((await loc1.reportAt(48))[0]).toMatchObject({ index_lag_ms: 41_000 })
    await loc1.locations.answerProbe(timeAt(41), timeAt(49))
    await loc1.locations.answerProbe(timeAt(48), timeAt(50))
    expect((await loc1.reportAt(52))[0]).toMatchObject({ index_lag_ms: 2000 })
  })

  test('ignores a lost index probe once a later one is answered', async () => {
    await loc1.sendHeartbeatAt(1)
    await loc1.locations.answerProbe(timeAt(1), timeAt(2))
    await loc1.sendHeartbeatAt(6)
    await loc1.sendHeartbeatAt(11)
    await loc1.locations.answerProbe(timeAt(11), timeAt(12))
    expect((await loc1.reportAt(13))[0]).toMatchObject({ index_lag_ms: 1000 })
  })
})
