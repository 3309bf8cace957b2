import { useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCaller } from './caller.ts'
import { operationOf } from './navigation.tsx'
import { useTexts } from './translator.ts'

/** The view, or that the user's role does not permit it. */
export function Permitted({ children }: { children: ReactNode }) {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  const view = useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId })
  const operation = operationOf(view)
  if (!caller || operation === undefined || caller.operations.includes(operation)) return children
  return (
    <div className="card stack">
      <h1>{t('permitted.title')}</h1>
      <p>{t('permitted.text')}</p>
    </div>
  )
}
