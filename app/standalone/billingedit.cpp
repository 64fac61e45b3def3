#include "app/standalone/billingtable.h"
#include "app/standalone/handler.h"
#include "app/standalone/timestamp.h"

#include "app/base/money.h"
#include "app/cache/filtersql.h"

#include <charconv>

namespace kboss::standalone {

using namespace Qt::StringLiterals;
using nlohmann::json;

Outcome<Answer> listBillingAccounts(const CheckedRequest &request, Backend &backend);

namespace {

// What a change is checked against.
struct Account {
    QString currency, state;
    Money arrears;
    std::optional<Money> thresholds[3];
    qint64 updateTime = 0;
};

constexpr const char *thresholdNames[3] = {"threshold_balance", "threshold_balance2", "threshold_balance3"};

QString moneyColumns(const char *field)
{
    const QString c = columnName(QString::fromLatin1(field));
    return c + u"_u, "_s + c + u"_n"_s;
}

Outcome<Account> readAccount(const QString &id, const QSqlDatabase &connection)
{
    const QString sql = u"SELECT c_currency_code, c_state, c_update_time, %1, %2, %3, %4 FROM billing_account WHERE c_id = ?"_s.arg(
        moneyColumns("arrears"), moneyColumns(thresholdNames[0]), moneyColumns(thresholdNames[1]), moneyColumns(thresholdNames[2]));
    auto row = runSql(connection, sql, {id});
    if (!row)
        return storageRefusal(row.error());
    if (!row->next())
        return refuseAs(404, "NOT_FOUND", u"no billing account with this id"_s, "ACCOUNT_NOT_FOUND");
    Account account{row->value(0).toString(), row->value(1).toString(), {}, {}, row->value(2).toLongLong()};
    const auto money = [&](int column) { return Money{account.currency, row->value(column).toLongLong(), row->value(column + 1).toInt()}; };
    account.arrears = money(3);
    for (int i = 0; i < 3; ++i) {
        if (!row->isNull(5 + 2 * i))
            account.thresholds[i] = money(5 + 2 * i);
    }
    return account;
}

Outcome<Money> readMoney(const json &value, const QString &field, const QString &currency)
{
    qint64 units = 0;
    if (const json &given = value.at("units"); given.is_string()) {
        const std::string &text = given.get_ref<const std::string &>();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), units);
        if (error != std::errc() || end != text.data() + text.size())
            return refuse(field + u".units: not a 64-bit integer"_s, field + u".units"_s);
    } else {
        units = given.get<qint64>();
    }
    const QString code = QString::fromStdString(value.at("currency_code").get<std::string>());
    if (code != currency)
        return refuse(u"%1.currency_code: the account is kept in %2, not %3"_s.arg(field, currency, code), field + u".currency_code"_s);
    auto money = Money::make(code, units, value.at("nanos").get<qint32>());
    if (!money)
        return refuse(u"%1: units and nanos must have the same sign"_s.arg(field), field);
    if (money->isNegative())
        return refuse(u"%1: must not be negative"_s.arg(field), field);
    return *money;
}

struct Change {
    QStringList assignments;
    QList<QVariant> values;

    void set(const char *field, const QVariant &value)
    {
        assignments << columnName(QString::fromLatin1(field)) + u" = ?"_s;
        values << value;
    }
    void setMoney(const char *field, const std::optional<Money> &money)
    {
        const QString c = columnName(QString::fromLatin1(field));
        assignments << c + u"_u = ?"_s << c + u"_n = ?"_s << c + u"_c = ?"_s;
        if (money)
            values << money->units << money->nanos << money->currency;
        else
            values << QVariant() << QVariant() << QVariant();
    }
};

Outcome<void> changeCreditLine(const json &body, const Account &account, Change &change)
{
    const auto line = readMoney(body.at("credit_line"), u"credit_line"_s, account.currency);
    if (!line)
        return Refused(line.error());
    const auto left = line->amount().minus(account.arrears.amount());
    if (!left || left->isNegative())
        return refuse(u"credit_line: below the arrears of %1 %2"_s.arg(formatAmount(account.arrears), account.currency), u"credit_line"_s);
    const auto limit = Money::fromDecimal(account.currency, *left);
    if (!limit)
        return refuse(u"credit_line: too large"_s, u"credit_line"_s);
    change.setMoney("credit_line", *line);
    change.setMoney("available_credit_limit", *limit);
    return {};
}

