import common from './en/common.ts'
import provider from './en/provider.ts'

export default { ...common, ...provider }
