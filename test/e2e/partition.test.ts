import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { conflictList } from '#contract/schemas/conflict.ts'
import { customer } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { Locations, waitForAgreement } from './locations.ts'

const CUSTOMERS = 5
/** The number of agents per location, and of changes per agent, each sent after the response to the one before. */
const AGENTS = 3
const CHANGES = 12
const BOUND_MS = 30_000

describeLocalServer('three locations under load, cut off one after the other', () => {
  let locations: Locations
  let agents: Agent[]
  let ids: string[]
  /** The versions that were acknowledged. */
  const acknowledged: { id: string; version: string }[] = []
  const timestamps: string[] = []

  beforeAll(async () => {
    locations = await Locations.start({ REGISTRY_SAMPLE: '0' })
    agents = await Promise.all(locations.all.map(location => Agent.logIn(location)))
    const [first] = agents
    const people = Array.from({ length: CUSTOMERS }, (_, n) => ({ surname: `Person ${n}`, valid_from: '2020-01-01' }))
    ids = await Promise.all(people.map(async person => (await first?.create(person))?.id ?? ''))
    await waitForAgreement(
      locations,
      location => readEverything(location.name),
      ({ current }) => !current.includes('"status":404'),
      BOUND_MS,
      'all customers',
    )
  }, 60_000)
  afterAll(() => locations.stop())

  const agentAt = (name: string): Agent => agents[locations.all.findIndex(location => location.name === name)] as Agent

  /** Reads everything that a location shows: customers, histories, past states and conflicts. */
  async function readEverything(name: string) {
    const agent = agentAt(name)
    const provider = new Agent(
      locations.all.find(location => location.name === name) ?? locations.at(1),
      await getProviderToken(),
    )
    const texts = (queries: readonly string[]) =>
      Promise.all(
        ids.flatMap(id => queries.map(async query => `${query} ${toText((await agent.get(id, query)).json)}`)),
      ).then(all => all.join('\n'))
    return {
      current: await texts(['']),
      histories: JSON.stringify(await Promise.all(ids.map(id => agent.history(id).catch(() => [])))),
      past: await texts(timestamps.flatMap(at => [`as_of=${at}`, `known_at=${at}`])),
      conflicts: (await provider.send('GET', '/v1/conflicts?limit=100')).as(conflictList),
    }
  }
  let token: Promise<string> | undefined
  const getProviderToken = (): Promise<string> => {
    token ??= locations.at(1).token('provider')
    return token
  }
  /** The response without its request id. */
  const toText = (json: unknown): string => JSON.stringify({ ...(json as object), request_id: undefined })

  /** Writes changes as one agent, to one customer after the other. */
  async function writeChanges(locationIndex: number, agentIndex: number): Promise<void> {
    const agent = agents[locationIndex] as Agent
    for (let n = 0; n < CHANGES; n++) {
      const id = ids[(n * AGENTS + agentIndex + locationIndex) % CUSTOMERS] ?? ''
      const label = `${locationIndex}-${agentIndex}-${n}`
      const response = await ([
        () => agent.patch(id, { surname: `S ${label}` }),
        () => agent.patch(id, { document_number: `D ${label}` }),
        () => agent.patch(id, { given_name: `G ${label}`, valid_from: `2021-0${1 + (n % 9)}-01` }),
        () => (n % 2 === 0 ? agent.delete(id) : agent.restore(id)),
      ][(n + agentIndex) % 4]?.() ?? agent.restore(id))
      // 409: another agent has just deleted the customer.
      if (response.status === 409) continue
      expect(response.status).toBe(200)
      acknowledged.push({ id, version: response.as(customer).version })
      if (n % 4 === agentIndex) timestamps.push(new Date().toISOString())
    }
  }
  const writeConcurrently = () =>
    Promise.all(
      agents.flatMap((_, locationIndex) =>
        Array.from({ length: AGENTS }, (_, agentIndex) => writeChanges(locationIndex, agentIndex)),
      ),
    )

  test('converge to identical responses with every acknowledged version after the connections are healed', async () => {
    await locations.runCommand('cut', 'loc2')
    await writeConcurrently()
    await locations.runCommand('heal', 'loc2')
    await locations.runCommand('cut', 'loc3')
    await writeConcurrently()
    await locations.runCommand('heal', 'loc3')
    timestamps.splice(
      0,
      timestamps.length,
      ...timestamps.sort().filter((_, n, all) => n % Math.ceil(all.length / 6) === 0),
    )
    const includesAcknowledged = (histories: string) =>
      acknowledged.every(({ version }) => histories.includes(`"${version}"`))
    const { conflicts, past } = await waitForAgreement(
      locations,
      location => readEverything(location.name),
      ({ histories }) => includesAcknowledged(histories),
      BOUND_MS,
      'all locations to agree',
    )
    expect(acknowledged.length).toBeGreaterThan(AGENTS * CHANGES)
    expect(conflicts.items.length).toBeGreaterThan(0)
    expect(past).toContain('"surname":"S ')
  }, 120_000)
})
