import type { Messages } from '../../shared/i18n.ts'
import common from './de/common.ts'
import type en from './en.ts'

export default { ...common } satisfies Messages<typeof en>
