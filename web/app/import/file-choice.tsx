import { useRef } from 'react'
import { useTexts } from '../translator.ts'
import { ACCEPTED } from './read-file.ts'

const KILO = 1024

interface Props {
  file: File | null
  isDisabled: boolean
  onChoose: (file: File) => void
}

/** Where a file is dropped, or chosen by a button. */
export function FileChoice({ file, isDisabled, onChoose }: Props) {
  const { t, language } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const size = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  return (
    <section className="card drop-zone" aria-label={t('import.file')}>
      {file ? (
        <span className="wrap">
          <strong>
            <bdi>{file.name}</bdi>
          </strong>{' '}
          <span className="quiet">{t('import.size', { size: size.format(file.size / KILO) })}</span>
        </span>
      ) : (
        <span>{t('import.drop')}</span>
      )}
      <button className="button" type="button" disabled={isDisabled} onClick={() => input.current?.click()}>
        {t(file ? 'import.chooseOther' : 'import.choose')}
      </button>
      <span className="hint">{t('import.kinds', { kinds: ACCEPTED.join(' ') })}</span>
      <input
        ref={input}
        hidden
        type="file"
        accept={ACCEPTED.join(',')}
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen) onChoose(chosen)
          // The same file can be chosen again after it was changed.
          target.value = ''
        }}
      />
    </section>
  )
}
