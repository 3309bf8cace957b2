/** How long one request goes on, in milliseconds: well within what a function and API Gateway give it. */
const REQUEST_BUDGET_MS = 5000

/** Says, again and again, whether there is time left for more of a piece of work: for so many milliseconds, those of a request unless told. */
export function timeBudget(ms = REQUEST_BUDGET_MS): () => boolean {
  const deadline = performance.now() + ms
  return () => performance.now() < deadline
}
