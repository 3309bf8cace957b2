/**
 * `npm run -s cost -- --customers 1e6 --writes 2e5 --searches 1e6 --locations 3`: estimates the monthly cost by service, from measured
 * units (`npm run -s bench:cost`), the resources in the stacks, and AWS's list prices.
 */
import { ASSUMED, type Line, toBill } from './cost/bill.ts'
import { parseLoad, USAGE, UsageError } from './cost/options.ts'
import { prices, REGION } from './cost/prices.ts'
import { toResources } from './cost/resources.ts'
import { readUnits, type Units } from './cost/units.ts'

const dollars = (usd: number) => usd.toFixed(2).padStart(12)
const amount = (quantity: number) =>
  quantity.toLocaleString('en', { maximumFractionDigits: quantity < 100 ? 2 : 0 }).padStart(18)

const toTotal = (lines: readonly Line[]) => lines.reduce((sum, { usd }) => sum + usd, 0)

function table(lines: readonly Line[], { measured }: Units): string {
  const services = [...Map.groupBy(lines, ({ service }) => service)]
  const rows = services.flatMap(([service, serviceLines]) => [
    `${service.padEnd(24)}${dollars(toTotal(serviceLines))}`,
    ...serviceLines.map(
      ({ what, quantity, usd }) =>
        `  ${''.padEnd(22)}${dollars(usd)}${amount(quantity)} ${prices[what].unit} at ${Number(prices[what].usd.toPrecision(6))}`,
    ),
  ])
  const dates = lines.map(({ what }) => prices[what].asOf.slice(0, 7)).sort()
  return [
    ...rows,
    `${'a month, US dollars'.padEnd(24)}${dollars(toTotal(lines))}`,
    '',
    `List prices of ${REGION} as of ${dates[0]} to ${dates.at(-1)} (tools/cost/prices.ts has each one's date and page); first tiers, without`,
    `free allowances and taxes. Units measured on ${measured.on} by ${measured.by}.`,
    `Assumed: ${Object.entries(ASSUMED)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}.`,
  ].join('\n')
}

const json = (lines: readonly Line[], { measured }: Units): string => {
  const items = lines.map(({ service, what, quantity, usd }) => ({ service, what, quantity, usd, price: prices[what] }))
  return JSON.stringify({ region: REGION, measured, assumed: ASSUMED, lines: items, usd: toTotal(lines) }, null, 2)
}

try {
  const words = process.argv.slice(2)
  if (words.includes('--help')) console.log(USAGE)
  else {
    const load = parseLoad(words)
    const units = await readUnits()
    const lines = toBill(load, units, toResources(load))
    console.log(load.json ? json(lines, units) : table(lines, units))
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
