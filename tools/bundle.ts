/** `npm run bundle`: builds each function as it is deployed, under dist/, and prints its size. Fails if one is too large. */
import { bundleAll } from '#lib/bundle.ts'

/** The maximum size of a function's code, in bytes. */
const LARGEST = 1_000_000

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`.padStart(9)
for (const { name, bytes, assetBytes: beside } of await bundleAll()) {
  const files = beside === 0 ? '' : `  and ${kilobytes(beside).trim()} beside it`
  console.log(`${name.padEnd(12)}${kilobytes(bytes)}${files}`)
  if (bytes <= LARGEST) continue
  console.error(`${name} is larger than ${kilobytes(LARGEST).trim()}`)
  process.exitCode = 1
}
