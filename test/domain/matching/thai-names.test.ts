import { expect, test } from '@jest/globals'
import { getThaiReadings } from '#domain/matching/thai-names.ts'

// Romanisations by the rules of the Royal Thai General System.
test.each([
  ['ประเสริฐ', 'prasoet'],
  ['ศรีสุข', 'sisuk'],
  ['ยิ่งลักษณ์', 'yinglak'],
  ['ทักษิณ', 'thaksin'],
  ['อภิสิทธิ์', 'aphisit'],
  ['เวชชาชีวะ', 'wetchachiwa'],
  ['ประยุทธ์', 'prayut'],
  ['วงศ์สวัสดิ์', 'wongsawat'],
  ['จุลานนท์', 'chulanon'],
  ['บรรหาร', 'banhan'],
  ['ชวน', 'chuan'],
  ['หลีกภัย', 'likphai'],
  ['เปรม', 'prem'],
  ['เจริญ', 'charoen'],
  ['เมือง', 'mueang'],
  ['ไพบูลย์', 'phaibun'],
  ['สมบัติ', 'sombat'],
])('%s is read %s', (thai, spoken) => {
  expect(getThaiReadings(thai)).toEqual([spoken])
})
