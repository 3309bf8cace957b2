/** What things are called on one machine. */
export const LOCATION = 'loc1'
export const TABLES = { registry: 'registry', views: 'views' }
export const CLIENT = 'registry-local'
/** Demo users: whoever reaches the loopback may be either. */
export const USERS = {
  agent: { password: 'agent', groups: ['service_agent'] },
  provider: { password: 'provider', groups: ['service_provider'] },
}
