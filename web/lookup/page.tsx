/** @jsxImportSource preact */
import { isLanguage, LANGUAGES, type Language } from '../shared/i18n.ts'
import { Ask } from './ask.tsx'
import { VerifyCertificate } from './certificate.tsx'
import { t, translator, useLanguage } from './translator.ts'
import { Verify } from './verify.tsx'

/** The views, by address. */
const VIEWS = [
  { path: '/', label: 'nav.ask', title: 'ask.title', View: Ask },
  { path: '/verify', label: 'nav.verify', title: 'verify.title', View: Verify },
  { path: '/certificate', label: 'nav.certificate', title: 'certificate.title', View: VerifyCertificate },
] as const
const current = VIEWS.find(({ path }) => path === location.pathname) ?? VIEWS[0]

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

/** The public page: the question *Am I listed?*, or the check of a receipt or of a certificate of erasure. */
export function LookupPage() {
  const language = useLanguage()
  document.title = `${t(current.title)} · ${t('site.name')}`
  return (
    <div class="page">
      <header class="bar">
        <span class="brand">{t('site.name')}</span>
        <nav>
          {VIEWS.map(({ path, label }) => (
            <a key={path} href={path} aria-current={path === current.path ? 'page' : undefined}>
              {t(label)}
            </a>
          ))}
        </nav>
        <div class="end">
          <LanguageSelect language={language} />
          <a href="/app">{t('nav.signIn')}</a>
        </div>
      </header>
      <main class="stack">
        <current.View />
      </main>
    </div>
  )
}
