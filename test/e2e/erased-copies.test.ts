import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { auditList, auditVerification } from '#contract/schemas/audit.ts'
import { erasureAnswer } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { Locations } from './locations.ts'
import { until } from './until.ts'

const NUMBER = 'QF-83920184'
const CITY = 'Quillfeather'
const LONG_MS = 140_000

/** The files of a folder that contain a text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const contents = await Promise.all(paths.map(path => readFile(path)))
  return paths.filter((_, n) => contents[n]?.includes(text))
}

describeLocalServer('somebody who is erased after a merge was split', () => {
  test(
    'leaves nothing in the history and the audit of the other, at any location, nor in any file',
    async () => {
      const locations = await Locations.start({ REGISTRY_SAMPLE: '0', REGISTRY_SEAL_AFTER: '1' })
      try {
        const agents = await Promise.all(locations.all.map(place => Agent.logIn(place)))
        const providers = await Promise.all(locations.all.map(place => Agent.logIn(place, 'provider')))
        const [agent, provider] = [agents[0], providers[0]]
        if (agent === undefined || provider === undefined) throw new Error('there are three locations')
        const [first, second] = [await agent.create({ surname: 'Stays' }), await agent.create({ surname: 'Stays' })]
        const [survivor = '', merged = ''] = [first.id, second.id].sort()
        await agent.patch(merged, { document_number: NUMBER, given_name: CITY })
        const decision = { ids: [survivor, merged], decision: 'same' }
        expect((await agent.send('POST', '/v1/duplicates', decision)).status).toBe(200)
        await until(async () => (await agents[1]?.get(survivor))?.text.includes(NUMBER) ?? false, 30_000, 'the merge')
        await agents[1]?.patch(survivor, { surname: 'Changed' })
        const hasChange = async () =>
          (await agent.get(survivor)).text.includes('Changed') && (await agent.versions(survivor)) === 3
        await until(hasChange, 30_000, 'the change')
        expect((await agent.send('POST', `/v1/customers/${merged}/split`)).status).toBe(200)

        const certificate = (await provider.send('POST', `/v1/customers/${merged}/erase`)).as(erasureAnswer)
        expect(certificate).toMatchObject({
          ids: [merged],
          removed: { copies: 3 },
          found: { registry: 0, views: 0, audit: 0, linked: 0, copies: 0 },
        })
        const read = async (reader: Agent, query: string) => (await reader.send('GET', query)).text
        for (const [n, reader] of providers.entries()) {
          const name = locations.all[n]?.name
          const queries = [`/v1/customers/${survivor}/history`, `/v1/audit?customer=${survivor}`]
          await until(
            async () => {
              const texts = await Promise.all(queries.map(query => read(reader, query)))
              return texts.every(text => text.includes('Changed') && !text.includes(NUMBER) && !text.includes(CITY))
            },
            40_000,
            `${name} to have nothing of the erased customer`,
          )
          expect(await read(reader, `/v1/customers?document_number=${NUMBER}`)).not.toContain(survivor)
        }
        await until(
          async () =>
            (await provider.send('POST', `/v1/customers/${merged}/erase`)).as(erasureAnswer).pending.length === 0,
          40_000,
          'every location to acknowledge',
        )
        await until(
          async () => {
            const { entries, differences } = (await provider.send('POST', '/v1/audit/verify')).as(auditVerification)
            const counts = Object.values(differences).map(({ count }) => count)
            expect(counts).toEqual([0, 0, 0, 0])
            return entries > 10
          },
          40_000,
          'seals of that time',
        )
        const changes = (await provider.send('GET', `/v1/audit?customer=${survivor}&action=merge`)).as(auditList)
        expect(changes.items).toHaveLength(1)
        await locations.local.end()
        expect(await filesWith(locations.local.folder, NUMBER)).toEqual([])
        expect(await filesWith(locations.local.folder, CITY)).toEqual([])
      } finally {
        await locations.stop()
      }
    },
    LONG_MS,
  )
})
