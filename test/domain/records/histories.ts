/** Random histories of one record at several locations: partitions, skewed clocks, back-dating, late and repeated arrival. */
import fc from 'fast-check'
import type { Change } from '#domain/records/prepare-write.ts'
import { parseKey } from '#domain/records/version.ts'
import { at, RECORD, type Site, World } from './fixtures.ts'

const FIELDS = ['surname', 'dob', 'c', 'd']

interface Saying {
  action: 'update' | 'delete' | 'restore'
  fields: Record<string, number | null>
  set: 'altered' | 'stated'
  /** How many milliseconds back it held; null: from now on. `onto`: since exactly when the head did. */
  back: number | 'onto' | null
  key: string | undefined
  source: string | undefined
  /** Whether a location that holds nothing of the record yet creates it, although it is elsewhere. */
  creates: boolean
}

export type Step =
  | ({ do: 'write'; where: number; after: number } & Saying)
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
  action: fc.constantFrom<Saying['action'][]>('update', 'update', 'update', 'update', 'delete', 'restore'),
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

export const plans = (most = 40): fc.Arbitrary<Plan> =>
  fc.record({
    skews: fc.array(fc.constantFrom(...SKEWS), { minLength: 3, maxLength: 3 }),
    steps: fc.array(step, { minLength: 1, maxLength: most, size: 'max' }),
  })

/** Since when a change says that it held; never in the future of its writer. */
function validFrom(world: World, site: Site, back: Saying['back'], head: string): string | undefined {
  const now = at(world.now + site.skew)
  if (back === null) return undefined
  const then = back === 'onto' ? parseKey(head).valid_from : at(world.now + site.skew - back)
  return then < now ? then : now
}

async function writeAt(world: World, site: Site, { back, key, source, creates, ...said }: Saying): Promise<void> {
  const row = await site.row()
  const statement = { idempotency: key, source, statementDigest: JSON.stringify([said.fields, back]) }
  if (row === null) {
    if (world.written.length > 0 && !creates) return
    const fields = { type: 'PERSON', state: 'active', surname: null, dob: null, c: null, d: null, ...said.fields }
    await world.write(site, { ...statement, action: 'create', fields, replaceAll: true })
    return
  }
  const { action, set } = said
  const change: Change =
    action === 'update'
      ? { action, set, fields: said.fields, valid_from: validFrom(world, site, back, row.head), ...statement }
      : { action, fields: { state: action === 'delete' ? 'deleted' : 'active' }, ...statement }
  await world.write(site, change)
}

/** Plays a history, and tells after each step which location it was at. */
export async function play(
  { skews, steps }: Plan,
  after?: (world: World, site: Site) => Promise<void>,
): Promise<World> {
  const world = new World(skews)
  for (const one of steps) {
    if (one.do === 'deliver') {
      world.deliver(one.pick, one.again)
      continue
    }
    const site = world.site(one.where)
    if (one.do === 'fold') await site.reconcile()
    else if (one.do === 'cut') site.cut = !site.cut
    else if (one.do === 'forget') site.store.forget(RECORD.kind, RECORD.id)
    else {
      world.now += one.after
      await writeAt(world, site, one)
    }
    await after?.(world, site)
  }
  return world
}

/** Every instant at which something changes in a history, and those beside it. */
export function instants(world: World, member: 'valid_from' | 'recorded_at'): string[] {
  const exact = world.all.map(v => Date.parse(v[member]))
  const times = new Set(exact.flatMap(t => [t - 1, t, t + 1]))
  return [...times].sort((a, b) => a - b).map(t => new Date(t).toISOString())
}
