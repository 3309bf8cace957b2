import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/list.ts'

export default {
  'list.title': 'Kunden',
  'list.any': 'alle',
  'list.sort': 'Reihenfolge',
  'list.unsorted': 'keine',
  'sort.surname': 'Nachname, A bis Z',
  'sort.-surname': 'Nachname, Z bis A',
  'sort.updated_at': 'geändert, älteste zuerst',
  'sort.-updated_at': 'geändert, neueste zuerst',
  'sort.created_at': 'angelegt, älteste zuerst',
  'sort.-created_at': 'angelegt, neueste zuerst',
  'list.changedSince': 'Geändert seit',
  'list.source': 'Quelle',
  'list.none': 'Kein Kunde passt zu den Filtern.',
  'list.export': 'Als JSON Lines herunterladen',
  'list.exportCsv': 'Als CSV herunterladen',
  'list.exported_one': '{{count}} Kunde gelesen',
  'list.exported_other': '{{count}} Kunden gelesen',
  'views.title': 'Gespeicherte Ansichten',
  'views.name': 'Name dieser Ansicht',
  'views.save': 'Ansicht speichern',
  'views.remove': 'Ansicht {{name}} entfernen',
} satisfies Messages<typeof en>
