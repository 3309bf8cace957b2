import { type Customer, customer, diffList, type HistoryItem } from '#contract/schemas/customer.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import type { Api, ApiResponse } from './api.ts'
import { allCustomers, wholeHistory } from './pages.ts'

type Headers = Record<string, string>

/** A logged-in user, with the operations on the list. */
export class Agent {
  readonly #api: Api
  readonly token: string

  constructor(api: Api, token: string) {
    this.#api = api
    this.token = token
  }

  static async logIn(api: Api, user: 'agent' | 'provider' = 'agent'): Promise<Agent> {
    return new Agent(api, await api.token(user))
  }

  send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<ApiResponse> {
    return this.#api.api(method, path, { token: this.token, headers, ...(body === undefined ? {} : { body }) })
  }

  /** @throws Error when the customer is not created. */
  async create(body: unknown, headers: Headers = {}): Promise<Customer> {
    return (await this.send('POST', '/v1/customers', body, headers)).as(customer)
  }

  get(id: string, query = ''): Promise<ApiResponse> {
    return this.send('GET', `/v1/customers/${id}${query && `?${query}`}`)
  }

  /** Reads the customer consistently, or as the query says. */
  async read(id: string, query = 'consistent=true'): Promise<Customer> {
    return (await this.get(id, query)).as(customer)
  }

  patch(id: string, body: unknown, headers: Headers = {}): Promise<ApiResponse> {
    return this.send('PATCH', `/v1/customers/${id}`, body, headers)
  }

  put(id: string, body: unknown, headers: Headers = {}): Promise<ApiResponse> {
    return this.send('PUT', `/v1/customers/${id}`, body, headers)
  }

  delete(id: string, headers: Headers = {}): Promise<ApiResponse> {
    return this.send('DELETE', `/v1/customers/${id}`, undefined, headers)
  }

  restore(id: string, headers: Headers = {}): Promise<ApiResponse> {
    return this.send('POST', `/v1/customers/${id}/restore`, undefined, headers)
  }

  /** Returns the customers that the query selects, of all pages: with a filter, the first ones may be empty. */
  list(query: string): Promise<Customer[]> {
    return allCustomers(this.#api, this.token, query)
  }

  async search(body: object) {
    return (await this.send('POST', '/v1/search', body)).as(searchAnswer).items
  }

  /** Returns every version, newest first. */
  history(id: string): Promise<HistoryItem[]> {
    return wholeHistory(this.#api, this.token, id)
  }

  async versions(id: string): Promise<number> {
    return (await this.history(id)).length
  }

  async diff(id: string, from: string, to?: string) {
    const query = `from=${from}${to === undefined ? '' : `&to=${to}`}`
    return (await this.send('GET', `/v1/customers/${id}/diff?${query}`)).as(diffList)
  }
}

export const etag = (answer: ApiResponse): string => answer.headers.get('etag') ?? ''

/** A person with every field. */
export const person = {
  surname: 'Lindqvist',
  given_name: 'Åsa',
  dob: '1980-05-06',
  document_number: 'SE 1',
  details: { city: 'Lund', height_cm: 171, resident: true },
}

/** Creates a customer with three back-dated surnames, and returns the id. */
export async function createWithPast(agent: Agent): Promise<string> {
  const { id } = await agent.create({ surname: 'Born', given_name: 'Ada', valid_from: '2000-01-01' })
  await agent.patch(id, { surname: 'Married', valid_from: '2010-06-15T12:00:00Z' })
  await agent.patch(id, { surname: 'Widowed', valid_from: '2020-01-01T00:00:00.500Z' })
  return id
}
