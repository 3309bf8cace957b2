import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/edit.ts'

export default {
  'keys.save': 'Formular speichern',
  'edit.new': 'Neuer Kunde',
  'edit.change': 'Kunden ändern',
  'edit.edit': 'Bearbeiten',
  'edit.save': 'Speichern',
  'edit.discard': 'Verwerfen',
  'edit.yes': 'ja',
  'edit.no': 'nein',
  'edit.dobHint': 'Ein Tag, ein Monat oder ein Jahr; auch „um 1985“',
  'edit.validFrom': 'Gültig ab',
  'edit.validFromHint': 'Leer bedeutet jetzt. Eine frühere Zeit berichtigt die Vergangenheit.',
  'edit.note': 'Anmerkung',
  'edit.noteHint': 'Warum der Kunde geändert wird; freiwillig',
  'edit.newer':
    'Jemand anderes hat diesen Kunden inzwischen geändert. Wählen Sie, was gespeichert wird. Nichts, was Sie eingegeben haben, ist verloren.',
  'edit.duplicates': 'Wahrscheinliche Dubletten',
  'edit.noDuplicates': 'Niemand in der Liste ist ähnlich.',
  'customer.delete': 'Löschen',
  'customer.deleted': 'Dieser Kunde ist gelöscht. Der Verlauf bleibt.',
  'customer.expired':
    'Dieser Kunde ist abgelaufen: Die Aufbewahrungsfrist ist vorbei. Ein späterer Lauf löscht ihn endgültig.',
  'customer.undo': 'Wiederherstellen',
  'time.title': 'Zeit',
  'time.asOf': 'Stand vom',
  'time.knownAt': 'Wie bekannt am',
  'time.now': 'jetzt',
  'time.back': 'Zurück zu jetzt',
  'time.none': 'Der Kunde war zu dieser Zeit nicht in der Liste.',
  'edit.field': 'Feld',
  'edit.was': 'Vorher',
  'edit.theirs': 'Inzwischen',
  'edit.yours': 'Ihre Eingabe',
  'edit.saveChosen': 'Auswahl speichern',
  'edit.back': 'Zurück zum Formular',
} satisfies Messages<typeof en>
