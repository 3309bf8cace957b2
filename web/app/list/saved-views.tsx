import { Link } from '@tanstack/react-router'
import { type FormEvent, useSyncExternalStore } from 'react'
import { Store } from '../../shared/store.ts'
import { useTexts } from '../translator.ts'
import { type ListSearch, toListSearch } from './list-search.ts'

interface SavedView {
  name: string
  search: ListSearch
}

const STORED = 'views'

/** The views that this browser keeps: what the address has of each, and nothing of a customer. */
function read(): SavedView[] {
  try {
    const views: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    if (!Array.isArray(views)) return []
    return views.map(({ name, search }) => ({ name: String(name), search: toListSearch(Object(search)) }))
  } catch {
    return []
  }
}

const views = new Store<readonly SavedView[]>(read())

function store(changed: readonly SavedView[]): void {
  localStorage.setItem(STORED, JSON.stringify(changed))
  views.set(changed)
}

/** Views of the list by name: links to their addresses. */
export function SavedViews({ search }: { search: ListSearch }) {
  const { t } = useTexts()
  const saved = useSyncExternalStore(views.subscribe, views.get)
  const without = (name: string) => saved.filter(view => view.name !== name)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const name = String(new FormData(form).get('name')).trim()
    if (name === '') return
    store([...without(name), { name, search }])
    form.reset()
  }
  return (
    <section className="row" aria-label={t('views.title')}>
      {saved.map(view => (
        <span key={view.name} className="row view">
          <Link to="/customers" search={view.search} activeOptions={{ exact: true }}>
            <bdi>{view.name}</bdi>
          </Link>
          <button
            className="button plain"
            type="button"
            aria-label={t('views.remove', { name: view.name })}
            onClick={() => store(without(view.name))}
          >
            ×
          </button>
        </span>
      ))}
      <form className="row" onSubmit={submit}>
        <input
          className="input view-name"
          name="name"
          dir="auto"
          maxLength={40}
          required
          autoComplete="off"
          aria-label={t('views.name')}
          placeholder={t('views.name')}
        />
        <button className="button" type="submit">
          {t('views.save')}
        </button>
      </form>
    </section>
  )
}
