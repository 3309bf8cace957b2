import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/provider.ts'

export default {
  'nav.title': 'Ansichten',
  'nav.search': 'Suche',
  'nav.pending': 'Zu entscheiden',
  'list.more': 'Mehr zeigen',
  'pending.title': 'Was auf eine Entscheidung wartet',
  'pending.fields': 'Beantragte Felder',
  'pending.types': 'Beantragte Arten',
  'pending.conflicts': 'Widersprüchliche Änderungen',
  'pending.none': 'Nichts wartet.',
  'fields.authorise': 'Genehmigen',
  'fields.authoriseNamed': '{{label}} genehmigen',
  'fields.reject': 'Ablehnen',
  'fields.rejectNamed': '{{label}} ablehnen',
  'fields.sensitive': 'vertraulich',
  'conflicts.customer': 'Kunden zeigen',
  'conflicts.kept': 'Gilt jetzt',
  'conflicts.lost': 'Gilt nicht',
  'conflicts.confirm': 'Dies bestätigen',
  'conflicts.reverse': 'Stattdessen dies nehmen',
} satisfies Messages<typeof en>
