import { useTexts } from '../translator.ts'

interface Props {
  customer: { surname: string | null; given_name: string | null }
}

/** A name in its own direction, whatever the page's. */
export function Name({ customer: { surname, given_name } }: Props) {
  const { t } = useTexts()
  const name = [surname, given_name].filter(part => part !== null).join(', ')
  return name === '' ? <i>{t('customer.noName')}</i> : <bdi>{name}</bdi>
}
