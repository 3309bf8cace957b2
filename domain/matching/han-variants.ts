/**
 * Han signs that are written in several ways: one group each, in which the first stands for the others.
 *
 * Sources: the old forms of the Japanese tables of signs for common use and for names (joyo, jinmeiyo), the variants of the family register
 * that Japanese systems can write (Windows-31J), and simplified forms of the signs in `japanese.ts` (Unihan kSimplifiedVariant).
 * Compatibility ideographs and variation selectors need no table: NFKC and `normalise` fold them. Signs that are read in different ways in
 * Chinese are left out.
 */
import { lazy } from '../lazy.ts'

// cspell:disable
const GROUPS = `
一弌 万萬 与與 両兩 並竝 乗乘 乞气 乱亂 亀龜 予豫 争爭 事亊 二弍 井丼 亘亙 亜亞 京亰 仞仭 伃妤 会會 伸訷 佇竚 体躰軆體 余餘 作做 佞侫 佩珮
併倂 俊儁 俎爼 俐悧 倅伜 倡娼 倹儉 偆賰 偽僞 傑杰 儘侭 兌兊 児兒 兔兎 党黨 円圓 冊册 冒冐 写冩寫 冤寃 冪羃 凜凛 処處 函凾 刀釖 刃刄 刈苅
剣剱劍劒劔釼 剤劑 剰剩 劫刧 励勵 労勞 効效 勅敕 勧勸 勲勛勳 包勹 区區 医醫 卒卆 協恊 単單 博愽 卮巵 卯夘 即卽 却卻 厳嚴 参參 双雙 収收 叙敍敘
叡睿 台臺 号號 同仝 吾唔 呪咒 和咊 咳孩 咽嚥 哲喆悊 唇脣 善譱 喜憘憙 営營 嘗甞 嘱囑 器噐 嚔嚏 回囘迴 団團 図圖 国圀國 圏圈 園薗 圧壓 址阯 坂阪
垂埀 埒埓 堕墮 場塲 塁壘 塩鹽 増增 壊壞 壌壤 壜罎 壮壯 声聲 壱壹 売賣 壷壺 変變 多夛 夢梦 奇竒 奘弉 奥奧 奨奬獎 妊姙 婿壻聟 嫺嫻 嬢孃 嬾懶
学學斈 宜冝 宝寳寶 実實 寇冦 富冨 寛寬 寝寢 寧甯 対對 寿壽 専專 将將 尭堯 尽盡 届屆 属屬 岡堽崗冈 岩嵒嵓 岳嶽 峡峽 峨峩 峰峯 島嶋嶹嶌岛 崖崕
崙崘 嵩崧 嵯嵳 嶸峵 巌巖 川巛 巣巢 巻卷 帚菷 帯帶 帰歸皈 幣幤 庁廰廳 広廣 廁厠 廃廢 廏厩廐 廚厨 廛壥 廝厮 廠厰 弐貮貳 弔吊 弥彌 弾彈 彎弯 当當
彝彜 往徃 径徑逕 徇侚 従从從 徳德悳 応應 怪恠 恋戀 恒恆 恥耻 恵惠 悦悅 悩惱 悪惡 悴忰 惨慘 慍愠 慎愼 慙慚 慴懾 憩憇 懐懷 懺懴 懼惧 戛戞 戦戰
扞捍 抜拔 択擇 担擔 拏拿 拝拜 拠據 拡擴 挙擧舉 挟挾 挿插 捜搜 掲揭 揺搖 携攜 摂攝 撃擊 擡抬 擣搗 攪撹 攴攵 敖遨 教敎 数數 斉齊 斎齋斋 断斷
旛旙 旧舊 昂昻 昇曻 映暎 昼晝 晃晄 晋晉 晩晚 晳晰 暁曉 暦曆 曖瞹 曠昿 曳曵 曽曾 杆桿 村邨 条條 杯盃 枢樞 柏栢 柬揀 柳栁 栄榮 桑桒 桜櫻樱 桟棧
桧檜 棄弃 棋棊 棲栖 椁槨 検檢 楼樓 楽樂 概槪 榕穃 様樣 槙槇 樒櫁 模糢 権權 横橫 樽墫罇 橢楕 檐簷 檗蘗 檣艢 檮梼 檳梹 櫟檪 櫨枦 欣惞 欧歐
歌哥謌 歓歡 歩步 歯齒 歴歷 残殘 殲殱 殴毆 毎每 気氣 決决 沒没 沖冲 沢澤泽 況况 泉湶 浄淨 浅淺 浣澣 涖莅 涙泪淚 涼凉 淵渊渕 清淸 渇渴 済濟 渉涉
渋澀澁 渓溪谿 温溫 湧涌 湾灣 湿濕 満滿 準凖 溜澑 溯泝遡 滝瀧 滞滯 漾瀁 潜潛濳 澄澂 濤涛 瀏嚠 瀦潴 瀬瀨 灌潅 灯燈 炉爐鈩鑪 炯烱 点點 為爲 焼燒
煙烟 熏燻 熙煕熈 燎尞 牆墻 牴羝 犂犁 犠犧 状狀 狂抂 独獨 狭狹 狸貍 猊貎 猟獵 猪豬 献獻 猶犹 獣獸 珍珎 琅瑯 瑠璢 瑶瑤 瓔珱 瓶甁 町甼 画畫
界堺畍 留畄 畝畆 略畧 畳疂疉疊 疇畴 疎踈 痒癢 痩瘦 痴癡 発發 皓晧 皖晥 皸皹 盗盜 県縣 真眞 眥眦 睹覩 矢笶 矩榘 研硏 砕碎 砧碪 碍礙 碼瑪 礪砺
礼禮 祢禰袮 祷禱 禄祿 禅禪 秋穐龝 秕粃 秘祕 称稱 稚穉 稟禀 稲稻 稿稾藁 穂穗 穎頴 穏穩 穣穰 窃竊 窓窗 窯窰 竈竃 竜龍龙 筍笋 筐筺 箋牋 箏筝 箘箟
箝篏 範笵 篠筱 篦箆 籐籘 籠篭 籤籖 粋粹 粛肅 糧粮 糾糺 紙帋 累縲 経經 絵繪 継繼 続續 綿緜 総摠總 緑綠 緒緖 線綫 縁緣 縄繩 縦縱 繊纎纖 纃緕
纏纒 罍櫑 罰罸 羈覊 群羣 羹羮 翠翆 翻飜 耕畊 聡聰 聯聨 聴聽 肉宍 肬疣 育毓 胆膽 胡楜 脈脉 脳腦 腸膓 膾鱠 臓臟 舎舍 舗舖鋪 船舩 艫舮 艶艷 芻蒭
英偀 茎莖 荘莊 莓苺 菟莵 萼蕚 蓋乢盖葢 蓑簑簔 蔕蒂 蕊蕋蘂 蕩蘯 薫薰 薬藥 藪薮 蘆芦 蘇蘓 蘊薀 虎乕 虚虛 虫蟲 蚕蠶 蛍螢 蛮蠻 蝨虱 蟆蟇 蟹蠏 蠅蝿
蠢惷 蠣蛎蠇 蠹蠧 衄衂 衛衞 衽袵 装裝 裏裡 裴裵 褒襃 襌褝 襤繿 覇霸 覚覺 覧覽 観觀 解觧 触觸 訛譌 訳譯 証證 詠咏 誉譽 読讀 謡謠 譖譛 譟噪 譲讓
讎讐 讚讃 豎竪 豺犲 貌皃 貔豼 貘獏 賛贊 賢贒 賤賎 質貭 贓賍 走赱 跖蹠 跡蹟迹 践踐 踊踴 蹤踪 躪躙 転轉 輒輙 輛輌 轟軣 辞辭 辺邉邊边 迺廼 逃迯
逓遞 遅遲 遒逎 達逹达 遥遙 邇迩 郎郞 郷鄕 酔醉 醸釀 釈釋 野埜 釜釡 鉤鈎 鉱砿礦鑛 銜啣 銭錢 銹鏥 鋳鑄 錏鐚 錬鍊 録錄 鎔熔 鎮鎭 鐸鈬 鑑鑒 鑠爍
鑽鑚 閉閇 閏閠 関關 閣擱 闊濶 闘鬭 陥陷 険險 陽昜阳 随隨 隠隱 隣鄰 隯陦 隷隸 雁鳫鴈 雑襍雜 雕鵰 霊靈 青靑 静靜 靭靱 韭韮 韻韵 頸頚 頼賴 顋腮
顔顏 顕顯 風凬 飄飃 飲飮 飾餝 餅餠 館舘 駅驛 駆駈驅 騒騷 験驗 髄髓 高髙 髪髮 鬧閙 鬱欝 鮑蚫 鰮鰛 鰺鯵 鱸魲 鳧鳬 鴟鵄 鵝鵞 鶏鷄 鶯鴬 鶴寉靏
鷆鷏 麦麥 麩麸 麺麵 黄黃 黒黑 黙默 鼇鰲 鼓皷 鼠鼡 齏韲 齢齡 齧囓 崎嵜﨑 吉𠮷 濱浜濵 豐豊 藏蔵 來来 鐵鉄銕鐡 間閒 戾戻 萌萠 佛仏 傳伝 價価
假仮 圍囲 戲戯 輕軽 徵徴 優优 咲笑 塚冢 嵐岚 後后 東东 樹树 橋桥 紀纪 純纯 結结 織织 葉叶 輔辅 遠远 鈴铃 長长
`
// cspell:enable

const getStandardSigns = lazy((): ReadonlyMap<string, string> => {
  const standard = new Map<string, string>()
  for (const group of GROUPS.trim().split(/\s+/)) {
    const [first = '', ...variants] = group
    for (const variant of variants) standard.set(variant, first)
  }
  return standard
})

/** A text with the standard form of each Han sign, and with repeated signs written out. */
export const foldHanVariants = (text: string): string =>
  text.replace(/\p{Script=Han}/gu, sign => getStandardSigns().get(sign) ?? sign).replace(/(\p{Script=Han})々/gu, '$1$1')
