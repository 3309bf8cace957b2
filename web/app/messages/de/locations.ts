import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/locations.ts'

export default {
  'locations.title': 'Standorte',
  'locations.here': 'Dieser Standort',
  'locations.all': 'Alle Standorte, von hier aus gesehen',
  'locations.name': 'Name',
  'locations.state': 'Zustand',
  'locations.database': 'Datenbank',
  'locations.search': 'Suchindex',
  'locations.up': 'erreichbar',
  'locations.starting': 'startet',
  'locations.down': 'nicht erreichbar',
  'locations.isHere': 'hier',
  'locations.replicationLag': 'Änderungen kommen an nach',
  'locations.indexLag': 'Rückstand des Suchindexes',
  'locations.conflicts': 'Offene Konflikte',
  'locations.drift': 'Abweichungen des Indexes',
  'locations.heardAt': 'Zuletzt gehört',
  'locations.unknown': 'unbekannt',
  'locations.remove': 'Entfernen',
  'locations.removeNamed': '{{name}} entfernen',
  'locations.removal':
    'Entfernen Sie einen Standort nur, wenn er endgültig abgeschaltet ist: Läufe und Löschungen warten nicht mehr auf ihn.',
} satisfies Messages<typeof en>
