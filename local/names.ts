/** What things are called on one machine. */
export const LOCATIONS = ['loc1', 'loc2', 'loc3', 'loc4', 'loc5'] as const
/** Where the sample is loaded; the others get it from there. */
export const FIRST = LOCATIONS[0]
export const TABLES = { registry: 'registry', views: 'views' }
export const CLIENT = 'registry-local'
/** Demo users: whoever reaches the loopback may be either. */
export const USERS = {
  agent: { password: 'agent', groups: ['service_agent'] },
  provider: { password: 'provider', groups: ['service_provider'] },
  canary: { password: 'canary', groups: ['service_canary'] },
}
