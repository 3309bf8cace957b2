import type { Fault } from './schemas/problem.ts'

/**
 * A JSON text's value, or what is wrong with it. A member `__proto__`, which schemas pass over in silence, is a fault like any unknown
 * member.
 */
export function readJson(text: string): { value: unknown } | { faults: Fault[] } {
  const faults: Fault[] = []
  try {
    const value: unknown = JSON.parse(text, (key, inner: unknown) => {
      if (key === '__proto__') faults.push({ pointer: '#', detail: 'has a member __proto__, which is unknown here' })
      return inner
    })
    return faults.length > 0 ? { faults } : { value }
  } catch {
    return { faults: [{ pointer: '#', detail: 'is no JSON' }] }
  }
}
