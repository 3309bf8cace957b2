import { sampleFields } from '#local/sample/fields.ts'
import { samplePeople } from '#local/sample/people.ts'
import { Agent } from './agent.ts'
import { apiAt } from './api.ts'
import { sendBatch } from './batches.ts'

/**
 * Loads the sample of `npm start` at a URL: its fields, authorised, and its customers. It can be repeated.
 *
 * @throws Error when part of it is refused.
 */
export async function putSample(url: string): Promise<void> {
  const provider = await Agent.logIn(apiAt(url), 'provider')
  for (const { state: _, ...field } of sampleFields) {
    if ((await provider.send('GET', `/v1/fields/${field.name}`)).status === 200) continue
    const requested = await provider.send('POST', '/v1/fields', field)
    const authorised = await provider.send('POST', `/v1/fields/${field.name}/authorise`)
    if (requested.status !== 201 || authorised.status !== 200)
      throw new Error(`${field.name}: ${requested.text} ${authorised.text}`)
  }
  const response = await sendBatch(provider, 'sample', samplePeople)
  if (response.status !== 200) throw new Error(`the sample's people: ${response.text}`)
}
