import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/list.ts'

export default {
  'list.title': 'العملاء',
  'list.any': 'الكل',
  'list.sort': 'الترتيب',
  'list.unsorted': 'بلا',
  'sort.surname': 'اللقب، تصاعديًا',
  'sort.-surname': 'اللقب، تنازليًا',
  'sort.updated_at': 'آخر تعديل، الأقدم أولًا',
  'sort.-updated_at': 'آخر تعديل، الأحدث أولًا',
  'sort.created_at': 'الإنشاء، الأقدم أولًا',
  'sort.-created_at': 'الإنشاء، الأحدث أولًا',
  'list.changedSince': 'عُدّل منذ',
  'list.source': 'المصدر',
  'list.none': 'لا عميل يطابق عوامل التصفية.',
  'list.export': 'تنزيل بصيغة JSON Lines',
  'list.exported_zero': 'لم يُقرأ أي عميل',
  'list.exported_one': 'قُرئ عميل واحد',
  'list.exported_two': 'قُرئ عميلان',
  'list.exported_few': 'قُرئ {{count}} عملاء',
  'list.exported_many': 'قُرئ {{count}} عميلًا',
  'list.exported_other': 'قُرئ {{count}} عميل',
} satisfies Messages<typeof en>
