/** The time budget of a request, in milliseconds: well below the time-outs of Lambda and API Gateway. */
const REQUEST_BUDGET_MS = 5000

/** Returns a function that says whether time is left, for the given milliseconds or for a request's budget. */
export function timeBudget(ms = REQUEST_BUDGET_MS): () => boolean {
  const deadline = performance.now() + ms
  return () => performance.now() < deadline
}
