import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/merge.ts'

export default {
  'merge.nav': 'Dubletten',
  'merge.pairs': 'Kunden, die wahrscheinlich dieselben sind',
  'merge.noPairs': 'Kein Paar wartet auf eine Entscheidung.',
  'merge.compare': 'Vergleichen',
  'merge.compareNamed': '{{name}} und {{other}} vergleichen',
  'merge.differentNamed': 'Verschieden: {{name}} und {{other}}',
  'merge.title': 'Zwei Kunden zusammenführen',
  'merge.meaning':
    'Noch ist nichts geschrieben. Der bleibende Kunde behält die eigenen Daten und übernimmt, was nur der andere hat. Der zusammengeführte Kunde kann wieder abgetrennt werden.',
  'merge.stays': 'Bleibt',
  'merge.goes': 'Geht darin auf',
  'merge.result': 'Ergebnis',
  'merge.lost': 'nur in der Geschichte',
  'merge.noteHint': 'Warum sie dieselben sind; freiwillig',
  'merge.merge': 'Zusammenführen',
  'merge.different': 'Sie sind verschieden',
  'merge.decided': 'Entschieden: {{name}} und {{other}} sind verschieden.',
  'merge.afterAll': 'Doch zusammenführen',
  'merge.isMerged': 'Dieser Kunde ist in einem anderen aufgegangen.',
  'merge.showSurvivor': 'Diesen Kunden zeigen',
  'merge.merged': 'Zusammengeführte Kunden',
  'merge.split': 'Abtrennen',
  'merge.splitNamed': '{{name}} abtrennen',
  'merge.splitting':
    'Der Kunde steht wieder auf der Liste wie zuvor. Der andere gibt zurück, was er übernommen hat und seitdem niemand geändert hat. Die beiden gelten als verschieden.',
} satisfies Messages<typeof en>
