import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Documents } from '#adapters/dynamodb/documents.ts'
import { SdkDocuments } from '#adapters/dynamodb/sdk-documents.ts'
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
 * The tables of a task, whose commands wait to be executed.
 * @param send receives the commands.
 */
export function toDocuments(task: Task, send: (sent: SentCommand) => void): Documents {
  const documents = {
    send: (command: object) =>
      new Promise((answer, fail) => {
        if (!task.dead) send({ task, command, answer, fail, isRepeated: false })
      }),
  }
  // SdkDocuments uses no other method.
  return new SdkDocuments(documents as unknown as DynamoDBDocumentClient)
}
