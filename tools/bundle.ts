/** `npm run bundle`: builds each function as it is deployed, under dist/, and prints its size. Fails if one is too large. */
import { bundleAll, MAX_BUNDLE_BYTES } from '#lib/bundle.ts'

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`.padStart(9)
for (const { name, bytes, lazyBytes, assetBytes } of await bundleAll()) {
  const beside = lazyBytes + assetBytes
  const files = beside === 0 ? '' : `  and ${kilobytes(beside).trim()} beside it`
  console.log(`${name.padEnd(12)}${kilobytes(bytes)}${files}`)
  if (bytes <= MAX_BUNDLE_BYTES) continue
  console.error(`${name} is larger than ${kilobytes(MAX_BUNDLE_BYTES).trim()}`)
  process.exitCode = 1
}
