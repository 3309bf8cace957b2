/** Thrown for a request without an answer. `status` is 0 if the registry was not reached. */
export class RequestFailed extends Error {
  readonly status: number

  constructor(status: number) {
    super(`status ${status}`)
    this.name = 'RequestFailed'
    this.status = status
  }
}

interface ApiResult<T> {
  data?: T
  response: Response
}

/** The data of a response. @throws RequestFailed */
export async function dataOf<T>(request: Promise<ApiResult<T>>): Promise<T> {
  const { data, response } = await request.catch((): never => {
    throw new RequestFailed(0)
  })
  if (data === undefined) throw new RequestFailed(response.status)
  return data
}
