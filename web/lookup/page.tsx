/** @jsxImportSource preact */
import { isLanguage, LANGUAGES, type Language } from '../shared/i18n.ts'
import { Ask } from './ask.tsx'
import { t, translator, useLanguage } from './translator.ts'
import { Verify } from './verify.tsx'

const isVerify = location.pathname === '/verify'

function LanguageSelect({ language }: { language: Language }) {
  return (
    <select
      class="language"
      aria-label={t('site.language')}
      value={language}
      onChange={({ currentTarget: { value } }) => isLanguage(value) && translator.choose(value)}
    >
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** The public page: the question *Am I listed?*, or the check of a receipt. */
export function LookupPage() {
  const language = useLanguage()
  document.title = `${t(isVerify ? 'verify.title' : 'ask.title')} · ${t('site.name')}`
  return (
    <div class="page">
      <header class="bar">
        <span class="brand">{t('site.name')}</span>
        <nav>
          <a href="/" aria-current={isVerify ? undefined : 'page'}>
            {t('nav.ask')}
          </a>
          <a href="/verify" aria-current={isVerify ? 'page' : undefined}>
            {t('nav.verify')}
          </a>
        </nav>
        <div class="end">
          <LanguageSelect language={language} />
          <a href="/app">{t('nav.signIn')}</a>
        </div>
      </header>
      <main class="stack">{isVerify ? <Verify /> : <Ask />}</main>
    </div>
  )
}