Outcome<void> changeThresholds(const json &body, Account account, Change &change)
{
    for (int i = 0; i < 3; ++i) {
        const auto given = body.find(thresholdNames[i]);
        if (given == body.end())
            continue;
        account.thresholds[i].reset();
        if (!given->is_null()) {
            const auto money = readMoney(*given, QLatin1String(thresholdNames[i]), account.currency);
            if (!money)
                return Refused(money.error());
            account.thresholds[i] = *money;
        }
        change.setMoney(thresholdNames[i], account.thresholds[i]);
    }
    const Money *above = nullptr;
    QString aboveName;
    for (int i = 0; i < 3; ++i) {
        const auto &threshold = account.thresholds[i];
        if (!threshold)
            continue;
        const QString name = QLatin1String(thresholdNames[i]);
        if (above && threshold->amount() > above->amount())
            return refuse(u"%1: must not be above %2 (%3)"_s.arg(name, aboveName, formatAmount(*above)), name);
        above = &*threshold;
        aboveName = name;
    }
    return {};
}

Outcome<Change> readChange(const CheckedRequest &request, const Account &account)
{
    Change change;
    const QString name = QString::fromStdString(request.body.at("display_name").get<std::string>());
    if (name.trimmed().isEmpty())
        return refuse(u"display_name: must not be blank"_s, u"display_name"_s);
    change.set("display_name", name);
    if (auto line = changeCreditLine(request.body, account, change); !line)
        return Refused(line.error());
    if (auto thresholds = changeThresholds(request.body, account, change); !thresholds)
        return Refused(thresholds.error());
    if (const auto disabled = request.body.find("disable_threshold"); disabled != request.body.end())
        change.set("disable_threshold", disabled->get<bool>() ? 1 : 0);
    change.set("updater", request.user.isEmpty() ? u"local"_s : request.user);
    change.set("update_time", std::max(nowMs(), account.updateTime + 1));
    return change;
}

QString versionOf(const Account &account)
{
    std::string text;
    appendTimestamp(text, account.updateTime);
    return QString::fromStdString(text.substr(1, text.size() - 2));
}

Outcome<void> checkState(const CheckedRequest &request, const Account &account)
{
    if (!request.ifMatch.isEmpty() && request.ifMatch != u"*"_s && request.ifMatch != versionOf(account))
        return refuseAs(409, "ABORTED", u"the account was changed at %1, after it was read"_s.arg(versionOf(account)), "STALE_VERSION");
    if (account.state == u"BA_DISABLED"_s)
        return refuseAs(409, "FAILED_PRECONDITION", u"the account is disabled (BA_DISABLED) and cannot be changed"_s, "ACCOUNT_DISABLED");
    return {};
}

Outcome<Answer> accountAnswer(const QString &id, const QSqlDatabase &connection)
{
    auto row = runSql(connection, u"SELECT %1 FROM billing_account WHERE c_id = ?"_s.arg(billingSelectList()), {id});
    if (!row || !row->next())
        return storageRefusal(row ? Error{} : row.error());
    Answer answer;
    appendBillingAccount(answer.body, *row);
    return answer;
}

Outcome<Answer> updateBillingAccount(const CheckedRequest &request, Backend &backend)
{
    const QString id = request.text("billing_account_id");
    if (QString::fromStdString(request.body.at("id").get<std::string>()) != id)
        return refuse(u"id: differs from the id in the path"_s, u"id"_s);
    WriteTransaction write(backend.database);
    if (!write.isOpen())
        return refuseAs(503, "UNAVAILABLE", u"the database is busy; try again"_s);
    const auto account = readAccount(id, write.connection());
    if (!account)
        return Refused(account.error());
    if (auto state = checkState(request, *account); !state)
        return Refused(state.error());
    auto change = readChange(request, *account);
    if (!change)
        return Refused(change.error());
    change->values << id;
    const auto done =
        runSql(write.connection(), u"UPDATE billing_account SET %1 WHERE c_id = ?"_s.arg(change->assignments.join(u", "_s)), change->values);
    if (!done)
        return storageRefusal(done.error());
    auto answer = accountAnswer(id, write.connection());
    if (!answer)
        return answer;
    if (auto committed = write.commit(); !committed)
        return storageRefusal(committed.error());
    return answer;
}

} // namespace

void addBillingHandlers(HandlerTable &table)
{
    table.insert(u"listBillingAccounts"_s, listBillingAccounts);
    table.insert(u"updateBillingAccount"_s, updateBillingAccount);
}

} // namespace kboss::standalone
