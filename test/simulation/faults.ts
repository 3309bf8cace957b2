import { toCurrent } from '#adapters/dynamodb/items.ts'
import { toEntry } from '#domain/search/entry.ts'
import { createIndex } from './create-index.ts'
import type { SimulatedWorld } from './environment.ts'
import { FIELDS } from './fields.ts'
import type { Location } from './location.ts'

/** Deletes all or some of a location's views. Its functions end first, since their later writes would be based on deleted rows. */
export function deleteViews(world: SimulatedWorld, location: Location, all: boolean): void {
  if (!world.harsh) {
    endProcesses(world, location)
    location.listedDays = new Set()
  }
  const items = location.views.items.filter(() => all || world.random.happens(0.3))
  world.log(`${location.name}: ${items.length} rows of the views deleted`)
  for (const { pk, sk } of items) location.views.write(String(pk), String(sk), undefined)
  location.isMissingViews = true
}

/** Kills the functions at a location, with everything they cached. */
export function kill(world: SimulatedWorld, location: Location): void {
  world.log(`${location.name} is killed`)
  endProcesses(world, location)
  location.isUp = false
}

/** Ends the tasks of a location, also those that continue after a response. */
function endProcesses(world: SimulatedWorld, location: Location): void {
  for (const task of new Set([...world.runningAt(location), ...world.scheduler.sends.map(({ task }) => task)]))
    if (task.location === location) world.scheduler.kill(task)
  world.removeDeadTasks()
}

/** Restarts the functions; an in-memory index is filled from the list, as `functions/project/bootstrap-index.ts` does. */
export function restart(world: SimulatedWorld, location: Location): void {
  world.log(`${location.name} restarts`)
  location.isUp = true
  location.index = createIndex()
  location.listedDays = new Set()
  const rows = location.views.items.filter(({ pk }) => String(pk).startsWith('customers#')).map(toCurrent)
  void location.index.put(rows.map(row => toEntry(row, FIELDS)))
}
