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
  // A final consonant is none if the next one could not be spoken without it.
  ['นครนายก', 'nakhonnayok'],
  ['ยโสธร', 'yasothon'],
  ['ศิริพร', 'siriphon'],
  ['เกษม', 'kasem'],
  ['สุรชัย', 'surachai'],
  // A tone mark stands on the last consonant that begins a syllable.
  ['แก้ว', 'kaeo'],
  ['ร้อยเอ็ด', 'roiet'],
  ['แม่ฮ่องสอน', 'maehongson'],
  // Letters that are written and not spoken.
  ['สมุทรปราการ', 'samutprakan'],
  ['หงษ์ทอง', 'hongthong'],
])('%s is read %s', (thai, spoken) => {
  expect(getThaiReadings(thai)).toEqual([spoken])
})
