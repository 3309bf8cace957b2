/** A part of the local runtime. Parts start in their order and stop in the reverse of it. */
export interface Service {
  name: string
  start(): Promise<void>
  stop(): Promise<void>
}

/** A reason not to start that a person can do something about: told in one line, without a stack. */
export class StartupError extends Error {}

/** Starts services one after the other; when one fails, those before it are stopped again. */
export async function startAll(services: readonly Service[]): Promise<() => Promise<void>> {
  const started: Service[] = []
  const stopAll = async () => {
    for (let last = started.pop(); last; last = started.pop()) await last.stop()
  }
  try {
    for (const service of services) {
      await service.start()
      started.push(service)
    }
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}
