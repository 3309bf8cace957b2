import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { logger } from '#functions/runtime/settings.ts'
import { Admission } from '#local/admission.ts'

const warn = jest.spyOn(logger, 'warn')
beforeEach(() => {
  warn.mockImplementation(() => undefined)
})
afterEach(() => {
  warn.mockReset()
})

type Answer = { n: number }

/** An admission with one concurrent and one waiting request, and a clock that a test sets. */
function createAdmission() {
  const clock = { now: 0 }
  const admission = new Admission({ concurrent: 1, waiting: 1, waitMs: 5000 }, () => clock.now)
  const first = Promise.withResolvers<Answer>()
  return { clock, admission, first, answered: admission.admit(() => first.promise) }
}

test('a request beyond the limit waits for its turn', async () => {
  const { admission, first, answered } = createAdmission()
  let isStarted = false
  const waiting = admission.admit(async () => {
    isStarted = true
    return { n: 2 }
  })
  await Promise.resolve()
  expect(isStarted).toBe(false)
  first.resolve({ n: 1 })
  expect(await Promise.all([answered, waiting])).toEqual([{ n: 1 }, { n: 2 }])
})

test('a request beyond the queue is shed', async () => {
  const { admission, first, answered } = createAdmission()
  const waiting = admission.admit(async () => ({ n: 2 }))
  expect(await admission.admit(async () => ({ n: 3 }))).toBeNull()
  first.resolve({ n: 1 })
  expect(await Promise.all([answered, waiting])).toEqual([{ n: 1 }, { n: 2 }])
})

test('a request that waited too long is shed without being processed', async () => {
  const { clock, admission, first, answered } = createAdmission()
  const process = jest.fn(async () => ({ n: 2 }))
  const waiting = admission.admit(process)
  clock.now = 5001
  first.resolve({ n: 1 })
  expect(await waiting).toBeNull()
  expect(process).not.toHaveBeenCalled()
  expect(await answered).toEqual({ n: 1 })
})

test('an error of the request passes unchanged and frees its slot', async () => {
  const { admission, first, answered } = createAdmission()
  first.reject(new TypeError('broken'))
  await expect(answered).rejects.toThrow(TypeError)
  expect(await admission.admit(async () => ({ n: 2 }))).toEqual({ n: 2 })
})

test('shed requests are counted in the log at most once a second', async () => {
  const { clock, admission, first, answered } = createAdmission()
  const waiting = admission.admit(async () => ({ n: 2 }))
  const shed = async (count: number) => {
    for (let n = 0; n < count; n++) await admission.admit(async () => ({ n }))
  }
  await shed(3)
  expect(warn.mock.calls).toEqual([['shed', { requests: 1 }]])
  clock.now = 1000
  await shed(1)
  expect(warn.mock.calls[1]).toEqual(['shed', { requests: 3 }])
  first.resolve({ n: 1 })
  await Promise.all([answered, waiting])
})
