import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { conflictList } from '#contract/schemas/conflict.ts'
import { customer } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { agreed, Locations } from './locations.ts'
import { describeOwnServer } from './own-server.ts'

const CUSTOMERS = 5
/** At each location so many agents write so many changes, each when the one before was answered. */
const AGENTS = 3
const CHANGES = 12
const BOUND_MS = 30_000

describeOwnServer('three locations under load, one cut off after the other', () => {
  let locations: Locations
  let agents: Agent[]
  let ids: string[]
  /** What was answered: of which customer which version. */
  const acknowledged: { id: string; version: string }[] = []
  const moments: string[] = []

  beforeAll(async () => {
    locations = await Locations.start({ REGISTRY_SAMPLE: '0' })
    agents = await Promise.all(locations.all.map(place => Agent.logIn(place)))
    const [first] = agents
    const people = Array.from({ length: CUSTOMERS }, (_, n) => ({ surname: `Person ${n}`, valid_from: '2020-01-01' }))
    ids = await Promise.all(people.map(async person => (await first?.create(person))?.id ?? ''))
    await agreed(
      locations,
      place => picture(place.name),
      ({ current }) => !current.includes('404'),
      BOUND_MS,
      'all of them',
    )
  }, 60_000)
  afterAll(() => locations.stop())

  const agentAt = (name: string): Agent => agents[locations.all.findIndex(place => place.name === name)] as Agent

  /** All that a location shows: everybody now, with their histories, and as they were and were known. */
  async function picture(name: string) {
    const agent = agentAt(name)
    const provider = new Agent(
      locations.all.find(place => place.name === name) ?? locations.at(1),
      await providerToken(),
    )
    const texts = (queries: readonly string[]) =>
      Promise.all(
        ids.flatMap(id => queries.map(async query => `${query} ${normal((await agent.get(id, query)).json)}`)),
      ).then(all => all.join('\n'))
    return {
      current: await texts(['']),
      histories: JSON.stringify(await Promise.all(ids.map(id => agent.history(id).catch(() => [])))),
      past: await texts(moments.flatMap(at => [`as_of=${at}`, `known_at=${at}`])),
      conflicts: (await provider.send('GET', '/v1/conflicts?limit=100')).as(conflictList),
    }
  }
  let token: Promise<string> | undefined
  const providerToken = (): Promise<string> => {
    token ??= locations.at(1).token('provider')
    return token
  }
  /** An answer but for its request's own name. */
  const normal = (json: unknown): string => JSON.stringify({ ...(json as object), request_id: undefined })

  /** Some changes by one agent, of one customer after the other. */
  async function changes(place: number, who: number): Promise<void> {
    const agent = agents[place] as Agent
    for (let n = 0; n < CHANGES; n++) {
      const id = ids[(n * AGENTS + who + place) % CUSTOMERS] ?? ''
      const mark = `${place}-${who}-${n}`
      const answer = await ([
        () => agent.patch(id, { surname: `S ${mark}` }),
        () => agent.patch(id, { document_number: `D ${mark}` }),
        () => agent.patch(id, { given_name: `G ${mark}`, valid_from: `2021-0${1 + (n % 9)}-01` }),
        () => (n % 2 === 0 ? agent.delete(id) : agent.restore(id)),
      ][(n + who) % 4]?.() ?? agent.restore(id))
      // Who changes somebody that another has just deleted is told so.
      if (answer.status === 409) continue
      expect(answer.status).toBe(200)
      acknowledged.push({ id, version: answer.as(customer).version })
      if (n % 4 === who) moments.push(new Date().toISOString())
    }
  }
  const load = () =>
    Promise.all(agents.flatMap((_, place) => Array.from({ length: AGENTS }, (_, who) => changes(place, who))))

  test('hold the same when the lines are whole again, byte by byte, and everything that was acknowledged', async () => {
    await locations.say('cut', 'loc2')
    await load()
    await locations.say('heal', 'loc2')
    await locations.say('cut', 'loc3')
    await load()
    await locations.say('heal', 'loc3')
    moments.splice(0, moments.length, ...moments.sort().filter((_, n, all) => n % Math.ceil(all.length / 6) === 0))
    const kept = (histories: string) => acknowledged.every(({ version }) => histories.includes(`"${version}"`))
    const { conflicts, past } = await agreed(
      locations,
      place => picture(place.name),
      ({ histories }) => kept(histories),
      BOUND_MS,
      'all locations to agree',
    )
    expect(acknowledged.length).toBeGreaterThan(AGENTS * CHANGES)
    expect(conflicts.items.length).toBeGreaterThan(0)
    expect(past).toContain('"surname":"S ')
  }, 120_000)
})
