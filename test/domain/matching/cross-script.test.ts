import { describe, expect, test } from '@jest/globals'
import { DEFAULT_THRESHOLD, match } from '#domain/matching/match.ts'
import { NO_COUNTS } from '#domain/matching/token-weight.ts'
import { example, person } from './people.ts'

const SAME: [script: string, latin: string, surname: string, givenName: string][] = [
  ['Persian', 'Hossein Mousavi', 'موسوی', 'حسین'],
  ['Persian', 'Fatemeh Rezaei', 'رضایی', 'فاطمه'],
  ['Persian', 'Ali Akbar Karimi', 'کریمی', 'علی اکبر'],
  ['Arabic', 'Mohammed bin Salman', 'بن سلمان', 'محمد'],
  ['Arabic', 'Mahmoud Darwish', 'درويش', 'محمود'],
  ['Arabic', 'Abdullah al-Rashid', 'الراشد', 'عبدالله'],
  ['Arabic', 'Yusuf Khalil', 'خليل', 'يوسف'],
  ['Cyrillic, Russian', 'Yulia Shcherbakova', 'Щербакова', 'Юлия'],
  ['Cyrillic, Russian', 'Dmitry Khrushchev', 'Хрущёв', 'Дмитрий'],
  ['Cyrillic, Ukrainian', 'Oleksandr Shevchenko', 'Шевченко', 'Олександр'],
  ['Cyrillic, Bulgarian', 'Georgi Dimitrov', 'Димитров', 'Георги'],
  ['Devanagari, Hindi', 'Rajesh Sharma', 'शर्मा', 'राजेश'],
  ['Devanagari, Hindi', 'Sunita Verma', 'वर्मा', 'सुनीता'],
  ['Devanagari, Nepali', 'Krishna Shrestha', 'श्रेष्ठ', 'कृष्ण'],
  ['Devanagari, Nepali', 'Bishnu Gurung', 'गुरुङ', 'विष्णु'],
  ['Thai', 'Somchai Suwan', 'สุวรรณ', 'สมชาย'],
  ['Thai', 'Suphatra Saetang', 'แซ่ตั้ง', 'สุพัตรา'],
  ['Chinese, simplified', 'Zhang Wei', '张', '伟'],
  ['Chinese, simplified', 'Li Shuzhen', '李', '淑珍'],
  ['Chinese, traditional', 'Chen Mei-ying', '陳', '美英'],
  ['Japanese, kanji', 'Naoki Tanaka', '田中', '直樹'],
  ['Japanese, kanji', 'Kenji Sato', '佐藤', '健二'],
  ['Japanese, hiragana', 'Sayuri Yamamoto', '山本', 'さゆり'],
  ['Japanese, katakana', 'Erika Suzuki', '鈴木', 'エリカ'],
  ['Korean', 'Kim Young-soo', '김', '영수'],
  ['Korean', 'Lee Min-ji', '이', '민지'],
  ['Korean', 'Park Ji-hoon', '박', '지훈'],
  ['Hebrew', 'Yosef Levi', 'לוי', 'יוסף'],
  ['Hebrew', 'Sarah Cohen', 'כהן', 'שרה'],
  ['Hebrew', 'David Mizrahi', 'מזרחי', 'דוד'],
  ['Greek', 'Giorgos Papadopoulos', 'Παπαδόπουλος', 'Γιώργος'],
  ['Latin with accents', 'Lukasz Wisniewski', 'Wiśniewski', 'Łukasz'],
  ['Latin with accents', 'Sukru Inonu', 'İnönü', 'Şükrü'],
  ['Latin, umlauts written out', 'Juergen Mueller', 'Müller', 'Jürgen'],
]

const DIFFERENT: [string, string, string][] = [
  ['Hossein Mousavi', 'کریمی', 'علی'],
  ['Dmitry Petrov', 'Щербакова', 'Юлия'],
  ['Rajesh Sharma', 'वर्मा', 'सुनीता'],
  ['Zhang Wei', '李', '淑珍'],
  ['Kim Young-soo', '박', '지훈'],
  ['Yosef Levi', 'כהן', 'שרה'],
  ['Naoki Tanaka', '佐藤', '健二'],
  ['Somchai Suwan', 'แซ่ตั้ง', 'สุพัตรา'],
]

describe('names across scripts', () => {
  test.each(SAME)('%s: %s matches %s %s', (_script, latin, surname, given_name) => {
    const { score } = match(example({ text: latin }), person({ surname, given_name }), NO_COUNTS)
    expect(score).toBeGreaterThanOrEqual(DEFAULT_THRESHOLD)
  })

  test.each(DIFFERENT)('%s does not match %s %s', (latin, surname, given_name) => {
    const { score } = match(example({ text: latin }), person({ surname, given_name }), NO_COUNTS)
    expect(score).toBeLessThan(DEFAULT_THRESHOLD)
  })
})
