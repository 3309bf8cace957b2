import type { Messages } from '../../shared/i18n.ts'
import audit from './de/audit.ts'
import changes from './de/changes.ts'
import common from './de/common.ts'
import customer from './de/customer.ts'
import edit from './de/edit.ts'
import imports from './de/import.ts'
import list from './de/list.ts'
import locations from './de/locations.ts'
import maintenance from './de/maintenance.ts'
import merge from './de/merge.ts'
import provider from './de/provider.ts'
import retention from './de/retention.ts'
import users from './de/users.ts'
import type en from './en.ts'

export default {
  ...audit,
  ...changes,
  ...common,
  ...customer,
  ...edit,
  ...imports,
  ...list,
  ...locations,
  ...maintenance,
  ...merge,
  ...provider,
  ...retention,
  ...users,
} satisfies Messages<typeof en>
