#include "app/standalone/samplenames.h"

#include <array>

namespace kboss::standalone {

namespace {

struct Syllable {
    const char *chinese, *english;
};

constexpr Syllable firsts[] = {
    {"云", "Yun"},   {"星", "Xing"},  {"海", "Hai"},  {"智", "Zhi"},   {"天", "Tian"},  {"华", "Hua"},  {"东", "Dong"}, {"南", "Nan"},
    {"盛", "Sheng"}, {"恒", "Heng"},  {"瑞", "Rui"},  {"联", "Lian"},  {"新", "Xin"},   {"博", "Bo"},   {"泰", "Tai"},  {"金", "Jin"},
    {"远", "Yuan"},  {"嘉", "Jia"},   {"卓", "Zhuo"}, {"中", "Zhong"}, {"光", "Guang"}, {"宏", "Hong"}, {"普", "Pu"},   {"凌", "Ling"},
    {"数", "Shu"},   {"量", "Liang"}, {"蓝", "Lan"},  {"青", "Qing"},  {"元", "Yuen"},  {"深", "Shen"}, {"维", "Wei"},  {"启", "Qi"},
    {"汇", "Hui"},   {"易", "Yi"},    {"科", "Ke"},   {"思", "Si"},    {"景", "Jing"},  {"安", "An"},   {"国", "Guo"},  {"长", "Chang"},
    {"鼎", "Ding"},  {"高", "Gao"},   {"合", "He"},   {"骏", "Jun"},   {"凯", "Kai"},   {"朗", "Lang"}, {"明", "Ming"}, {"诺", "Nuo"},
};

constexpr Syllable seconds[] = {
    {"腾", "teng"},  {"达", "da"},   {"川", "chuan"}, {"航", "hang"},  {"创", "chuang"}, {"通", "tong"}, {"信", "xin"},  {"方", "fang"},
    {"和", "he"},    {"丰", "feng"}, {"源", "yuan"},  {"讯", "xun"},   {"辰", "chen"},   {"宇", "yu"},   {"力", "li"},   {"途", "tu"},
    {"杰", "jie"},   {"森", "sen"},  {"图", "tou"},   {"科", "ke"},    {"拓", "tuo"},    {"视", "shi"},  {"策", "ce"},   {"峰", "fung"},
    {"格", "ge"},    {"磊", "lei"},  {"迈", "mai"},   {"能", "neng"},  {"鹏", "peng"},   {"锐", "rui"},  {"石", "shek"}, {"泽", "ze"},
    {"升", "sheng"}, {"塔", "ta"},   {"微", "wei"},   {"翔", "xiang"}, {"越", "yue"},    {"舟", "zhou"}, {"博", "bo"},   {"德", "de"},
    {"飞", "fei"},   {"冠", "guan"}, {"桥", "qiao"},  {"佳", "jia"},   {"康", "kang"},   {"岭", "ling"}, {"铭", "ming"}, {"诺", "nuo"},
};

constexpr Syllable trades[] = {
    {"智能科技", "Intelligent Technology"},
    {"信息技术", "Information Technology"},
    {"数据", "Data"},
    {"云计算", "Cloud Computing"},
    {"网络科技", "Network Technology"},
    {"软件", "Software"},
    {"人工智能", "AI"},
    {"电子商务", "E-Commerce"},
    {"生物医药", "Biopharma"},
    {"文化传媒", "Media"},
    {"游戏", "Games"},
    {"动画", "Animation Studios"},
    {"机器人", "Robotics"},
    {"半导体", "Semiconductor"},
    {"新能源", "New Energy"},
    {"汽车科技", "Automotive Technology"},
    {"物流", "Logistics"},
    {"金融科技", "Fintech"},
    {"教育科技", "Education"},
    {"影视制作", "Pictures"},
    {"遥感", "Remote Sensing"},
    {"气象科技", "Weather Science"},
    {"精密制造", "Precision"},
    {"基因", "Genomics"},
    {"建筑设计", "Architecture"},
    {"医疗科技", "Medical"},
    {"农业科技", "AgriTech"},
    {"航天科技", "Aerospace"},
    {"通信", "Communications"},
    {"自动化", "Automation"},
    {"芯片设计", "Chip Design"},
    {"咨询", "Consulting"},
    {"仿真技术", "Simulation"},
    {"材料科技", "Materials"},
    {"海洋科技", "Marine Technology"},
};

constexpr SampleCity cities[] = {
    {"北京", "bj"}, {"上海", "sh"}, {"深圳", "sz"},       {"广州", "gz"},       {"杭州", "hz"},    {"成都", "cd"},       {"武汉", "wh"},
    {"南京", "nj"}, {"苏州", "su"}, {"西安", "xa"},       {"重庆", "cq"},       {"天津", "tj"},    {"长沙", "cs"},       {"合肥", "hf"},
    {"青岛", "qd"}, {"宁波", "nb"}, {"厦门", "xm"},       {"郑州", "zz"},       {"济南", "jn"},    {"贵阳", "gy"},       {"大连", "dl"},
    {"沈阳", "sy"}, {"福州", "fz"}, {"无锡", "wx"},       {"珠海", "zh"},       {"佛山", "fs"},    {"东莞", "dg"},       {"昆明", "km"},
    {"南昌", "nc"}, {"太原", "ty"}, {"石家庄", "sjz"},    {"哈尔滨", "heb"},    {"长春", "cc"},    {"南宁", "nn"},       {"海口", "hk"},
    {"兰州", "lz"}, {"银川", "yc"}, {"呼和浩特", "hhht"}, {"乌兰察布", "wlcb"}, {"张家口", "zjk"}, {"克拉玛依", "klmy"}, {"嘉兴", "jx"},
    {"温州", "wz"}, {"绍兴", "sx"}, {"常州", "cz"},       {"南通", "nt"},       {"烟台", "yt"},    {"洛阳", "ly"},
};

constexpr const char *foreignPlaces[] = {"(HK)", "(Singapore)", "Asia",          "International", "Pacific", "(Hong Kong)",
                                         "(SG)", "Global",      "Greater China", "Asia Pacific",  "(Macau)", "Overseas"};
constexpr const char *chineseForms[] = {"有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司"};
constexpr const char *surnames[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡",   "林",
                                    "郭", "何", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹", "欧阳", "司徒"};
constexpr const char *givenNames[] = {"伟",   "芳",   "敏",   "静",   "磊",   "洋",   "艳",   "勇",   "军",   "杰",   "娟",   "涛",
                                      "明",   "超",   "秀兰", "霞",   "平",   "刚",   "桂英", "文博", "子涵", "思远", "雨桐", "浩然",
                                      "欣怡", "志强", "晓东", "建国", "海燕", "一鸣", "嘉琪", "俊杰", "梦洁", "天宇", "立新", "永康"};

struct Parts {
    size_t first, second, trade, place, form;
};

// A permutation of the combinations: neighbouring indexes look unrelated, and no combination comes twice.
Parts partsOf(qint64 index, size_t places)
{
    const size_t all = std::size(firsts) * std::size(seconds) * std::size(trades) * places;
    size_t at = (static_cast<size_t>(index) * 1'000'003u + 7u) % all; // a prime that divides none of the sizes
    Parts parts{};
    parts.first = at % std::size(firsts);
    at /= std::size(firsts);
    parts.place = at % places;
    at /= places;
    parts.second = at % std::size(seconds);
    parts.trade = at / std::size(seconds);
    parts.form = static_cast<size_t>(SampleRandom(41, static_cast<quint64>(index)).below(60));
    return parts;
}

std::string englishCompany(qint64 index)
{
    const Parts parts = partsOf(index, std::size(cities));
    static constexpr const char *forms[] = {" Limited", " Pte. Ltd.", " Ltd.", " Holdings Limited", " Inc."};
    std::string name = std::string(firsts[parts.first].english) + seconds[parts.second].english;
    name += std::string(" ") + trades[parts.trade].english;
    // Four names would share a place: the city's number tells them apart as a division.
    name += std::string(" ") + foreignPlaces[parts.place % std::size(foreignPlaces)];
    static constexpr const char *divisions[] = {"", " Services", " Solutions", " Ventures"};
    name += divisions[parts.place / std::size(foreignPlaces)];
    return name + forms[parts.form % std::size(forms)];
}

} // namespace

std::string companyName(qint64 index, bool english)
{
    if (english)
        return englishCompany(index);
    const Parts parts = partsOf(index, std::size(cities));
    const std::string brand = std::string(firsts[parts.first].chinese) + seconds[parts.second].chinese;
    const std::string city = cities[parts.place].chinese;
    const std::string form = chineseForms[parts.form % std::size(chineseForms)];
    switch (parts.form / std::size(chineseForms)) {
    case 0:
    case 1:
        return brand + trades[parts.trade].chinese + "(" + city + ")" + form;
    case 2:
        return city + brand + trades[parts.trade].chinese; // the short name people use
    case 3:
        return city + "市" + brand + trades[parts.trade].chinese + form;
    default:
        return city + brand + trades[parts.trade].chinese + form;
    }
}

std::string personName(SampleRandom &random)
{
    return std::string(random.pick(surnames)) + random.pick(givenNames);
}

std::string phoneNumber(SampleRandom &random)
{
    static constexpr const char *prefixes[] = {"138", "139", "136", "150", "158", "177", "186", "189", "199"};
    std::string number = random.pick(prefixes);
    for (int i = 0; i < 8; ++i)
        number += static_cast<char>('0' + random.below(10));
    return number;
}

const SampleCity &sampleCity(qint64 index)
{
    return cities[static_cast<size_t>(index) % std::size(cities)];
}

} // namespace kboss::standalone
