import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { FailureNotice } from './failure.tsx'
import { useTexts } from './translator.ts'

interface Page<Item> {
  items: Item[]
  next: string | null
}

type ReadPage<Item, More> = (page: { cursor?: string }, signal: AbortSignal) => Promise<Page<Item> & More>

/** A list that is read page by page. `More` is what a page has besides its items. */
export function usePages<Item, More = unknown>(key: readonly unknown[], read: ReadPage<Item, More>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam === null ? {} : { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  return { ...query, items: query.data?.pages.flatMap(page => page.items) ?? [] }
}

export type PageList<Item> = ReturnType<typeof usePages<Item>>

/** How far from the window the end of the list is when the next page is read: as far as one scrolls while it is on its way. */
const AHEAD_PX = 1200

/** Reads the next page when the end of the list comes near. */
export function useEndless({ hasNextPage, isFetching, isError, fetchNextPage }: PageList<unknown>) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (end.current === null || !hasNextPage || isFetching || isError) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), {
      rootMargin: `${AHEAD_PX}px`,
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return end
}

interface Props {
  list: Pick<PageList<unknown>, 'items' | 'error' | 'refetch' | 'isSuccess' | 'hasNextPage' | 'fetchNextPage'>
  empty: string
}

/** What follows the rows of a list: why there are none, or the next ones. */
export function ListEnd({ list: { items, error, refetch, isSuccess, hasNextPage, fetchNextPage }, empty }: Props) {
  const { t } = useTexts()
  if (error) return <FailureNotice error={error} onRetry={refetch} />
  if (hasNextPage)
    return (
      <button className="button" type="button" onClick={() => fetchNextPage()}>
        {t('list.more')}
      </button>
    )
  return isSuccess && items.length === 0 ? <p className="quiet">{empty}</p> : null
}
