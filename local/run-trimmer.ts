/** The thread of a stream trimmer: it trims until it receives a message. */
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { StreamTrimmer } from './trim-stream.ts'

const tables = z.object({ folder: z.string(), names: z.object({ registry: z.string(), views: z.string() }) })

const trimmer = new StreamTrimmer(tables.parse(workerData))
await trimmer.start()
if (parentPort !== null) await once(parentPort, 'message')
await trimmer.stop()
