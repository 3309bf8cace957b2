import type { Messages } from '../../shared/i18n.ts'
import common from './de/common.ts'
import provider from './de/provider.ts'
import type en from './en.ts'

export default { ...common, ...provider } satisfies Messages<typeof en>
