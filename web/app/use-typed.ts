import { useState } from 'react'

/**
 * What is typed into an input whose value is in the address. The address follows a moment later, and an input that waited for it would fall back
 * to the old value.
 */
export function useTyped<T>(value: T) {
  const [typed, setTyped] = useState(value)
  const [last, setLast] = useState(value)
  if (last !== value) {
    setLast(value)
    setTyped(value)
  }
  return [typed, setTyped] as const
}
