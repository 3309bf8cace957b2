import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { viewsAnswer } from '#contract/schemas/operations.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { progressLine } from '../progress.ts'

export const rebuildViews = command({
  name: 'rebuild-views',
  summary: "rebuilds a location's views from its registry, during operation (provider)",
  notes: [
    'Current rows, the change log and conflicts are derived from the versions. Correct rows stay. If it is interrupted, run it',
    'again.',
  ],
  argument: z.undefined(),
  options: z.object({ json }),
  patience: 60,
  async run({ options, client }) {
    const started = performance.now()
    const progress = progressLine('views')
    let records = 0
    try {
      for await (const answer of client.answers(routes.rebuildViews, viewsAnswer)) {
        records += answer.records
        progress.at(pluralise(records, 'record'))
      }
    } finally {
      progress.stop()
    }
    const done = { records, seconds: Math.round(performance.now() - started) / 1000 }
    print(options.json, done, () => `the views are rebuilt: ${pluralise(records, 'record')} (${done.seconds} s)\n`)
    return 0
  },
})
