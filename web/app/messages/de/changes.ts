import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/changes.ts'

export default {
  'changes.title': 'Änderungen',
  'changes.from': 'Liste zu dieser Zeit',
  'changes.to': 'Verglichen mit (leer: jetzt)',
  'changes.customer': 'Nur der Kunde (ID)',
  'changes.onlyField': 'Nur das Feld, etwa surname oder details.city',
  'changes.compare': 'Vergleichen',
  'changes.differences': 'Unterschiede',
  'changes.between': 'Zwischen {{from}} und {{to}}',
  'changes.field': 'Feld',
  'changes.before': 'Vorher',
  'changes.after': 'Nachher',
  'changes.last': 'Letzte Änderung',
  'changes.none': 'Es gibt keine Unterschiede.',
} satisfies Messages<typeof en>
