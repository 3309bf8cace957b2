import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/maintenance.ts'

export default {
  'maintenance.title': 'Wartung',
  'maintenance.meaning':
    'Jeder Standort leitet seine Sichten und seinen Suchindex aus den Versionen ab; hier geht also nichts verloren. All das ist im laufenden Betrieb möglich. Es geht weiter, wenn Sie andere Ansichten öffnen, und endet mit der Abmeldung.',
  'maintenance.drift': 'Suchindex und Liste',
  'maintenance.driftMeaning':
    'Vergleicht jeden Kunden mit seinem Eintrag im Suchindex. Die Reparatur schreibt fehlende und falsche Einträge.',
  'maintenance.compare': 'Vergleichen',
  'maintenance.repair': 'Vergleichen und reparieren',
  'maintenance.index': 'Suchindex neu aufbauen',
  'maintenance.indexMeaning':
    'Baut einen neuen Index neben dem benutzten auf und stellt um, sobald er mit der Liste übereinstimmt. Nötig, wenn der Index verloren ging oder ein Vergleich es sagt.',
  'maintenance.rebuildIndex': 'Index neu aufbauen',
  'maintenance.views': 'Sichten neu aufbauen',
  'maintenance.viewsMeaning':
    'Macht Listen, Zähler und andere Sichten dieses Standorts neu aus den Versionen. Nötig, wenn Datensätze aufgegeben wurden, oder nach einer Wiederherstellung.',
  'maintenance.rebuildViews': 'Sichten neu aufbauen',
  'maintenance.running': 'Läuft …',
  'maintenance.stop': 'Anhalten',
  'maintenance.stopped': 'Angehalten. Was getan ist, bleibt; beim nächsten Mal beginnt es von vorn.',
  'maintenance.done': 'Fertig.',
  'maintenance.agrees': 'Der Index stimmt mit der Liste überein.',
  'maintenance.differs': 'Der Index weicht von der Liste ab.',
  'maintenance.repaired': 'Der Index wich von der Liste ab und wurde repariert.',
  'maintenance.needsRebuild':
    'Einige Einträge sind neuer als die Liste: Nur ein neuer Aufbau des Indexes berichtigt sie.',
  'maintenance.some': 'Einige der Kunden',
  'maintenance.phase.fill': 'neuer Index wird gefüllt',
  'maintenance.phase.compare': 'wird mit der Liste verglichen',
  'maintenance.phase.adopt': 'wird in Gebrauch genommen',
  'maintenance.phase.settle': 'wird noch einmal verglichen',
  'maintenance.phase.sweep': 'der alte wird entfernt',
  'maintenance.count.records': 'Datensätze',
  'maintenance.count.read': 'Gelesene Kunden',
  'maintenance.count.filled': 'Geschriebene Einträge',
  'maintenance.count.mended': 'Berichtigte Einträge',
  'maintenance.count.customers': 'Verglichene Kunden',
  'maintenance.count.entries': 'Verglichene Einträge',
  'maintenance.count.missing': 'Fehlend',
  'maintenance.count.behind': 'Älter als die Liste',
  'maintenance.count.different': 'Verschieden',
  'maintenance.count.orphan': 'Ohne Kunden',
  'maintenance.count.ahead': 'Neuer als die Liste',
  'maintenance.count.repaired': 'Repariert',
} satisfies Messages<typeof en>
