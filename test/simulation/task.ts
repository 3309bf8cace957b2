import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Location } from './location.ts'

/** Something that runs at a location: a request or a batch of a stream. */
export interface Task {
  readonly description: string
  readonly location: Location
  /** The step at which it started. */
  readonly since: number
  /** Its process died, so it does not continue. */
  dead: boolean
}

/** A command that a task sent and that its location's tables have not executed yet. */
export interface SentCommand {
  readonly task: Task
  readonly command: object
  readonly answer: (answer: object) => void
  readonly fail: (error: unknown) => void
  /** It was executed already, but its response was lost, so the client sends it again. */
  isRepeated: boolean
}

/**
 * The document client of a task, whose commands wait to be executed.
 * @param send receives the commands.
 */
export function toDocuments(task: Task, send: (sent: SentCommand) => void): DynamoDBDocumentClient {
  const documents = {
    send: (command: object) =>
      new Promise((answer, fail) => {
        if (!task.dead) send({ task, command, answer, fail, isRepeated: false })
      }),
  }
  // The adapters use no other method.
  return documents as unknown as DynamoDBDocumentClient
}
