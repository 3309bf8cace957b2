/**
 * `npm run -s bench:start -- [--customers 50000 | --records FILE.csv] [--locations 1] [--data FOLDER]`: starts a list of generated customers,
 * or those of a file, and prints as JSON, for each location, when it answers /healthz, reads a customer and completes a search, in seconds from
 * the start, with the processor time and the most memory by then, and how long /healthz takes meanwhile. `--data` keeps the list for further measurements.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { startRegistry } from './made-up-registry.ts'
import { measureStart } from './measure-start.ts'

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '50000' },
    records: { type: 'string' },
    locations: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
})
const count = z.coerce.number().int().min(1)
const [customers, locations] = [count.parse(values.customers), count.max(5).parse(values.locations)]
const { server, urls, end } = await startRegistry({ customers, locations, records: values.records, data: values.data })

try {
  await server.end()
  console.log(JSON.stringify(await measureStart(server, urls)))
} finally {
  await end()
}
