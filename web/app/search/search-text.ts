let text = ''
const listeners = new Set<() => void>()

/** What is in the search box. It stays while a result is open, until sign-out or reload. */
export const searchText = {
  get: (): string => text,
  set: (next: string): void => {
    text = next
    for (const listener of listeners) listener()
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
