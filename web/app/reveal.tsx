import { type ReactNode, useState } from 'react'

/** A section that opens. Its content is read only then: each read costs time, and leaves an entry in the audit. */
export function Reveal({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="card" onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {isOpen && <div className="stack revealed">{children}</div>}
    </details>
  )
}
