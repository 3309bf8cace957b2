import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Location } from './location.ts'

/** Something that runs at a location: a request, a batch of a stream. */
export interface Task {
  readonly what: string
  readonly location: Location
  /** The step at which it began. */
  readonly since: number
  /** Its process ended in the middle: nothing of it goes on. */
  dead: boolean
}

/** A command that a task has sent and that its location's tables have not done yet. */
export interface Sent {
  readonly task: Task
  readonly command: object
  readonly answer: (answer: object) => void
  readonly fail: (error: unknown) => void
  /** It was done already, but the answer was lost on its way: the client sends it once more. */
  again: boolean
}

/**
 * The document client of a task: what it sends waits until its turn comes.
 * @param send takes what was sent.
 */
export function toDocuments(task: Task, send: (sent: Sent) => void): DynamoDBDocumentClient {
  const documents = {
    send: (command: object) =>
      new Promise((answer, fail) => {
        if (!task.dead) send({ task, command, answer, fail, again: false })
      }),
  }
  // The adapters use nothing else of it.
  return documents as unknown as DynamoDBDocumentClient
}
