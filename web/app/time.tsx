import { useTexts } from './translator.ts'

/** A time in the reader's zone, in words of a language. */
export const formatTime = (language: string, at: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

/** A time in the reader's zone; the exact one is shown on hover. */
export function Time({ at }: { at: string }) {
  const { language } = useTexts()
  return (
    <time dateTime={at} title={at}>
      {formatTime(language, at)}
    </time>
  )
}
