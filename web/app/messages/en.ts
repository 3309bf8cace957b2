import common from './en/common.ts'
import provider from './en/provider.ts'
import users from './en/users.ts'

export default { ...common, ...provider, ...users }
