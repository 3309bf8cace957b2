import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/locations.ts'

export default {
  'locations.title': 'المواقع',
  'locations.here': 'هذا الموقع',
  'locations.all': 'كل المواقع كما تُرى من هنا',
  'locations.name': 'الاسم',
  'locations.state': 'الحالة',
  'locations.database': 'قاعدة البيانات',
  'locations.search': 'فهرس البحث',
  'locations.up': 'يعمل',
  'locations.starting': 'قيد البدء',
  'locations.down': 'متوقف',
  'locations.isHere': 'هنا',
  'locations.replicationLag': 'تصل التغييرات بعد',
  'locations.indexLag': 'تأخر فهرس البحث',
  'locations.conflicts': 'تعارضات مفتوحة',
  'locations.drift': 'فروق الفهرس',
  'locations.heardAt': 'آخر اتصال',
  'locations.unknown': 'غير معروف',
  'locations.remove': 'إزالة',
  'locations.removeNamed': 'إزالة {{name}}',
  'locations.removal': 'أزل الموقع فقط إن أُوقف نهائيًا: لن ينتظره التشغيل والمحو بعد ذلك.',
} satisfies Messages<typeof en>
