/** Names in Han and Hangul signs, through creating, searching, matching and the duplicates of a new customer. One table for every engine. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { likelyDuplicates } from '#domain/duplicates/candidates.ts'
import { toEntry } from '#domain/search/entry.ts'
import { matchAll } from '#domain/search/match.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { search } from '#domain/search/search.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

// cspell:disable
/** Customers as `given name|surname`, and the names in one piece that are theirs. */
const IN_ONE_PIECE: [customer: string, name: string][] = [
  ['翔|鈴木', '鈴木翔'],
  ['懿|司马', '司马懿'],
  ['민|남궁', '남궁민'],
  ['葵|木村', '木村葵'],
  ['さくら|青木', '青木さくら'],
  // A surname that no table has.
  ['蓮|林田', '林田蓮'],
  ['恭|尉迟', '尉迟恭'],
  ['지연|황보', '황보지연'],
  ['ひなた|森', '森ひなた'],
  ['和也|長谷川', '長谷川和也'],
  ['建国|赵', '赵建国'],
  ['강|백', '백강'],
]

/** Customers, and other ways to write their names: the same customer, so that a second entry is a duplicate. */
const VARIANTS: [customer: string, name: string][] = [
  ['陽葵|髙橋', '陽葵|高橋'],
  ['健|山﨑', '健|山崎'],
  ['直|渡邉', '直|渡辺'],
  ['直|渡邉', '直|渡邊'],
  ['勇|斎藤', '勇|齋藤'],
  ['隆|𠮷田', '隆|吉田'],
  ['翔太|佐々木', '翔太|佐佐木'],
  ['恵|濱田', '惠|浜田'],
  ['玲|小嶋', '玲|小島'],
]

/** Customers, and words that find them by the surname, because nothing says how the given name is read. */
const BY_SURNAME: [customer: string, q: string][] = [
  ['翔|鈴木', 'Suzuki Sho'],
  ['誠|佐藤', 'Sato Makoto'],
  ['悠|中村', 'Nakamura Yu'],
  ['葵|木村', 'Aoi Kimura'],
  ['正恩|金', 'Kim Jong Un'],
  ['志勋|朴', 'Park Ji-hoon'],
  ['直|渡邉', 'Watanabe Nao'],
]

/** Customers, and readings of their surnames. */
const READINGS: [customer: string, q: string][] = [
  ['伟|单', 'Shan'],
  ['伟|单', 'Chan Wei'],
  ['伟|单', 'Dan Wei'],
  ['和|仇', 'Qiu He'],
  ['志勋|朴', 'Piao'],
  ['志勋|朴', 'Park'],
  ['雨欣|吕', 'Lv Yuxin'],
  ['雨欣|吕', 'Lü Yuxin'],
  ['雨欣|吕', 'Lyu Yuxin'],
  ['海|区', 'Ou Hai'],
  ['良镛|查', 'Zha Liangyong'],
  ['缙|解', 'Xie Jin'],
  ['国藩|曾', 'Zeng Guofan'],
  ['恭|尉迟', 'Yuchi Gong'],
  ['让|翟', 'Zhai Rang'],
  ['乐|王', 'Wang Le'],
]

/** Names that must stay apart: customers, and words that do not find them. */
const DIFFERENT: [customer: string, q: string][] = [
  ['恵子|鈴木', 'Suzuki Sho'],
  ['伟|单', 'Dan Brown'],
  ['国藩|曾', 'Zeng Xiaoming'],
  ['懿|司马', '诸葛懿'],
  ['翔|鈴木', '高橋翔'],
]
// cspell:enable

const OTHERS = ['Ann|Smith', 'John|Brown', 'Maria|García', '伟|张', 'Иван|Петров', '結衣|加藤', '지훈|이']

const orNull = (name: string | undefined) => name || null

function toFields(name: string) {
  const [given_name, surname] = name.split('|')
  return { given_name: orNull(given_name), surname: orNull(surname) }
}

/** Runs the table against an engine. `createIndex` returns an empty index. */
export function hanNames(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  describe(`names in Han and Hangul signs with ${engine}`, () => {
    const records = new MemoryRecordStore()
    const fields = new Map()
    const names = new Map<string, string>()
    let index: CandidateIndex
    let second = 0

    const create = async (name: string) =>
      (await createCustomer(records, contextAt(second++), fields, toFields(name), undefined)).row

    beforeAll(async () => {
      index = await createIndex()
      const customers = [...IN_ONE_PIECE, ...VARIANTS, ...BY_SURNAME, ...READINGS, ...DIFFERENT].map(([name]) => name)
      const rows = []
      for (const name of new Set([...customers, ...OTHERS])) {
        const row = await create(name)
        names.set(row.id, name)
        rows.push(row)
      }
      await index.put(
        rows.map(row => toEntry(row, fields)),
        { visible: true },
      )
    })

    const find = async (q: string) => {
      const ports = { records, index, fields, lists: new MemoryListStore(records) }
      const { items, below_threshold } = await search(ports, { q, mode: 'fuzzy', state: 'active' }, 10, null)
      return below_threshold ? [] : items.map(({ customer }) => names.get(customer.id))
    }
    const match = async (name: string) => {
      const ports = { records, index, fields, lists: new MemoryListStore(records) }
      const body = { queries: [toFields(name)], explain: false, exclude: [] }
      const { results } = await matchAll(ports, body, 10, async () => {})
      return results.flatMap(({ items }) => items.map(({ customer }) => names.get(customer.id)))
    }
    const duplicatesOf = async (name: string) => {
      const [duplicates = []] = await likelyDuplicates({ records, index }, fields, [await create(name)], 'low')
      return duplicates.map(({ row }) => names.get(row.id))
    }

    test.each(IN_ONE_PIECE)('%s is found first by %s', async (customer, name) => {
      expect((await find(name))[0]).toBe(customer)
    })

    test.each(IN_ONE_PIECE)('%s has a duplicate in %s', async (customer, name) => {
      expect(await match(`|${name}`)).toContain(customer)
      expect(await duplicatesOf(`|${name}`)).toContain(customer)
    })

    test.each(VARIANTS)('%s is found first by %s', async (customer, name) => {
      const { surname, given_name } = toFields(name)
      expect((await find(`${surname} ${given_name}`))[0]).toBe(customer)
      expect((await find(`${surname}${given_name}`))[0]).toBe(customer)
      expect(await find(surname ?? '')).toContain(customer)
    })

    test.each(VARIANTS)('%s has a duplicate in %s', async (customer, name) => {
      expect(await match(name)).toContain(customer)
      expect(await duplicatesOf(name)).toContain(customer)
    })

    test.each(BY_SURNAME)('%s is found by the surname of %s', async (customer, q) => {
      expect(await find(q)).toContain(customer)
    })

    test.each(READINGS)('%s is found by %s', async (customer, q) => {
      expect(await find(q)).toContain(customer)
    })

    test.each(DIFFERENT)('%s is not found by %s', async (customer, q) => {
      expect(await find(q)).not.toContain(customer)
    })
  })
}
