import type { KeyboardEvent } from 'react'

/** Moves the focus among the input of a search and the results, by the arrows. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const stops = [...event.currentTarget.querySelectorAll('input[type=search], .hit a:not(.button)')].filter(
    it => it instanceof HTMLElement,
  )
  const at = stops.findIndex(it => it.matches(':focus'))
  // In another input, the arrows have a meaning of their own.
  const next = at < 0 ? undefined : stops[at + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
