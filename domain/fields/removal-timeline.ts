import { apply } from '../records/fold.ts'
import type { RecordStore } from '../records/port.ts'
import { compareVersions, type State } from '../records/version.ts'

/** When fields were removed and restored, in order. */
export type Removals = ReadonlyMap<string, readonly { from: string; removed: boolean }[]>

/** Reads from their versions when fields were removed. One read per field. */
export async function toRemovals(records: RecordStore, names: readonly string[]): Promise<Removals> {
  const timelines = await Promise.all(
    names.map(async name => {
      const versions = await records.versions('field', name, false)({})
      let state: State = {}
      const timeline = versions.toSorted(compareVersions).map(v => {
        state = apply(state, v)
        return { from: v.valid_from, removed: state.state === 'removed' }
      })
      return [name, timeline] as const
    }),
  )
  return new Map(timelines)
}

/** Whether a field was removed at a moment. A field that did not exist yet was not removed, because values may be back-dated. */
export const wasRemoved = (removals: Removals, name: string, at: string): boolean =>
  removals.get(name)?.findLast(({ from }) => from <= at)?.removed ?? false
