const isSubmit = (element: Element): element is HTMLButtonElement =>
  element instanceof HTMLButtonElement && element.type === 'submit'

/** Ctrl+Enter presses the button of a form, from wherever one is in it. What a dialog asks is answered by its buttons alone. */
export function saveByKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !(event.target instanceof Element)) return
  const form = event.target.closest('form:not([method=dialog])')
  if (!(form instanceof HTMLFormElement)) return
  event.preventDefault()
  // Not requestSubmit: a button that is disabled keeps a form from being sent twice.
  if (!event.repeat) [...form.elements].find(isSubmit)?.click()
}
