import { type ReactNode, useLayoutEffect, useRef } from 'react'

interface Props {
  className?: string
  labelledBy: string
  describedBy?: string
  children: ReactNode
}

/** A dialog above everything else for as long as it is rendered. Escape does not close it. */
export function Modal({ className = '', labelledBy, describedBy, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed while it is still in the document: only then the browser gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      onCancel={event => event.preventDefault()}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      {children}
    </dialog>
  )
}
