import { expect } from '@jest/globals'
import { fieldAnswer } from '#contract/schemas/field.ts'
import type { Agent } from './agent.ts'

/** Fields that an agent requests and the provider decides on. */
export class Fields {
  readonly #agent: Agent
  readonly #provider: Agent
  #names = 0

  constructor(agent: Agent, provider: Agent) {
    this.#agent = agent
    this.#provider = provider
  }

  /** Returns a name that no other test uses. */
  newName(): string {
    return `own_${Date.now()}_${++this.#names}`
  }

  async get(name: string) {
    return (await this.#agent.send('GET', `/v1/fields/${name}`)).as(fieldAnswer)
  }

  decide(name: string, decision: string, user = this.#provider) {
    return user.send('POST', `/v1/fields/${name}/${decision}`)
  }

  remove(name: string, user = this.#provider) {
    return user.send('DELETE', `/v1/fields/${name}`)
  }

  /** Creates an authorised field and returns its name. */
  async createAuthorised(overrides: object = {}): Promise<string> {
    const name = this.newName()
    expect((await this.#agent.send('POST', '/v1/fields', { name, type: 'text', ...overrides })).status).toBe(201)
    expect((await this.decide(name, 'authorise')).as(fieldAnswer).state).toBe('authorised')
    return name
  }
}
