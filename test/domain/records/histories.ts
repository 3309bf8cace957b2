/** Random histories of one record at several locations: partitions, skewed clocks, back-dating, late and repeated delivery. */
import fc from 'fast-check'
import type { Change } from '#domain/records/prepare-write.ts'
import { parseKey } from '#domain/records/version.ts'
import { at, RECORD, type Replica, ReplicaNetwork } from './fixtures.ts'

const FIELDS = ['surname', 'dob', 'c', 'd']

interface WriteStep {
  action: 'update' | 'delete' | 'restore'
  fields: Record<string, number | null>
  set: 'altered' | 'stated'
  /** How many milliseconds back it takes effect; null: from now on; `onto`: at the same time as the head. */
  back: number | 'onto' | null
  key: string | undefined
  source: string | undefined
  /** Whether a location that does not have the record yet creates it, although it exists elsewhere. */
  creates: boolean
}

export type Step =
  | ({ do: 'write'; where: number; after: number } & WriteStep)
  | { do: 'deliver'; pick: number; again: boolean }
  | { do: 'fold'; where: number }
  | { do: 'cut'; where: number }
  | { do: 'forget'; where: number }

const where = fc.nat(2)
const fields = fc.dictionary(fc.constantFrom(...FIELDS), fc.option(fc.nat(3), { freq: 4 }), { minKeys: 1, maxKeys: 3 })

const write = fc.record({
  do: fc.constant('write' as const),
  where,
  after: fc.constantFrom(0, 0, 1, 2, 40),
  action: fc.constantFrom<WriteStep['action'][]>('update', 'update', 'update', 'update', 'delete', 'restore'),
  fields,
  set: fc.constantFrom('altered' as const, 'stated' as const),
  back: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: fc.nat(400) },
    { weight: 1, arbitrary: fc.constant('onto' as const) },
  ),
  key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined }),
  source: fc.option(fc.constantFrom('s1', 's2'), { nil: undefined }),
  creates: fc.boolean(),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: write },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('deliver' as const), pick: fc.nat(50), again: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fold' as const), where }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), where }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), where }) },
)

export interface Plan {
  skews: number[]
  steps: Step[]
}

const SKEWS = [0, 0, 300, -300, 300_000, -300_000]

export const plans = (maxSteps = 40): fc.Arbitrary<Plan> =>
  fc.record({
    skews: fc.array(fc.constantFrom(...SKEWS), { minLength: 3, maxLength: 3 }),
    steps: fc.array(step, { minLength: 1, maxLength: maxSteps, size: 'max' }),
  })

/** Returns the effective date of a write, which is never in its writer's future. */
function validFrom(network: ReplicaNetwork, site: Replica, back: WriteStep['back'], head: string): string | undefined {
  const now = at(network.now + site.skew)
  if (back === null) return undefined
  const validFrom = back === 'onto' ? parseKey(head).valid_from : at(network.now + site.skew - back)
  return validFrom < now ? validFrom : now
}

async function writeAt(
  network: ReplicaNetwork,
  site: Replica,
  { back, key, source, creates, ...stated }: WriteStep,
): Promise<void> {
  const row = await site.row()
  const statement = { idempotency: key, source, statementDigest: JSON.stringify([stated.fields, back]) }
  if (row === null) {
    if (network.written.length > 0 && !creates) return
    const fields = { type: 'PERSON', state: 'active', surname: null, dob: null, c: null, d: null, ...stated.fields }
    await network.write(site, { ...statement, action: 'create', fields, replaceAll: true })
    return
  }
  const { action, set } = stated
  const change: Change =
    action === 'update'
      ? { action, set, fields: stated.fields, valid_from: validFrom(network, site, back, row.head), ...statement }
      : { action, fields: { state: action === 'delete' ? 'deleted' : 'active' }, ...statement }
  await network.write(site, change)
}

/** Plays a history, and calls `after` with the location of each step. */
export async function play(
  { skews, steps }: Plan,
  after?: (network: ReplicaNetwork, site: Replica) => Promise<void>,
): Promise<ReplicaNetwork> {
  const network = new ReplicaNetwork(skews)
  for (const step of steps) {
    if (step.do === 'deliver') {
      network.deliver(step.pick, step.again)
      continue
    }
    const site = network.site(step.where)
    if (step.do === 'fold') await site.reconcile()
    else if (step.do === 'cut') site.cut = !site.cut
    else if (step.do === 'forget') site.store.deleteCurrent(RECORD.kind, RECORD.id)
    else {
      network.now += step.after
      await writeAt(network, site, step)
    }
    await after?.(network, site)
  }
  return network
}

/** Every instant at which something changes in a history, with the milliseconds before and after. */
export function instants(network: ReplicaNetwork, member: 'valid_from' | 'recorded_at'): string[] {
  const exact = network.all.map(v => Date.parse(v[member]))
  const times = new Set(exact.flatMap(t => [t - 1, t, t + 1]))
  return [...times].sort((a, b) => a - b).map(t => new Date(t).toISOString())
}
