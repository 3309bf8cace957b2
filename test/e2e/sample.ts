import { sampleFields } from '#local/sample/fields.ts'
import { samplePeople } from '#local/sample/people.ts'
import { Agent } from './agent.ts'
import { apiAt } from './api.ts'
import { send } from './batch-senders.ts'

/**
 * Puts the sample, which `npm start` begins with, on the list at a URL: its fields, authorised, and its people. Again, it changes nothing.
 *
 * @throws Error when something of it is refused.
 */
export async function putSample(url: string): Promise<void> {
  const provider = await Agent.logIn(apiAt(url), 'provider')
  for (const { state: _, ...field } of sampleFields) {
    if ((await provider.send('GET', `/v1/fields/${field.name}`)).status === 200) continue
    const asked = await provider.send('POST', '/v1/fields', field)
    const granted = await provider.send('POST', `/v1/fields/${field.name}/authorise`)
    if (asked.status !== 201 || granted.status !== 200) throw new Error(`${field.name}: ${asked.text} ${granted.text}`)
  }
  const taken = await send(provider, 'sample', samplePeople)
  if (taken.status !== 200) throw new Error(`the sample's people: ${taken.text}`)
}
