import { Unavailable } from '#domain/errors.ts'
import type { CandidateIndex } from '#domain/search/port.ts'

const none = async (): Promise<never> => {
  throw new Unavailable('This location has no search index: use exact look-ups')
}

/** Stands for a disabled index. It ignores what is put and refuses searches: an empty result would say that nobody was found. */
export class DisabledIndex implements CandidateIndex {
  readonly engine = 'none'
  readonly candidates = none
  readonly exact = none
  readonly sorted = none
  readonly count = none
  readonly tokens = none
  readonly create = none
  readonly promote = none
  readonly listIds = none

  async put(): Promise<void> {}

  async getMany(): Promise<[]> {
    return []
  }
}
