/**
 * Runs many seeds: `npm run -s test:convergence -- --seeds 1000 --locations 3 --ops 50`. Prints `N passed, M failed`.
 *
 * `--seed S` repeats one, `--verbose` prints every step; `--workers N` distributes the seeds over threads; `--harsh` and `--purges`: see `Settings`.
 */
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type Outcome, simulate } from './simulation.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    locations: { type: 'string', default: '3' },
    ops: { type: 'string', default: '50' },
    workers: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
    harsh: { type: 'boolean', default: false },
    purges: { type: 'boolean', default: false },
  },
})
const { verbose, harsh, purges } = values

function count(name: 'seeds' | 'seed' | 'locations' | 'ops' | 'workers', text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new RangeError(`--${name} must be a whole number of at least 1, not ${text}`)
  return number
}

const settings = {
  locations: count('locations', values.locations),
  ops: count('ops', values.ops),
  verbose,
  harsh,
  purges,
}
const singleSeed = values.seed === undefined ? null : count('seed', values.seed)
const [first, last] = singleSeed === null ? [1, count('seeds', values.seeds)] : [singleSeed, singleSeed]
const workers = Math.min(count('workers', values.workers), last - first + 1)

/** Runs every `stride`-th seed and reports each. */
async function play(from: number, stride: number, onOutcome: (outcome: Outcome) => void): Promise<void> {
  for (let seed = from; seed <= last; seed += stride) onOutcome(await simulate(seed, settings))
}

const tally = { passed: 0, failed: 0 }

function report({ seed, violation, trace }: Outcome): void {
  for (const line of trace) console.log(line)
  tally[violation === null ? 'passed' : 'failed'] += 1
  if (violation === null) return
  const options = `--seed ${seed} --locations ${settings.locations} --ops ${settings.ops}${harsh ? ' --harsh' : ''}${purges ? ' --purges' : ''}`
  console.log(`seed ${seed}: ${violation}\n  reproduce: npm run -s test:convergence -- ${options} --verbose`)
}

if (!isMainThread) await play(workerData, workers, outcome => parentPort?.postMessage(outcome))
else {
  if (workers === 1) await play(first, 1, report)
  else {
    const threads = Array.from(
      { length: workers },
      (_, n) =>
        new Promise<void>((done, fail) => {
          const thread = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2), workerData: first + n })
          thread
            .on('message', report)
            .on('error', fail)
            .on('exit', () => done())
        }),
    )
    await Promise.all(threads)
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`)
  process.exitCode = tally.failed > 0 ? 1 : 0
}
