#pragma once

// Prices worked out by hand with fractions: unit price × money × charge × unit × amount × hours. Month = 30 days, week = 7. What does not end is cut at the
// twentieth decimal, half to even.

namespace kboss::test {

struct PriceCase {
    const char *name, *type, *price, *resourceUnit, *chargeUnit, *accountUnit;
    long long amount, term;
    const char *termUnit;
    bool literal;
    const char *subtotal;
    bool exact;
};

constexpr PriceCase priceCases[] = {
    {"description cpu", "cpu", "1.5", "核", "小时", "元", 4, 1, "小时", false, "6", true},
    {"description memory converted", "memory", "0.005", "Gi", "小时", "元", 8192, 1, "小时", false, "0.04", true},
    {"description memory literal", "memory", "0.005", "Gi", "小时", "元", 8192, 1, "小时", true, "40.96", true},
    {"description disk", "disk", "0.01", "Gi", "小时", "元", 512, 1, "小时", false, "5.12", true},
    {"description gpu", "gpu", "6", "卡", "小时", "元", 2, 1, "小时", false, "12", true},
    {"description gpu two days", "gpu", "6", "卡", "小时", "元", 2, 2, "天", false, "576", true},
    {"description memory two days", "memory", "0.005", "Gi", "小时", "元", 8192, 2, "天", false, "1.92", true},
    {"description memory two days literal", "memory", "0.005", "Gi", "小时", "元", 8192, 2, "天", true, "1966.08", true},
    {"one card for one 小时", "gpu", "4", "卡", "小时", "元", 1, 1, "小时", false, "4", true},
    {"gpu 3 for 小时", "gpu", "9.6", "卡", "小时", "元", 3, 5, "小时", false, "144", true},
    {"one card for one 天", "gpu", "4", "卡", "小时", "元", 1, 1, "天", false, "96", true},
    {"gpu 3 for 天", "gpu", "9.6", "卡", "小时", "元", 3, 5, "天", false, "3456", true},
    {"one card for one 周", "gpu", "4", "卡", "小时", "元", 1, 1, "周", false, "672", true},
    {"gpu 3 for 周", "gpu", "9.6", "卡", "小时", "元", 3, 5, "周", false, "24192", true},
    {"one card for one 月", "gpu", "4", "卡", "小时", "元", 1, 1, "月", false, "2880", true},
    {"gpu 3 for 月", "gpu", "9.6", "卡", "小时", "元", 3, 5, "月", false, "103680", true},
    {"charged by 小时 in 元", "cpu", "1.2", "核", "小时", "元", 7, 1, "天", false, "201.6", true},
    {"charged by 小时 in 角", "cpu", "1.2", "核", "小时", "角", 7, 1, "天", false, "20.16", true},
    {"charged by 小时 in 分", "cpu", "1.2", "核", "小时", "分", 7, 1, "天", false, "2.016", true},
    {"charged by 分钟 in 元", "cpu", "1.2", "核", "分钟", "元", 7, 1, "天", false, "12096", true},
    {"charged by 分钟 in 角", "cpu", "1.2", "核", "分钟", "角", 7, 1, "天", false, "1209.6", true},
    {"charged by 分钟 in 分", "cpu", "1.2", "核", "分钟", "分", 7, 1, "天", false, "120.96", true},
    {"charged by 秒 in 元", "cpu", "1.2", "核", "秒", "元", 7, 1, "天", false, "725760", true},
    {"charged by 秒 in 角", "cpu", "1.2", "核", "秒", "角", 7, 1, "天", false, "72576", true},
    {"charged by 秒 in 分", "cpu", "1.2", "核", "秒", "分", 7, 1, "天", false, "7257.6", true},
    {"charged by 天 in 元", "cpu", "1.2", "核", "天", "元", 7, 1, "天", false, "8.4", true},
    {"charged by 天 in 角", "cpu", "1.2", "核", "天", "角", 7, 1, "天", false, "0.84", true},
    {"charged by 天 in 分", "cpu", "1.2", "核", "天", "分", 7, 1, "天", false, "0.084", true},
    {"day price for an hour 小时", "gpu", "1", "卡", "小时", "元", 1, 1, "小时", false, "1", true},
    {"day price for an hour 分钟", "gpu", "1", "卡", "分钟", "元", 1, 1, "小时", false, "60", true},
    {"day price for an hour 秒", "gpu", "1", "卡", "秒", "元", 1, 1, "小时", false, "3600", true},
    {"day price for an hour 天", "gpu", "1", "卡", "天", "元", 1, 1, "小时", false, "0.04166666666666666667", false},
    {"cpu by 核", "cpu", "0.03", "核", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"cpu by 个", "cpu", "0.03", "个", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"cpu by m", "cpu", "0.03", "m", "小时", "元", 1536, 3, "天", false, "3317760", true},
    {"memory by Mi", "memory", "0.03", "Mi", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"memory by Gi", "memory", "0.03", "Gi", "小时", "元", 1536, 3, "天", false, "3.24", true},
    {"memory by Ti", "memory", "0.03", "Ti", "小时", "元", 1536, 3, "天", false, "0.0031640625", true},
    {"disk by Gi", "disk", "0.03", "Gi", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"disk by Mi", "disk", "0.03", "Mi", "小时", "元", 1536, 3, "天", false, "3397386.24", true},
    {"disk by Ti", "disk", "0.03", "Ti", "小时", "元", 1536, 3, "天", false, "3.24", true},
    {"gpu by 卡", "gpu", "0.03", "卡", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"gpu by 张", "gpu", "0.03", "张", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"gpu by 块", "gpu", "0.03", "块", "小时", "元", 1536, 3, "天", false, "3317.76", true},
    {"one Mi", "memory", "0.005", "Gi", "小时", "元", 1, 1, "小时", false, "0.0000048828125", true},
    {"one Mi of a Ti", "memory", "1", "Ti", "小时", "元", 1, 1, "小时", false, "0.00000095367431640625", true},
    {"three Mi for a month", "memory", "0.007", "Gi", "小时", "元", 3, 1, "月", false, "0.014765625", true},
    {"day price for one hour, seven cores", "cpu", "0.1", "核", "天", "元", 7, 1, "小时", false, "0.02916666666666666667", false},
    {"day price for five hours in fen", "cpu", "1", "核", "天", "分", 1, 5, "小时", false, "0.00208333333333333333", false},
    {"day price for a day is even", "cpu", "0.1", "核", "天", "元", 7, 1, "天", false, "0.7", true},
    {"a week of seconds", "gpu", "0.0000001", "卡", "秒", "元", 1, 1, "周", false, "0.06048", true},
    {"ten decimals", "gpu", "0.1234567891", "卡", "小时", "元", 1, 1, "月", false, "88.888888152", true},
    {"free", "disk", "0", "Gi", "小时", "元", 100, 1, "月", false, "0", true},
    {"largest price", "gpu", "999999999999.9999999999", "卡", "小时", "元", 1, 1, "月", false, "719999999999999.999999928", true},
    {"a thousand cards, a hundred months", "gpu", "18", "卡", "小时", "元", 1000, 100, "月", false, "1296000000", true},
    {"a million hours", "cpu", "0.08", "核", "小时", "元", 1, 1000000, "小时", false, "80000", true},
    {"literal gpu is the same", "gpu", "6", "卡", "小时", "元", 2, 2, "天", true, "576", true},
    {"literal disk by Mi", "disk", "0.01", "Mi", "小时", "元", 512, 1, "小时", true, "5.12", true},
    {"literal cpu by m", "cpu", "0.001", "m", "小时", "元", 4, 1, "小时", true, "0.004", true},
    {"cores 64 for 30 days", "cpu", "0.18", "核", "小时", "元", 64, 30, "天", false, "8294.4", true},
    {"memory 64 Gi for 30 days", "memory", "0.012", "Gi", "小时", "元", 65536, 30, "天", false, "552.96", true},
    {"cores 128 for 90 days", "cpu", "0.18", "核", "小时", "元", 128, 90, "天", false, "49766.4", true},
    {"memory 128 Gi for 90 days", "memory", "0.012", "Gi", "小时", "元", 131072, 90, "天", false, "3317.76", true},
    {"cores 1 for 365 days", "cpu", "0.18", "核", "小时", "元", 1, 365, "天", false, "1576.8", true},
    {"memory 1 Gi for 365 days", "memory", "0.012", "Gi", "小时", "元", 1024, 365, "天", false, "105.12", true},
    {"memory 1536 Mi", "memory", "0.02", "Gi", "小时", "角", 1536, 1, "周", false, "0.504", true},
};

} // namespace kboss::test
