/** Repeats a request that does a part of the work, from where the last one ended, until it is done. */
export async function repeatUntilDone<Answer extends { next: string | null }>(
  request: (query: { cursor?: string }) => Promise<Answer>,
  onAnswer: (answer: Answer) => void,
): Promise<void> {
  let cursor: string | null = null
  do {
    const answer: Answer = await request(cursor === null ? {} : { cursor })
    onAnswer(answer)
    cursor = answer.next
  } while (cursor !== null)
}
