import { DATE_FORMATS } from '../../../ingest/date-columns.ts'
import { ChoiceField } from '../edit/inputs.tsx'
import { useTexts } from '../translator.ts'
import type { ReadingChoices } from './import-state.ts'
import type { Reading } from './read-file.ts'

/** Encodings of common programs, by their labels in the WHATWG Encoding Standard. */
const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1256',
  'iso-8859-2',
  'iso-8859-15',
  'koi8-u',
  'macintosh',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
]
const DELIMITERS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
] as const

interface Props {
  choices: ReadingChoices
  reading: Reading | null
  onChange: (changed: Partial<ReadingChoices>) => void
}

/** How a file is read: as it shows itself, until something else is chosen. */
export function ReadingForm({ choices, reading, onChange }: Props) {
  const { t } = useTexts()
  const encoding = choices.encoding ?? (reading === null ? '' : reading.encoding)
  const delimiter = choices.delimiter ?? reading?.delimiter ?? null
  return (
    <>
      {encoding !== null && (
        <ChoiceField
          label={t('import.encoding')}
          fault={undefined}
          value={encoding}
          options={[...(encoding === '' ? [''] : []), ...ENCODINGS].map(it => [it, it] as const)}
          // The header has other letters, or is divided elsewhere: its columns are taken for what they are again.
          onChange={chosen => onChange({ encoding: chosen, columns: null })}
        />
      )}
      {delimiter !== null && (
        <ChoiceField
          label={t('import.delimiter')}
          fault={undefined}
          value={delimiter}
          options={DELIMITERS.map(([sign, name]) => [sign, t(`delimiter.${name}`)] as const)}
          onChange={chosen => onChange({ delimiter: chosen, columns: null })}
        />
      )}
      <ChoiceField
        label={t('import.dates')}
        fault={undefined}
        value={choices.dateFormat ?? ''}
        options={[['', t('dates.found')], ...DATE_FORMATS.map(it => [it, t(`dates.${it}`)] as const)]}
        onChange={chosen => onChange({ dateFormat: DATE_FORMATS.find(it => it === chosen) ?? null })}
      />
    </>
  )
}
