import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/provider.ts'

export default {
  'nav.title': 'الصفحات',
  'nav.search': 'بحث',
  'nav.pending': 'بانتظار القرار',
  'list.more': 'عرض المزيد',
  'pending.title': 'ما ينتظر قرارًا',
  'pending.fields': 'حقول مطلوبة',
  'pending.types': 'أنواع مطلوبة',
  'pending.conflicts': 'تغييرات متعارضة',
  'pending.none': 'لا شيء ينتظر.',
  'fields.authorise': 'موافقة',
  'fields.authoriseNamed': 'الموافقة على {{label}}',
  'fields.reject': 'رفض',
  'fields.rejectNamed': 'رفض {{label}}',
  'fields.sensitive': 'حساس',
  'conflicts.customer': 'عرض العميل',
  'conflicts.kept': 'السارية الآن',
  'conflicts.lost': 'غير السارية',
  'conflicts.confirm': 'تأكيد هذه',
  'conflicts.reverse': 'اعتماد هذه بدلًا منها',
} satisfies Messages<typeof en>
