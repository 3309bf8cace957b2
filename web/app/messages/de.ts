import type { Messages } from '../../shared/i18n.ts'
import common from './de/common.ts'
import provider from './de/provider.ts'
import users from './de/users.ts'
import type en from './en.ts'

export default { ...common, ...provider, ...users } satisfies Messages<typeof en>
