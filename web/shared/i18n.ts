import i18next from 'i18next'
import { Store } from './store.ts'

/** The languages of the page, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const // cspell:disable-line
export type Language = keyof typeof LANGUAGES

const STORED = 'language'

export const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag)

/** The language that the reader chose, or the first of the browser's that the page has. */
function preferredLanguage(): Language {
  const tags = [localStorage.getItem(STORED) ?? '', ...navigator.languages]
  return tags.map(tag => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}

type PluralSuffix = '_zero' | '_one' | '_two' | '_few' | '_many' | '_other'
type WithoutPlural<Key> = Key extends `${infer Base}${PluralSuffix}` ? Base : Key

/** The texts of a language. Plural forms have the suffixes of `Intl.PluralRules`: languages differ in those, and in nothing else. */
export type Messages<English> = {
  [Key in keyof English as Key extends `${string}${PluralSuffix}` ? never : Key]: string
} & {
  [Key in `${Extract<WithoutPlural<keyof English>, string>}${PluralSuffix}`]?: string
}

export type Translate<English> = (key: WithoutPlural<keyof English>, values?: Record<string, string | number>) => string

type Loaders = Readonly<Record<Language, () => Promise<{ default: object }>>>

/** Texts in the reader's language. They are loaded one language at a time. */
export class Translator<English> {
  readonly #loaders: Loaders
  readonly #language = new Store<Language>('en')
  readonly subscribe = this.#language.subscribe

  constructor(loaders: Loaders) {
    this.#loaders = loaders
  }

  async start(): Promise<void> {
    // React and Preact escape all text themselves.
    await i18next.init({ keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false } })
    await this.#use(preferredLanguage())
  }

  get language(): Language {
    return this.#language.get()
  }

  readonly t: Translate<English> = (key, values) => i18next.t(String(key), { ...values, lng: this.language })

  readonly choose = async (language: Language): Promise<void> => {
    localStorage.setItem(STORED, language)
    await this.#use(language)
  }

  async #use(language: Language): Promise<void> {
    const { default: messages } = await this.#loaders[language]()
    i18next.addResourceBundle(language, 'translation', messages)
    await i18next.changeLanguage(language)
    document.documentElement.lang = language
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
    this.#language.set(language)
  }
}

/** The locale in which to write times: that of the browser in this language, for example British English, otherwise the language. */
export const toLocale = (language: string): string =>
  navigator.languages.find(locale => locale.split('-')[0] === language) ?? language
