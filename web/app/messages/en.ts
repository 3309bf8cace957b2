import audit from './en/audit.ts'
import changes from './en/changes.ts'
import common from './en/common.ts'
import customer from './en/customer.ts'
import edit from './en/edit.ts'
import imports from './en/import.ts'
import list from './en/list.ts'
import locations from './en/locations.ts'
import maintenance from './en/maintenance.ts'
import merge from './en/merge.ts'
import provider from './en/provider.ts'
import retention from './en/retention.ts'
import users from './en/users.ts'

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
}
