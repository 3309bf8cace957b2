import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from '@jest/globals'
import { auditVerification } from '#contract/schemas/audit.ts'
import { Agent } from '../e2e/agent.ts'
import { apiAt } from '../e2e/api.ts'
import { describeLocalServer } from '../e2e/conditional-tests.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { runLocationsCommand } from '../e2e/locations.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const HOUR_MS = 3_600_000
const LONG_MS = 90_000

/** Makes the clock of a process differ. Nothing else of it is replaced. */
const clockThatDiffers = (ms: number): string => {
  const program = `const Real = Date; globalThis.Date = class extends Real {
    constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${ms}) }
    static now() { return Real.now() + ${ms} }
  }`
  return `--import data:text/javascript,${encodeURIComponent(program)}`
}

describeLocalServer('a location that starts with another clock', () => {
  let server: LocalServer | null = null
  let folder = ''
  afterEach(async () => {
    await server?.end()
    await rm(folder, { recursive: true, force: true })
  })

  const startWith = async (port: number, ms: number) => {
    await server?.end()
    server = new LocalServer(port, folder, {
      REGISTRY_SAMPLE: '0',
      REGISTRY_SEAL_AFTER: '1',
      NODE_OPTIONS: clockThatDiffers(ms),
    })
    await server.run.ready()
    const api = apiAt(`http://127.0.0.1:${port}`)
    return { run: server.run, agent: await Agent.logIn(api), provider: await Agent.logIn(api, 'provider') }
  }
  const verify = async (provider: Agent) => (await provider.send('POST', '/v1/audit/verify')).as(auditVerification)

  test(
    'warns if it is behind or a day ahead, and seals what it writes in either case',
    async () => {
      folder = await freshFolder()
      const port = await freePorts()
      const first = await startWith(port, 0)
      await first.agent.create({ surname: 'Before' })
      await until(async () => (await verify(first.provider)).entries > 0, 30_000, 'the first seal')
      expect(first.run.stdout + first.run.stderr).not.toContain('The clock')

      const behind = await startWith(port, -2 * HOUR_MS)
      expect(behind.run.stdout + behind.run.stderr).toMatch(/The clock \([^)]*\) is 2 hours behind the /)
      expect((await runLocationsCommand(folder, 'status')).stdout).toMatch(
        /^loc1 +at its start: The clock .* is 2 hours behind/m,
      )
      await behind.agent.create({ surname: 'Earlier' })
      const differences: number[] = []
      await until(
        async () => {
          const result = await verify(behind.provider)
          differences.push(...Object.values(result.differences).map(({ count }) => count))
          return result.restarts.length > 0 && result.entries > 4
        },
        30_000,
        'what was written is sealed',
      )
      expect(differences.filter(count => count > 0)).toEqual([])

      const ahead = await startWith(port, 72 * HOUR_MS)
      expect(ahead.run.stdout + ahead.run.stderr).toMatch(/The clock \([^)]*\) is 3 days ahead of the /)
    },
    LONG_MS,
  )
})
