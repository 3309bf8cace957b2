/**
 * Readings of Japanese names in Han characters, which cannot be derived character by character: the most common surnames, and given names
 * with one common reading. A two-character surname in this table is rarely Chinese; given names that are also common in Chinese are left
 * out.
 */
import { lazy } from '../lazy.ts'
import { foldHanVariants } from './han-variants.ts'

const FAMILY = `佐藤 sato 鈴木 suzuki 高橋 takahashi 田中 tanaka 伊藤 ito 伊東 ito 渡辺 watanabe 渡邊 watanabe 渡部 watanabe 山本 yamamoto
中村 nakamura 小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi 松本 matsumoto 井上 inoue
木村 kimura 斎藤 saito 斉藤 saito 齋藤 saito 清水 shimizu 山崎 yamazaki 池田 ikeda 橋本 hashimoto 阿部 abe 安倍 abe
石川 ishikawa 山下 yamashita 中島 nakajima 石井 ishii 小川 ogawa 前田 maeda 岡田 okada 長谷川 hasegawa 藤田 fujita 後藤 goto
近藤 kondo 村上 murakami 遠藤 endo 青木 aoki 坂本 sakamoto 福田 fukuda 太田 ota 大田 ota 西村 nishimura 藤井 fujii 金子 kaneko
岡本 okamoto 藤原 fujiwara 三浦 miura 中野 nakano 中川 nakagawa 原田 harada 松田 matsuda 竹内 takeuchi 小野 ono 田村 tamura
中山 nakayama 和田 wada 石田 ishida 森田 morita 上田 ueda 柴田 shibata 宮崎 miyazaki 酒井 sakai 工藤 kudo 横山 yokoyama
宮本 miyamoto 内田 uchida 高木 takagi 安藤 ando 谷口 taniguchi 大野 ono 高田 takada 丸山 maruyama 今井 imai 河野 kono
武田 takeda 藤本 fujimoto 村田 murata 上野 ueno 杉山 sugiyama 増田 masuda 平野 hirano 菅原 sugawara 小島 kojima 久保 kubo
千葉 chiba 岩崎 iwasaki 桜井 sakurai 櫻井 sakurai 木下 kinoshita 野口 noguchi 松尾 matsuo 菊地 kikuchi 菊池 kikuchi
野村 nomura 新井 arai 佐野 sano 杉本 sugimoto 古川 furukawa 市川 ichikawa 小松 komatsu 水野 mizuno 吉川 yoshikawa
山内 yamauchi 西田 nishida 西川 nishikawa 北村 kitamura 安田 yasuda 五十嵐 igarashi 川口 kawaguchi 平田 hirata 浜田 hamada
本田 honda 久保田 kubota 土屋 tsuchiya 黒田 kuroda 中田 nakata 川崎 kawasaki 服部 hattori 吉村 yoshimura 大塚 otsuka
高野 takano 松井 matsui 田口 taguchi 矢野 yano 永井 nagai 小泉 koizumi 岸田 kishida 石破 ishiba 麻生 aso 黒澤 kurosawa
黒沢 kurosawa 川端 kawabata 三島 mishima 夏目 natsume 芥川 akutagawa 豊田 toyoda 松下 matsushita`

const GIVEN = `太郎 taro 一郎 ichiro 次郎 jiro 二郎 jiro 三郎 saburo 健太 kenta 健太郎 kentaro 翔太 shota 大輔 daisuke 拓也 takuya 拓真 takuma
達也 tatsuya 直樹 naoki 直人 naoto 直子 naoko 和也 kazuya 浩之 hiroyuki 裕之 hiroyuki 浩二 koji 健二 kenji 真一 shinichi
健一 kenichi 裕太 yuta 雄太 yuta 涼平 ryohei 亮介 ryosuke 陽介 yosuke 洋介 yosuke 康弘 yasuhiro 英樹 hideki 秀樹 hideki
花子 hanako 恵子 keiko 洋子 yoko 陽子 yoko 裕子 yuko 優子 yuko 由美子 yumiko 久美子 kumiko 智子 tomoko 京子 kyoko 幸子 sachiko
和子 kazuko 典子 noriko 美香 mika 加奈 kana 香織 kaori 結衣 yui 陽菜 hina 美咲 misaki 桃子 momoko 千代 chiyo 陽一 yoichi
純一郎 junichiro 晋三 shinzo 文雄 fumio 龍之介 ryunosuke 由紀夫 yukio 博之 hiroyuki 大翔 hiroto 美子 yoshiko`

function toReadings(table: string): ReadonlyMap<string, string> {
  const readings = new Map<string, string>()
  const cells = table.split(/\s+/)
  for (let i = 0; i + 1 < cells.length; i += 2) readings.set(foldHanVariants(cells[i] ?? ''), cells[i + 1] ?? '')
  return readings
}

const getSurnames = lazy(() => toReadings(FAMILY))
const getReadings = lazy((): ReadonlyMap<string, string> => new Map([...toReadings(GIVEN), ...getSurnames()]))

/** The most common Japanese reading of a name in Han signs (with variants folded), in Latin letters; null if the table has none. */
export const japanese = (signs: string): string | null => getReadings().get(signs) ?? null

/** Whether signs (with variants folded) are a usual Japanese surname. */
export const isJapaneseSurname = (signs: string): boolean => getSurnames().has(signs)
