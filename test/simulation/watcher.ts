import { canonicalJson } from '#domain/canonical-json.ts'
import type { Version } from '#domain/records/version.ts'
import type { World } from './environment.ts'
import type { Location } from './location.ts'
import type { Reading, Seen } from './readings.ts'
import { covered, foldable, nameOf } from './reference-model.ts'
import { MAX_BEHIND } from './scheduler.ts'

/** The sets of versions that a location had folded at some moment between two steps: each is what a reader may have been shown. */
function foldedBetween(world: World, location: Location, id: string, from: number, to: number): Version[][] {
  const { ledger } = world
  const all = ledger.of('customer', id)
  const sets = ledger.rowsBetween(location.name, 'customer', id, from, to).flatMap(({ clock }) => {
    if (clock) return [covered(all, clock)]
    // No row: who reads makes one of all that is there.
    const steps = ledger.arrivalsBetween(location.name, 'customer', id, from, to)
    return steps.map(step => foldable(ledger.here(location.name, 'customer', id, step), all))
  })
  return [...new Map(sets.map(set => [set.map(nameOf).sort().join(), set])).values()]
}

/** Looks at something at a location, and whether what is shown is what some versions there make. */
export function look(world: World, location: Location, reading: Reading): void {
  const began = Math.max(0, world.step - MAX_BEHIND)
  const what = `${location.name} reads: ${reading.what}`
  world.say(what)
  world.start(
    location,
    what,
    (ports, call) => reading.run(ports, call),
    seen => {
      for (const one of seen) check(one)
    },
    error => world.troubled(what, error),
    () => undefined,
  )

  function check({ id, shown, right, wanted }: Seen): void {
    // Of what is being removed a reader sees less and less.
    if (!world.ledger.isPlain('customer', id)) return
    const sets = foldedBetween(world, location, id, began, world.step)
    if (sets.some(right)) return
    const could = sets.map(set => `\n  ${canonicalJson(wanted(set))}`).join('')
    world.violated(`${what} and is shown what never was:\n  ${canonicalJson(shown)}\n could have been:${could}`)
  }
}
