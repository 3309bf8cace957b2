import { routes } from './routes.ts'

/** The group of the machine user that tries the registry out, location by location. */
export const CANARY_GROUP = 'service_canary'

/** What that user may call, beside what is open to anyone; nothing else, though to erase is for the provider otherwise. */
export const canaryRoutes = [routes.createCustomer, routes.getCustomer, routes.search, routes.eraseCustomer] as const

/** By this number those on the list are told who are none: of a location's canary. What is left of a run that broke off is found by it. */
export const canaryDocumentNumber = (location: string): string => `CANARY ${location.toUpperCase()}`
