import { Unavailable } from '#domain/errors.ts'
import type { CandidateIndex } from '#domain/search/port.ts'

const none = async (): Promise<never> => {
  throw new Unavailable('This location has no search index: use exact look-ups')
}

/** No index at all. It takes what it is given, keeps nothing, and refuses what it is asked: that nobody was found would be another answer. */
export class DisabledIndex implements CandidateIndex {
  readonly engine = 'none'
  readonly candidates = none
  readonly exact = none
  readonly tokens = none
  readonly create = none
  readonly promote = none
  readonly listIds = none

  async put(): Promise<void> {}

  async getMany(): Promise<[]> {
    return []
  }
}
