// English names of divisions: the proper name in Hanyu Pinyin without tones (GB/T 16159, and the rules
// of 1984 for place names: written together, an apostrophe before a, o, e), the kind of division in
// English. Readings are those of pinyin-pro; what is read otherwise, or is spelt after another
// language (Hohhot, Ürümqi), stands below.
import { pinyin } from 'pinyin-pro'

const WHOLE = {
  内蒙古自治区: 'Inner Mongolia', 广西壮族自治区: 'Guangxi', 西藏自治区: 'Xizang', 宁夏回族自治区: 'Ningxia',
  新疆维吾尔自治区: 'Xinjiang', 陕西省: 'Shaanxi', 香港特别行政区: 'Hong Kong', 澳门特别行政区: 'Macao', 台湾省: 'Taiwan',
  市辖区: 'city districts', 县: 'counties', 市: 'cities', 省直辖县级行政区划: 'counties directly under the province',
  自治区直辖县级行政区划: 'counties directly under the region', 鄂温克族自治旗: 'Ewenki Autonomous Banner',
  鄂伦春自治旗: 'Oroqen Autonomous Banner'
}

// Proper names whose characters are mostly read otherwise.
const SPELT = {
  重庆: 'Chongqing', 厦门: 'Xiamen', 长子: 'Zhangzi', 长垣: 'Changyuan', 六安: "Lu'an", 六合: 'Luhe', 六枝: 'Liuzhi',
  蚌埠: 'Bengbu', 蚌山: 'Bengshan', 亳州: 'Bozhou', 歙县: 'Shexian', 黟县: 'Yixian', 枞阳: 'Zongyang', 涡阳: 'Guoyang',
  濉溪: 'Suixi', 砀山: 'Dangshan', 莘县: 'Shenxian', 单县: 'Shanxian', 莒县: 'Juxian', 乐陵: 'Laoling', 东阿: "Dong'e",
  兖州: 'Yanzhou', 曲阜: 'Qufu', 曲周: 'Quzhou', 曲阳: 'Quyang', 临朐: 'Linqu', 洪洞: 'Hongtong', 繁峙: 'Fanshi',
  隰县: 'Xixian', 乐亭: 'Laoting', 蔚县: 'Yuxian', 井陉: 'Jingxing', 大城: 'Daicheng', 蠡县: 'Lixian', 浚县: 'Xunxian',
  泌阳: 'Biyang', 渑池: 'Mianchi', 荥阳: 'Xingyang', 武陟: 'Wuzhi', 中牟: 'Zhongmu', 尉氏: 'Weishi', 铅山: 'Yanshan',
  弋阳: 'Yiyang', 婺源: 'Wuyuan', 丽水: 'Lishui', 台州: 'Taizhou', 天台: 'Tiantai', 乐清: 'Yueqing', 嵊州: 'Shengzhou',
  嵊泗: 'Shengsi', 鄞州: 'Yinzhou', 诸暨: 'Zhuji', 盱眙: 'Xuyi', 邳州: 'Pizhou', 睢宁: 'Suining', 睢县: 'Suixian',
  柘荣: 'Zherong', 柘城: 'Zhecheng', 长汀: 'Changting', 番禺: 'Panyu', 东莞: 'Dongguan', 大埔: 'Dabu', 儋州: 'Danzhou',
  犍为: 'Qianwei', 郫都: 'Pidu', 郫县: 'Pixian', 邛崃: 'Qionglai', 筠连: 'Junlian', 珙县: 'Gongxian', 阆中: 'Langzhong',
  荥经: 'Yingjing', 监利: 'Jianli', 黄陂: 'Huangpi', 郧阳: 'Yunyang', 郧西: 'Yunxi', 郴州: 'Chenzhou', 耒阳: 'Leiyang',
  汨罗: 'Miluo', 柞水: 'Zhashui', 吴堡: 'Wubu', 鄠邑: 'Huyi', 宕昌: 'Tanchang', 张掖: 'Zhangye', 牟平: 'Muping',
  牟定: 'Mouding', 华阴: 'Huayin', 华州: 'Huazhou', 任丘: 'Renqiu', 任泽: 'Renze', 任县: 'Renxian', 任城: 'Rencheng',
  会泽: 'Huize', 会理: 'Huili', 会昌: 'Huichang', 会宁: 'Huining', 会同: 'Huitong', 长乐: 'Changle', 长春: 'Changchun',
  长沙: 'Changsha', 长治: 'Changzhi', 长安: "Chang'an", 长宁: 'Changning', 大足: 'Dazu', 大理: 'Dali', 费县: 'Feixian',
  盖州: 'Gaizhou', 盖县: 'Gaixian', 鄄城: 'Juancheng', 郯城: 'Tancheng', 藁城: 'Gaocheng', 行唐: 'Xingtang', 平乐: 'Pingle',
  乐平: 'Leping', 乐山: 'Leshan', 乐业: 'Leye', 乐昌: 'Lechang', 乐东: 'Ledong', 常乐: 'Changle', 昌乐: 'Changle',
  朝阳: 'Chaoyang', 朝天: 'Chaotian', 都江堰: 'Dujiangyan', 都匀: 'Duyun', 都安: "Du'an", 石柱: 'Shizhu', 彭水: 'Pengshui',
  谷城: 'Gucheng', 石首: 'Shishou', 沈丘: 'Shenqiu', 沈阳: 'Shenyang', 沈河: 'Shenhe', 沈北新区: 'Shenbei New Area',
  涪陵: 'Fuling', 綦江: 'Qijiang', 宿州: 'Suzhou', 宿迁: 'Suqian', 宿松: 'Susong', 宿城: 'Sucheng', 宿豫: 'Suyu',
  覃塘: 'Qintang', 解放: 'Jiefang', 尖扎: 'Jianzha', 仇和: 'Qiuhe', 叶县: 'Yexian', 叶城: 'Yecheng', 句容: 'Jurong',
  乌拉特前: 'Urad Front', 乌拉特中: 'Urad Middle', 乌拉特后: 'Urad Rear', 塔城: 'Tacheng', 莎车: 'Shache', 员山: 'Yuanshan',
  呼和浩特: 'Hohhot', 包头: 'Baotou', 鄂尔多斯: 'Ordos', 呼伦贝尔: 'Hulunbuir', 巴彦淖尔: 'Bayannur', 乌兰察布: 'Ulanqab',
  兴安: "Xing'an", 锡林郭勒: 'Xilin Gol', 阿拉善: 'Alxa', 锡林浩特: 'Xilinhot', 二连浩特: 'Erenhot', 乌兰浩特: 'Ulanhot',
  满洲里: 'Manzhouli', 海拉尔: 'Hailar', 牙克石: 'Yakeshi', 拉萨: 'Lhasa', 日喀则: 'Xigazê', 昌都: 'Qamdo', 林芝: 'Nyingchi',
  那曲: 'Nagqu', 阿里: 'Ngari', 乌鲁木齐: 'Ürümqi', 克拉玛依: 'Karamay', 吐鲁番: 'Turpan', 哈密: 'Hami', 博尔塔拉: 'Bortala',
  巴音郭楞: 'Bayingolin', 阿克苏: 'Aksu', 克孜勒苏: 'Kizilsu', 喀什: 'Kashgar', 和田: 'Hotan', 伊犁: 'Ili', 阿勒泰: 'Altay',
  库尔勒: 'Korla', 石河子: 'Shihezi', 阿拉尔: 'Aral', 图木舒克: 'Tumxuk', 哈尔滨: 'Harbin', 齐齐哈尔: 'Qiqihar',
  佳木斯: 'Jiamusi', 甘孜: 'Garzê', 阿坝: 'Aba', 迪庆: 'Dêqên', 香格里拉: 'Shangri-La', 德宏: 'Dehong', 玉树: 'Yushu',
  果洛: 'Golog', 海北: 'Haibei', 海西: 'Haixi', 格尔木: 'Golmud', 德令哈: 'Delingha', 延边: 'Yanbian'
}

