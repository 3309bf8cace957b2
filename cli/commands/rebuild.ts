import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { rebuildAnswer } from '#contract/schemas/operations.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { progressLine } from '../progress.ts'

/** Requests step after step until the rebuild is complete. */
async function makeAnew(client: Client): Promise<{ customers: number; mended: number; requests: number }> {
  const done = { customers: 0, mended: 0, requests: 0 }
  const progress = progressLine('index')
  let read = 0
  try {
    for await (const answer of client.answers(routes.rebuildIndex, rebuildAnswer)) {
      read += answer.read
      done.customers += answer.filled
      done.mended += answer.mended
      done.requests++
      progress.at(`${answer.phase}, ${read} read`)
    }
  } finally {
    progress.stop()
  }
  return done
}

export const rebuild = command({
  name: 'rebuild',
  summary: 'rebuilds the search index, during operation (provider)',
  notes: [
    'A new index is filled beside the one in use, compared with the list, promoted, and compared once more: concurrent writes are not',
    'missed. If it is interrupted, the old index stays in use; run it again.',
  ],
  argument: z.undefined(),
  options: z.object({ json }),
  patience: 60,
  async run({ options, client }) {
    const started = performance.now()
    const done = { ...(await makeAnew(client)), seconds: Math.round(performance.now() - started) / 1000 }
    print(
      options.json,
      done,
      () =>
        `the index is rebuilt: ${pluralise(done.customers, 'customer')}, ${done.mended} of them changed meanwhile (${done.seconds} s)\n`,
    )
    return 0
  },
})
