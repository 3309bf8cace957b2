import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program of the project as the demo agent of a registry. Its errors are shown. @throws Error if it fails */
export async function runProgram(url: string, program: string, ...args: string[]): Promise<void> {
  const user = { REGISTRY_URL: url, REGISTRY_USER: 'agent', REGISTRY_PASSWORD: 'agent' }
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...user },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code]: unknown[] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} ended with ${code}`)
}

/** Adds made-up customers to a registry. @param from how many of them it has already */
export const addCustomers = (url: string, count: number, from = 0): Promise<void> =>
  runProgram(url, 'local/sample/generate.ts', '--extras', String(count), '--from', String(from))
