import { Store } from '../../shared/store.ts'

/** What is in the search box. It stays while a result is open, until sign-out or reload. */
export const searchText = new Store('')
