import { useSyncExternalStore } from 'react'
import { Translator } from '../shared/i18n.ts'
import type en from './messages/en.ts'

export const translator = new Translator<typeof en>({
  en: () => import('./messages/en.ts'),
  de: () => import('./messages/de.ts'),
  ar: () => import('./messages/ar.ts'),
})

/** The texts in the reader's language; the component is rendered again when the language changes. */
export function useTexts() {
  const language = useSyncExternalStore(translator.subscribe, () => translator.language)
  return { t: translator.t, language }
}
