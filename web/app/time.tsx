import { toLocale } from '../shared/i18n.ts'
import { useTexts } from './translator.ts'

/** Kept, because making one takes longer than rendering a row of a list. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: string): Intl.DateTimeFormat {
  const format =
    formats.get(language) ?? new Intl.DateTimeFormat(toLocale(language), { dateStyle: 'medium', timeStyle: 'short' })
  formats.set(language, format)
  return format
}

/** A time in the reader's zone, in words of a language. */
export const formatTime = (language: string, at: string): string => formatOf(language).format(new Date(at))

const UNITS = [
  ['hour', 3600],
  ['minute', 60],
] as const

/** A number of seconds, in the largest unit in which it is whole. */
export function formatDuration(language: string, seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds > 0 && seconds % length === 0) ?? ['second', 1]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length)
}

/** A time in the reader's zone; the exact one is shown on hover. */
export function Time({ at }: { at: string }) {
  const { language } = useTexts()
  return (
    <time dateTime={at} title={at}>
      {formatTime(language, at)}
    </time>
  )
}
