import { useTexts } from '../translator.ts'

/** The actions that are changes of customers. The others are operations of the API, and are called as there. */
export const CHANGES = ['create', 'update', 'delete', 'restore', 'merge', 'split', 'hold', 'release', 'expire'] as const

export function ActionName({ action }: { action: string }) {
  const { t } = useTexts()
  const change = CHANGES.find(it => it === action)
  return change ? <strong>{t(`action.${change}`)}</strong> : <strong className="mono">{action}</strong>
}
