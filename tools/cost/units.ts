import { readFile } from 'node:fs/promises'
import * as z from 'zod'

const amount = z.number().min(0)

/** What a function took for one piece of work, on average. */
const taken = z.object({
  rru: amount,
  wru: amount,
  round_trips: amount,
  /** Of a processor of the machine that measured. */
  cpu_ms: amount,
  log_bytes: amount,
})
export type TakenUnits = z.infer<typeof taken>

const operation = z.object({
  /** The function that answers. */
  function: z.string(),
  here: taken,
  /** What the readers of the streams make of it, here and at each other location. */
  following: taken,
  elsewhere: taken,
  /** Rows of the registry that go to each other location: in write units, and in bytes. */
  replicated_wru: amount,
  replicated_bytes: amount,
  /** What there is more of afterwards, as storage is paid for, at each location. */
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
  /** What runs by the clock, where nothing is due. */
  schedules: z.record(z.string(), taken),
  /** To seal one entry of the audit, and to carry it to its index. */
  entry: taken,
})
export type Units = z.infer<typeof units>

export const UNITS_FILE = new URL('units.json', import.meta.url)

/** What `npm run -s bench:cost` measured last. */
export const readUnits = async (): Promise<Units> => units.parse(JSON.parse(await readFile(UNITS_FILE, 'utf8')))
