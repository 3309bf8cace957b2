import { Link } from '@tanstack/react-router'
import { useTexts } from './translator.ts'

/** What an address within the app shows that is none of its views. */
export function NoView() {
  const { t } = useTexts()
  return (
    <div className="stack">
      <h1>{t('noView.title')}</h1>
      <p>{t('noView.text')}</p>
      <p>
        <Link to="/">{t('customer.back')}</Link>
      </p>
    </div>
  )
}
