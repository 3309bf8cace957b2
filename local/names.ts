/** Names used on one machine. */
export const LOCATIONS = ['loc1', 'loc2', 'loc3', 'loc4', 'loc5'] as const
/** The location that loads the sample; the others receive it by replication. */
export const FIRST = LOCATIONS[0]
export const TABLES = { registry: 'registry', views: 'views' }
/** A file of each location: the tables of its engine. */
export const TABLES_FILE = 'tables.db'
/** A file of the machine: its secrets. */
export const KEYS_FILE = 'keys.json'
export const CLIENT = 'registry-local'
/** Demo users. Everyone who reaches the loopback interface can use them. */
export const USERS = {
  agent: { password: 'agent', groups: ['service_agent'] },
  provider: { password: 'provider', groups: ['service_provider'] },
  canary: { password: 'canary', groups: ['service_canary'] },
}
