import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/customer.ts'

export default {
  'time.slider': 'التنقل بين التعديلات',
  'time.onlyKnown': 'ما كان معروفًا في وقت معين فقط',
  'time.isNow': 'ترى ما يسري الآن بحسب ما هو معروف اليوم.',
  'time.isAsOf': 'ترى ما كان ساريًا في {{asOf}} بحسب ما هو معروف اليوم.',
  'time.isKnownAt': 'ترى ما يسري الآن بحسب ما كان معروفًا في {{knownAt}}.',
  'time.isBoth': 'ترى ما كان ساريًا في {{asOf}} بحسب ما كان معروفًا في {{knownAt}}.',
  'time.provisional': 'قد يبلّغ موقع آخر عن تعديل سابق لذلك الوقت.',
  'edit.correct': 'تصحيح الماضي',
  'edit.correcting': 'ما تعدّله هنا يسري من {{time}} حتى التعديل التالي للحقل نفسه.',
  'compare.title': 'مقارنة نسختين',
  'compare.left': 'النسخة الأولى',
  'compare.right': 'النسخة الثانية',
  'compare.result': 'النتيجة',
  'compare.agrees': 'متطابق',
  'compare.differs': 'مختلف',
} satisfies Messages<typeof en>
