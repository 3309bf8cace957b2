import type { StoredRun } from '#domain/retention/port.ts'

/** The report of a run that found nothing, with other members where stated. */
export const toRun = (stated: Partial<StoredRun> & Pick<StoredRun, 'at'>): StoredRun => ({
  id: `${stated.at}#loc1#run`,
  ended_at: stated.at,
  location: 'loc1',
  actor: 'schedule',
  dry_run: false,
  policy: { days: 1, types: {} },
  due: 0,
  expired: 0,
  marked: 0,
  removed: 0,
  returned: 0,
  kept: { held: 0, merged: 0, changed: 0, unheard: 0, waiting: 0 },
  waiting_for: [],
  finished: !stated.failed,
  failed: false,
  next: null,
  purges: [],
  ...stated,
})
