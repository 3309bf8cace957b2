import { useTexts } from './translator.ts'

/** Kept, because making one takes longer than rendering a row of a list. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: string): Intl.DateTimeFormat {
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  formats.set(language, format)
  return format
}

/** A time in the reader's zone, in words of a language. */
export const formatTime = (language: string, at: string): string => formatOf(language).format(new Date(at))

/** A time in the reader's zone; the exact one is shown on hover. */
export function Time({ at }: { at: string }) {
  const { language } = useTexts()
  return (
    <time dateTime={at} title={at}>
      {formatTime(language, at)}
    </time>
  )
}
