import type { ReactNode } from 'react'
import { ListEnd, type PageList } from '../pages.tsx'

interface Props<Item> {
  title: string
  list: PageList<Item>
  /** What is said if there is nothing. */
  empty: string
  /** The row of an item. */
  children: (item: Item) => ReactNode
}

/** A list that is read page by page, under its title. */
export function ListCard<Item>({ title, list, empty, children }: Props<Item>) {
  return (
    <section className="card stack">
      <h2>{title}</h2>
      {list.items.length > 0 && <ul className="rows">{list.items.map(children)}</ul>}
      <ListEnd list={list} empty={empty} />
    </section>
  )
}
