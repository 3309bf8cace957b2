/** How long one request goes on, in milliseconds: well within what a function and API Gateway give it. */
const PIECE_MS = 5000

/** Says, again and again, whether there is time left for more of a piece of work. */
export function forAWhile(): () => boolean {
  const until = performance.now() + PIECE_MS
  return () => performance.now() < until
}
