import { useEffect, useState } from 'preact/hooks'
import { Translator, toLocale } from '../shared/i18n.ts'
import type en from './messages/en.ts'

export const translator = new Translator<typeof en>({
  en: () => import('./messages/en.ts'),
  de: () => import('./messages/de.ts'),
  ar: () => import('./messages/ar.ts'),
})

export const { t } = translator

/** The language, also after it changes. */
export function useLanguage() {
  const [language, setLanguage] = useState(translator.language)
  useEffect(() => translator.subscribe(() => setLanguage(translator.language)), [])
  return language
}

export const formatTime = (time: string | Date): string =>
  new Intl.DateTimeFormat(toLocale(translator.language), { dateStyle: 'long', timeStyle: 'medium' }).format(
    new Date(time),
  )
