/** Surnames in Han and Hangul whose length or reading does not follow from their signs. */
import { lazy } from '../lazy.ts'
import { foldHanVariants } from './han-variants.ts'

// cspell:disable
/** Surnames of two signs, which others take for a surname of one sign and the beginning of a given name. */
const COMPOUND = `欧阳 歐陽 诸葛 諸葛 上官 司马 司馬 皇甫 公孙 公孫 慕容 宇文 司徒 东方 東方 轩辕 軒轅 钟离 鍾離 闻人 聞人 赫连 赫連 濮阳 濮陽 淳于
申屠 太史 端木 独孤 獨孤 南宫 南宮 呼延 西门 西門 百里 闾丘 閭丘 鲜于 鮮于 司空 亓官 太叔 拓跋 乐正 樂正 尉迟 尉遲 澹台 澹臺 长孙 長孫 夏侯 万俟
令狐 单于 單于 第五 公羊 公冶 宗政 仲孙 仲孫 东郭 東郭 梁丘 左丘
남궁 황보 제갈 사공 선우 서문 독고 동방`

/** Signs that are read in another way as a surname than elsewhere: the usual reading first. */
const CHINESE = `单 shan chan 單 shan chan 仇 qiu 朴 piao 区 ou 區 ou 查 zha 查 zha 解 xie 曾 zeng 盖 ge 缪 miao 繆 miao 洗 xian 翟 zhai 乐 yue 樂 yue
员 yun 員 yun 召 shao 折 she 秘 bi 覃 qin 祭 zhai 郇 xun 种 chong 種 chong 繁 po 都 du 能 nai 句 gou 卜 bu 薄 bo 乜 nie 牟 mu 钭 tou 鈄 tou
角 jue 么 yao 尉迟 yuchi 尉遲 yuchi 万俟 moqi 澹台 tantai 澹臺 tantai 单于 chanyu 單于 chanyu 拓跋 tuoba 乐正 yuezheng 樂正 yuezheng`

/** Surnames as Koreans write them in Latin letters: those in Han signs, and those of one vowel. */
const KOREAN = `金 kim 朴 park 崔 choi 郑 jung 鄭 jung 姜 kang 赵 cho 趙 cho 尹 yoon 张 jang 張 jang 林 lim 吴 oh 吳 oh 申 shin 徐 seo 权 kwon 權 kwon
黄 hwang 柳 yoo ryu 全 jeon 高 ko 文 moon 孙 son 孫 son 裴 bae 白 baek 许 heo 許 heo 曹 cho 卢 noh 盧 noh 郭 kwak 车 cha 車 cha 具 koo 禹 woo
池 ji 严 eom 嚴 eom 元 won 蔡 chae 千 cheon 方 bang 玄 hyun 边 byun 邊 byun 廉 yeom 秋 choo 石 seok 薛 seol 朱 joo 罗 na 羅 na 南宫 namgung
이 lee 오 oh 우 woo 南宮 namgung 皇甫 hwangbo 诸葛 jegal 諸葛 jegal 鲜于 sunwoo 鮮于 sunwoo`
// cspell:enable

const getCompounds = lazy((): ReadonlySet<string> => new Set(COMPOUND.split(/\s+/).map(foldHanVariants)))

/** Reads a table of signs and their readings. */
function toReadings(table: string): ReadonlyMap<string, string[]> {
  const readings = new Map<string, string[]>()
  let signs = ''
  for (const cell of table.split(/\s+/)) {
    if (/[a-z]/.test(cell)) readings.get(signs)?.push(cell)
    else {
      signs = foldHanVariants(cell)
      readings.set(signs, [])
    }
  }
  return readings
}

const getChinese = lazy(() => toReadings(CHINESE))
const getKorean = lazy(() => toReadings(KOREAN))

/** Whether signs (with variants folded) are a surname of two signs. */
export const isCompoundSurname = (signs: string): boolean => getCompounds().has(signs)

/** The Chinese readings of a surname (with variants folded) that differ from those of its signs; the usual one first. */
export const getChineseReadings = (signs: string): readonly string[] => getChinese().get(signs) ?? []

/** The Korean readings of a surname (with variants folded). */
export const getKoreanReadings = (signs: string): readonly string[] => getKorean().get(signs) ?? []
