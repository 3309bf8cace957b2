import { type ReactNode, useState } from 'react'

interface Props {
  title: string
  /** Whether what the controls say is in effect, so that they must be seen. */
  isInUse: boolean
  children: ReactNode
}

/** Controls above a list. In a narrow window they are closed at first, because they would leave no room for the list. */
export function Foldable({ title, isInUse, children }: Props) {
  const [isOpenAtFirst] = useState(() => isInUse || matchMedia('(min-width: 44rem)').matches)
  return (
    <details open={isOpenAtFirst}>
      <summary>{title}</summary>
      <div className="stack revealed">{children}</div>
    </details>
  )
}
