/** `npm run -s openapi:print`: prints the OpenAPI document. */
import { openapi } from '#contract/openapi.ts'

console.log(JSON.stringify(openapi('0.0.0'), null, 2))
