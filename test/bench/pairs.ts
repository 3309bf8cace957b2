/**
 * Measures the matcher on bare pairs of names: npm run -s match:pairs -- FILE.csv [--threshold X] [--share even|odd] [--wrong]
 *
 * The file's columns are name1, name2 and is_match. The last line is JSON. `--wrong` lists the misclassified pairs.
 */
import { parseArgs } from 'node:util'
import { matchNames, PAIR_THRESHOLD } from '#domain/matching/match.ts'
import { inShare, readRows } from './rows.ts'

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      threshold: { type: 'string', default: String(PAIR_THRESHOLD) },
      share: { type: 'string' },
      wrong: { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  if (file === undefined) throw new Error('Pass the file of pairs: match:pairs -- FILE.csv')
  const threshold = Number(values.threshold)
  const pairs = (await readRows(file)).filter(row => inShare(row, values.share))
  let [hits, alarms, missed] = [0, 0, 0]
  for (const { name1 = '', name2 = '', is_match = '' } of pairs) {
    const score = matchNames(name1, name2)
    const [isPredicted, isExpected] = [score >= threshold, is_match.toLowerCase() === 'true']
    if (isPredicted && isExpected) hits++
    if (isPredicted && !isExpected) alarms++
    if (!isPredicted && isExpected) missed++
    if (values.wrong && isPredicted !== isExpected)
      console.log(`${isPredicted ? 'alarm ' : 'missed'} ${score.toFixed(3)} ${name1} | ${name2}`)
  }
  const [precision, recall] = [hits / Math.max(1, hits + alarms), hits / Math.max(1, hits + missed)]
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  const round = (value: number) => Number(value.toFixed(4))
  console.log(
    JSON.stringify({
      pairs: pairs.length,
      threshold,
      precision: round(precision),
      recall: round(recall),
      f1: round(f1),
    }),
  )
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
