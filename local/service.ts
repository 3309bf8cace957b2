/** A part of the local runtime. Parts start in order and stop in reverse order. */
export interface Service {
  name: string
  start(): Promise<void>
  stop(): Promise<void>
}

/** A reason why it cannot start that the user can fix. Shown in one line, without a stack. */
export class StartupError extends Error {}

/** Starts services in order. If one fails, those before it are stopped. */
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
