import type { Messages } from '../../shared/i18n.ts'
import audit from './ar/audit.ts'
import changes from './ar/changes.ts'
import common from './ar/common.ts'
import customer from './ar/customer.ts'
import edit from './ar/edit.ts'
import imports from './ar/import.ts'
import list from './ar/list.ts'
import locations from './ar/locations.ts'
import maintenance from './ar/maintenance.ts'
import merge from './ar/merge.ts'
import provider from './ar/provider.ts'
import retention from './ar/retention.ts'
import users from './ar/users.ts'
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
