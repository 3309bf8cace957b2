import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/customer.ts'

export default {
  'time.slider': 'Durch die Änderungen gehen',
  'time.onlyKnown': 'Nur was zu einer Zeit bekannt war',
  'time.isNow': 'Sie sehen, was jetzt gilt, nach heutigem Stand.',
  'time.isAsOf': 'Sie sehen, was am {{asOf}} galt, nach heutigem Stand.',
  'time.isKnownAt': 'Sie sehen, was jetzt gilt, nach dem Stand vom {{knownAt}}.',
  'time.isBoth': 'Sie sehen, was am {{asOf}} galt, nach dem Stand vom {{knownAt}}.',
  'time.provisional': 'Ein anderer Standort kann noch eine frühere Änderung melden.',
  'edit.correct': 'Vergangenheit berichtigen',
  'edit.correcting': 'Was Sie hier ändern, gilt ab {{time}}, bis zur nächsten Änderung desselben Feldes.',
  'compare.title': 'Zwei Versionen vergleichen',
  'compare.left': 'Erste Version',
  'compare.right': 'Zweite Version',
  'compare.result': 'Ergebnis',
  'compare.agrees': 'gleich',
  'compare.differs': 'verschieden',
  'purchases.title': 'Käufe',
  'purchases.total_one': '{{count}} Kauf: {{sum}}',
  'purchases.total_other': '{{count}} Käufe: {{sum}}',
  'purchases.at': 'Zeit',
  'purchases.price': 'Preis',
  'purchases.name': 'Name',
  'purchases.none': 'Es gibt keine Käufe.',
  'duplicates.same': 'Zusammenführen',
  'duplicates.sameNamed': 'Zusammenführen mit {{name}}',
  'duplicates.merging':
    'Beide werden ein Kunde mit den Daten von beiden. Der zusammengeführte kann wieder abgetrennt werden.',
  'duplicates.different': 'Verschieden',
  'duplicates.differentNamed': 'Verschieden: {{name}}',
} satisfies Messages<typeof en>
