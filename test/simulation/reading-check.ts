import { canonicalJson } from '#domain/canonical-json.ts'
import type { Version } from '#domain/records/version.ts'
import type { SimulatedWorld } from './environment.ts'
import type { Location } from './location.ts'
import type { Observation, Reading } from './readings.ts'
import { covered, foldable, nameOf } from './reference-model.ts'
import { MAX_BEHIND } from './scheduler.ts'

/** Returns every set of versions that a location had folded between two steps. A reader may have seen any of them. */
function foldedBetween(world: SimulatedWorld, location: Location, id: string, from: number, to: number): Version[][] {
  const { ledger } = world
  const versions = ledger.versionsOf('customer', id)
  const sets = ledger.rowsBetween(location.name, 'customer', id, from, to).flatMap(({ clock }) => {
    if (clock) return [covered(versions, clock)]
    // Without a current row, a reader folds all stored versions.
    const steps = ledger.arrivalsBetween(location.name, 'customer', id, from, to)
    return steps.map(step => foldable(ledger.versionsAt(location.name, 'customer', id, step), versions))
  })
  return [...new Map(sets.map(set => [set.map(nameOf).sort().join(), set])).values()]
}

/** Starts a read, and checks that its result matches versions that the location had. */
export function startReading(world: SimulatedWorld, location: Location, reading: Reading): void {
  const firstStep = Math.max(0, world.step - MAX_BEHIND)
  const description = `${location.name} reads: ${reading.description}`
  world.log(description)
  world.start(
    location,
    description,
    (ports, call) => reading.run(ports, call),
    observations => {
      for (const observation of observations) check(observation)
    },
    error => world.handleFailure(description, error),
    () => undefined,
  )

  function check({ id, shown, isCorrect, expected }: Observation): void {
    // While a customer is being removed, readers see fewer and fewer versions.
    if (!world.ledger.isPlain('customer', id)) return
    const sets = foldedBetween(world, location, id, firstStep, world.step)
    if (sets.some(isCorrect)) return
    const alternatives = sets.map(set => `\n  ${canonicalJson(expected(set))}`).join('')
    world.reportViolation(
      `${description}: the result matches no state of this location:\n  ${canonicalJson(shown)}\n expected one of:${alternatives}`,
    )
  }
}
