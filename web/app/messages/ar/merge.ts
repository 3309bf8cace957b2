import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/merge.ts'

export default {
  'merge.nav': 'التكرارات',
  'merge.pairs': 'عملاء يُحتمل أنهم الشخص نفسه',
  'merge.noPairs': 'لا يوجد زوج بانتظار قرار.',
  'merge.compare': 'مقارنة',
  'merge.compareNamed': 'مقارنة {{name}} و{{other}}',
  'merge.differentNamed': 'مختلفان: {{name}} و{{other}}',
  'merge.title': 'دمج عميلين',
  'merge.meaning':
    'لم يُكتب شيء بعد. يحتفظ العميل الباقي ببياناته ويأخذ ما لا يملكه إلا الآخر. يمكن فصل العميل المدموج مرة أخرى.',
  'merge.stays': 'يبقى',
  'merge.goes': 'يُدمج',
  'merge.result': 'النتيجة',
  'merge.lost': 'في السجل فقط',
  'merge.noteHint': 'لماذا هما الشخص نفسه؛ اختياري',
  'merge.merge': 'دمج',
  'merge.different': 'هما مختلفان',
  'merge.decided': 'تقرر أن {{name}} و{{other}} مختلفان.',
  'merge.afterAll': 'دمجهما رغم ذلك',
  'merge.isMerged': 'دُمج هذا العميل في عميل آخر.',
  'merge.showSurvivor': 'عرض ذلك العميل',
  'merge.merged': 'عملاء مدموجون',
  'merge.split': 'فصل',
  'merge.splitNamed': 'فصل {{name}}',
  'merge.splitting': 'يعود العميل إلى القائمة كما كان. يعيد الآخر ما أخذه ولم يغيّره أحد منذ ذلك. يُعدّ الاثنان مختلفين.',
} satisfies Messages<typeof en>
