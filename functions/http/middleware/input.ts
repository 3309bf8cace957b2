import { getState, type HttpMiddleware } from '../operation.ts'

/** Parses path, query, headers and body as the route declares them. @throws InvalidInput, TooLarge, UnsupportedMediaType */
export const input = (): HttpMiddleware => ({
  before: async ({ context }) => {
    const state = getState(context)
    state.run = await state.operation.prepare(state)
  },
})
