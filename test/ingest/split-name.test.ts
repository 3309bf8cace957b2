import { expect, test } from '@jest/globals'
import { splitName } from '#ingest/split-name.ts'

test.each([
  ['Lovelace, Ada', 'Lovelace', 'Ada'],
  ['García Lorca, María José', 'García Lorca', 'María José'],
  ['Ada King Lovelace', 'Lovelace', 'Ada King'],
  ['Pieter van der Berg', 'van der Berg', 'Pieter'],
  ["Charles d'Artagnan", "d'Artagnan", 'Charles'],
  ['van der Berg', 'van der Berg', ''],
  ['MÜLLER Jürgen', 'MÜLLER', 'Jürgen'],
  ['Jean-Luc DE LA TOUR', 'DE LA TOUR', 'Jean-Luc'],
  ['ada lovelace', 'lovelace', 'ada'],
  ['JR Ewing', 'Ewing', 'JR'],
  ['JOHN SMITH', 'SMITH', 'JOHN'],
  ['John Smith Jr.', 'Smith Jr.', 'John'],
  ['Martin Smith, Jr.', 'Smith Jr.', 'Martin'],
  ['Smith, Martin, Jr.', 'Smith', 'Martin Jr.'],
  ['Plato', 'Plato', ''],
  ['王小明', '王小明', ''],
  ['王 小明', '王', '小明'],
  ['رضایی، زهرا', 'رضایی', 'زهرا'],
  ['  Ann \t Lee ', 'Lee', 'Ann'],
  ['', '', ''],
])('%j is %j and %j', (name, surname, given_name) => {
  expect(splitName(name)).toEqual({ surname, given_name })
})
