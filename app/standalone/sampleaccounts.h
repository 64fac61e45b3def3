#pragma once

#include <QtGlobal>
#include <array>
#include <optional>
#include <string>

namespace kboss::standalone {

struct SampleMoney {
    qint64 units = 0;
    qint32 nanos = 0;
};

struct SampleAccount {
    std::string id, name, displayName, type, parentId, ownerId, tenantId, escrowId, creator, updater;
    const char *state = "BA_ACTIVE";
    const char *currency = "CNY";
    bool autoPay = false, autoVoucher = false, allowArrears = false, allowManaged = false, disableThreshold = false;
    SampleMoney creditLine, availableBalance, availableCredit, frozen, balance, arrears;
    std::array<std::optional<SampleMoney>, 3> thresholds; // the first is always there
    int vouchers = 0, coupons = 0, contracts = 0, subscriptions = 0;
    qint64 createMs = 0, updateMs = 0;
};

// Account number `index` of the sample; anchorMs is the moment up to which its history goes.
SampleAccount sampleAccount(qint64 index, qint64 anchorMs);

} // namespace kboss::standalone
