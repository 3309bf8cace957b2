import type { HttpMiddleware } from '../operation.ts'
import { problemResponse, toProblem } from '../problem.ts'

/** Converts an error to a problem document (RFC 9457). */
export const problemDocument = (): HttpMiddleware => ({
  onError: request => {
    const { path, requestId } = request.event.requestContext
    request.response = problemResponse(toProblem(request.error), path, requestId)
  },
})