const PEOPLES = {
  回: 'Hui', 藏: 'Tibetan', 蒙古: 'Mongol', 维吾尔: 'Uyghur', 壮: 'Zhuang', 苗: 'Miao', 土家: 'Tujia', 彝: 'Yi', 傣: 'Dai',
  白: 'Bai', 哈尼: 'Hani', 傈僳: 'Lisu', 景颇: 'Jingpo', 布依: 'Bouyei', 侗: 'Dong', 羌: 'Qiang', 朝鲜: 'Korean',
  哈萨克: 'Kazak', 柯尔克孜: 'Kirgiz', 满: 'Manchu', 瑶: 'Yao', 仡佬: 'Gelao', 仫佬: 'Mulao', 毛南: 'Maonan', 畲: 'She',
  黎: 'Li', 水: 'Sui', 佤: 'Va', 拉祜: 'Lahu', 布朗: 'Blang', 纳西: 'Naxi', 普米: 'Pumi', 怒: 'Nu', 独龙: 'Derung',
  达斡尔: 'Daur', 锡伯: 'Xibe', 塔吉克: 'Tajik', 土: 'Tu', 撒拉: 'Salar', 东乡: 'Dongxiang', 保安: 'Bonan', 裕固: 'Yugur',
  各: 'Multiethnic'
}

