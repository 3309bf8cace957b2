interface Props {
  label: string
  isSaving: boolean
  cancelLabel: string
  onCancel: () => void
}

/** The buttons at the end of a form. */
export function SaveRow({ label, isSaving, cancelLabel, onCancel }: Props) {
  return (
    <div className="row">
      <button className="button primary" type="submit" aria-keyshortcuts="Control+Enter" disabled={isSaving}>
        {label}
      </button>
      <button className="button" type="button" onClick={onCancel}>
        {cancelLabel}
      </button>
      <span className="quiet">
        <kbd>Ctrl</kbd> <kbd>Enter</kbd>
      </span>
    </div>
  )
}
