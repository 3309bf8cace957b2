import { useTexts } from './translator.ts'

/** A time in the reader's zone; the exact one is shown on hover. */
export function Time({ at }: { at: string }) {
  const { language } = useTexts()
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
  return (
    <time dateTime={at} title={at}>
      {text}
    </time>
  )
}
