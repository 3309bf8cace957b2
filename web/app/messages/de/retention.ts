import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/retention.ts'

export default {
  'retention.title': 'Aufbewahrung',
  'retention.policy': 'Wie lange Kunden bleiben',
  'retention.meaning': 'Tage nach der letzten Änderung. Ein gesperrter Kunde bleibt.',
  'retention.general': 'Allgemein',
  'retention.asGeneral': 'wie allgemein',
  'retention.never': 'für immer',
  'retention.after': 'eine Anzahl Tage',
  'retention.daysOf': 'Tage: {{type}}',
  'retention.preview': 'Vorschau: wer geht',
  'retention.previewOf': 'Wer nach dieser Regel gehen würde',
  'retention.due': 'Fällig: {{number}}',
  'retention.nobody': 'Niemand würde gehen.',
  'retention.save': 'Regel festlegen',
  'retention.saving':
    'Sie wirkt mit dem nächsten Lauf. Wer dann fällig ist, läuft ab und wird später endgültig gelöscht. Sehen Sie sich vorher an, wer geht.',
  'retention.saved': 'Die Regel ist festgelegt.',
  'retention.runs': 'Läufe',
  'retention.noRuns': 'Es gab keinen Lauf.',
  'retention.run': 'Lauf starten',
  'retention.running':
    'Kunden, deren Zeit vorüber ist, laufen ab. Die in früheren Läufen abgelaufenen werden endgültig gelöscht.',
  'retention.dryRun': 'Vorschau',
  'retention.unfinished': 'unvollendet',
  'retention.expired': 'Abgelaufen: {{number}}',
  'retention.marked': 'Vorgemerkt: {{number}}',
  'retention.removed': 'Gelöscht: {{number}}',
  'retention.returned': 'Zurückgenommen: {{number}}',
  'retention.held': 'Gesperrt: {{number}}',
  'retention.waitingFor': 'Wartet auf {{locations}}',
  'retention.cancel': 'Lauf abbrechen',
  'retention.cancelling':
    'Die Kunden, die dieser Lauf ablaufen ließ, werden zurückgenommen, solange ihre Löschung nicht begonnen hat.',
  'retention.cancelled': 'Zurückgenommen: {{returned}}. Schon gelöscht: {{removed}}.',
} satisfies Messages<typeof en>
