import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/changes.ts'

export default {
  'changes.title': 'التغييرات',
  'changes.from': 'القائمة في هذا الوقت',
  'changes.to': 'مقارنة بوقت (إن تُرك فارغًا فالآن)',
  'changes.customer': 'هذا العميل فقط (المعرّف)',
  'changes.onlyField': 'هذا الحقل فقط، مثل surname أو details.city',
  'changes.compare': 'مقارنة',
  'changes.differences': 'الفروق',
  'changes.between': 'بين {{from}} و{{to}}',
  'changes.field': 'الحقل',
  'changes.before': 'قبل',
  'changes.after': 'بعد',
  'changes.last': 'آخر تعديل',
  'changes.none': 'لا فرق.',
} satisfies Messages<typeof en>
