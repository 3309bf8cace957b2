import common from './en/common.ts'

export default { ...common }
