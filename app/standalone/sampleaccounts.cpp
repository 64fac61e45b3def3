#include "app/standalone/sampleaccounts.h"

#include "app/standalone/samplenames.h"

namespace kboss::standalone {

namespace {

enum Stream : quint64 { Draws = 11, AccountIds = 12, OwnerIds = 13, TenantIds = 14, StaffIds = 15 };

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 24 * 60 * minuteMs;

SampleMoney ofCents(qint64 cents)
{
    return {cents / 100, static_cast<qint32>(cents % 100) * 10'000'000};
}

qint64 drawBalanceCents(SampleRandom &random)
{
    const qint64 kind = random.below(100);
    if (kind < 10)
        return random.between(0, 1'000'00);
    if (kind < 50)
        return random.between(1'000'00, 100'000'00);
    if (kind < 90)
        return random.between(100'000'00, 1'000'000'00);
    return random.between(1'000'000'00, 20'000'000'00);
}

void drawMoney(SampleAccount &account, SampleRandom &random)
{
    static constexpr qint64 lines[] = {10'000, 20'000, 50'000, 50'000, 100'000, 100'000, 200'000, 300'000, 500'000, 1'000'000, 2'000'000, 5'000'000};
    static constexpr qint64 alarms[] = {500, 1'000, 2'000, 5'000, 5'000, 10'000, 10'000, 20'000, 50'000, 100'000};
    const qint64 line = random.chance(350) ? 0 : random.pick(lines) * 100;
    qint64 balance = drawBalanceCents(random);
    qint64 owed = 0;
    if (line > 0 && random.chance(65)) {
        account.allowArrears = true;
        owed = random.between(100'00, line * 9 / 10);
        balance = -owed;
    }
    const qint64 frozen = balance > 0 && random.chance(150) ? balance * random.between(1, 40) / 100 : 0;
    account.creditLine = ofCents(line);
    account.balance = ofCents(balance);
    account.frozen = ofCents(frozen);
    account.availableBalance = ofCents(balance - frozen);
    account.arrears = ofCents(owed);
    account.availableCredit = ofCents(line - owed);
    const qint64 alarm = random.pick(alarms) * 100;
    account.thresholds[0] = ofCents(alarm);
    if (random.chance(600)) {
        account.thresholds[1] = ofCents(alarm / 2);
        if (random.chance(650))
            account.thresholds[2] = ofCents(alarm / 5);
    }
}

void drawFlags(SampleAccount &account, SampleRandom &random)
{
    const qint64 state = random.below(1000);
    account.state = state < 940 ? "BA_ACTIVE" : state < 970 ? "BA_FROZEN" : state < 995 ? "BA_DISABLED" : "BA_UNSPECIFIED";
    account.type = random.chance(850) ? "default" : "custom";
    account.autoPay = random.chance(700);
    account.autoVoucher = random.chance(450);
    account.allowArrears = account.allowArrears || random.chance(300);
    account.allowManaged = random.chance(250);
    account.disableThreshold = random.chance(80);
    account.vouchers = random.chance(500) ? 0 : static_cast<int>(random.between(1, 12));
    account.coupons = random.chance(700) ? 0 : static_cast<int>(random.between(1, 6));
    account.contracts = random.chance(550) ? 0 : static_cast<int>(random.between(1, 4));
    account.subscriptions = static_cast<int>(random.between(0, 40));
}

void drawTimes(SampleAccount &account, SampleRandom &random, qint64 anchorMs)
{
    const qint64 age = random.between(20 * minuteMs, 730 * dayMs);
    account.createMs = anchorMs - age;
    const double share = static_cast<double>(random.below(1'000'000)) / 1'000'000; // most accounts were touched lately
    account.updateMs = anchorMs - static_cast<qint64>(static_cast<double>(age) * share * share);
}

std::string resourceName(qint64 number)
{
    std::string digits = std::to_string(number);
    return "billingAccounts/ba-" + std::string(digits.size() < 7 ? 7 - digits.size() : 0, '0') + digits;
}

} // namespace

SampleAccount sampleAccount(qint64 index, qint64 anchorMs)
{
    SampleRandom random(Draws, static_cast<quint64>(index));
    SampleAccount account;
    const qint64 kind = random.below(1000);
    account.currency = kind < 930 ? "CNY" : kind < 970 ? "USD" : "HKD";
    const bool english = kind < 930 ? random.chance(8) : random.chance(700);
    account.id = sampleId(AccountIds, static_cast<quint64>(index));
    account.name = resourceName(index + 1);
    account.displayName = companyName(index, english);
    drawMoney(account, random);
    drawFlags(account, random);
    drawTimes(account, random, anchorMs);
    account.ownerId = sampleId(OwnerIds, static_cast<quint64>(random.below(400)));
    account.tenantId = sampleId(TenantIds, static_cast<quint64>(index / 3));
    account.creator = sampleId(StaffIds, static_cast<quint64>(random.below(24)));
    account.updater = sampleId(StaffIds, static_cast<quint64>(random.below(24)));
    if (index > 0 && random.chance(100))
        account.parentId = sampleId(AccountIds, static_cast<quint64>(random.below(index)));
    if (index > 0 && random.chance(30))
        account.escrowId = sampleId(AccountIds, static_cast<quint64>(random.below(index)));
    return account;
}

} // namespace kboss::standalone
