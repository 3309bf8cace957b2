/** `npm run -s bench:cost`: measures what the bill of `npm run -s cost` is made from, and writes it to tools/cost/units.json. */
import { writeFile } from 'node:fs/promises'
import { UNITS_FILE } from '../../tools/cost/units.ts'
import { measureUnits } from './cost-units.ts'

/** Each operation is done so often. */
const TIMES = 10

const units = await measureUnits(TIMES)
await writeFile(UNITS_FILE, `${JSON.stringify(units, null, 2)}\n`)
console.log(JSON.stringify(units.operations, null, 1))
process.exit(0)
