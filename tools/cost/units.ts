import { readFile } from 'node:fs/promises'
import * as z from 'zod'

const amount = z.number().min(0)

/** The average consumption of a unit of work. */
const consumption = z.object({
  rru: amount,
  wru: amount,
  round_trips: amount,
  /** Processor time of the measuring machine. */
  cpu_ms: amount,
  log_bytes: amount,
})
export type ConsumedUnits = z.infer<typeof consumption>

const operation = z.object({
  /** The function that responds. */
  function: z.string(),
  here: consumption,
  /** What the stream readers consume, here and at each other location. */
  following: consumption,
  elsewhere: consumption,
  /** Registry rows replicated to each other location, in write units and bytes. */
  replicated_wru: amount,
  replicated_bytes: amount,
  /** The increase of storage at each location. */
  registry_bytes: amount,
  views_bytes: amount,
  answer_bytes: amount,
})
export type OperationUnits = z.infer<typeof operation>

export const OPERATIONS = ['create', 'update', 'row', 'get', 'search', 'lookup', 'purchase'] as const
export type OperationName = (typeof OPERATIONS)[number]

export const units = z.object({
  measured: z.object({ on: z.string(), by: z.string(), node: z.string() }),
  operations: z.record(z.enum(OPERATIONS), operation),
  /** Scheduled functions, if nothing is due. */
  schedules: z.record(z.string(), consumption),
  /** Sealing and indexing one audit entry. */
  entry: consumption,
})
export type Units = z.infer<typeof units>

export const UNITS_FILE = new URL('units.json', import.meta.url)

/** The last results of `npm run -s bench:cost`. */
export const readUnits = async (): Promise<Units> => units.parse(JSON.parse(await readFile(UNITS_FILE, 'utf8')))