const AUTONOMOUS = { 自治县: 'Autonomous County', 自治州: 'Autonomous Prefecture', 自治旗: 'Autonomous Banner' }

// The longest that fits counts.
const KINDS = {
  高新技术产业开发区: 'High-tech Industrial Development Zone', 高新技术产业园区: 'High-tech Industrial Park',
  经济技术开发区: 'Economic and Technological Development Zone', 经济开发区: 'Economic Development Zone',
  工业园区: 'Industrial Park', 开发区: 'Development Zone', 示范区: 'Demonstration Zone', 管理区: 'Management Area',
  行政委员会: 'Administrative Committee', 新区: 'New Area', 地区: 'Prefecture', 林区: 'Forestry District',
  特区: 'Special District', 盟: 'League', 旗: 'Banner', 区: 'District', 县: 'County', 市: '', 省: ''
}

const people = Object.keys(PEOPLES).sort((a, b) => b.length - a.length).join('|')
const ofPeoples = new RegExp(`^(.*?)((?:(?:${people})族?)+)(自治[县州旗])$`)
const kinds = Object.keys(KINDS).sort((a, b) => b.length - a.length)

function proper(name) {
  if (SPELT[name]) return SPELT[name]
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
  const joined = syllables.map((s, i) => (i > 0 && /^[aoe]/.test(s) ? `'${s}` : s)).join('')
  return joined.charAt(0).toUpperCase() + joined.slice(1)
}

/** The English name of a division with this Chinese one. */
export function english(name) {
  if (WHOLE[name]) return WHOLE[name]
  const autonomous = ofPeoples.exec(name)
  if (autonomous) {
    const [, own, peoples, kind] = autonomous
    const names = [...peoples.matchAll(new RegExp(`(${people})族?`, 'g'))].map(([, one]) => PEOPLES[one])
    const last = names.pop()
    const all = names.length === 0 ? last : `${names.join(', ')} and ${last}`
    return [own && proper(own), all, AUTONOMOUS[kind]].filter(Boolean).join(' ')
  }
  const kind = kinds.find(k => name.endsWith(k) && name.length > k.length)
  if (!kind) return proper(name)
  const own = name.slice(0, -kind.length)
  // A name of one syllable is written together with its kind: Shexian County, not She County.
  const spelt = SPELT[name] ?? (own.length === 1 ? proper(own + kind) : proper(own))
  return KINDS[kind] ? `${spelt} ${KINDS[kind]}` : spelt
}
