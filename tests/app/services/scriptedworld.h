#pragma once

#include "app/services/syncservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/scriptedserver.h"

#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

namespace kboss {

// Billing accounts on a scripted server that remembers them, a real client and a real store on disk.
class ScriptedWorld {
public:
    explicit ScriptedWorld(int rows = 0)
    {
        for (int i = 0; i < rows; ++i)
            accounts.push_back(account(i));
        contracts =
            std::make_shared<const ContractSet>(*ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/api")));
        store = std::move(*CacheStore::open(folder.filePath(QStringLiteral("cache.sqlite")), clock));
        server.answerWith([this](const SeenRequest &request) { return answer(request); });
        client = makeClient();
    }

    std::unique_ptr<ApiClient> makeClient()
    {
        ServerSettings settings;
        settings.bases = {{ServiceKind::Billing, server.url()}, {ServiceKind::Kboss, server.url()}};
        settings.proxyMode = ServerSettings::Proxy::None;
        ClientLimits limits;
        limits.firstByteMs = 1'500;
        limits.totalMs = 3'000;
        limits.readRetries = 0;
        return std::make_unique<ApiClient>(contracts, settings, nullptr, nullptr, limits);
    }

    static nlohmann::json money(int units) { return {{"currency_code", "CNY"}, {"units", std::to_string(units)}, {"nanos", 0}}; }
    static nlohmann::json account(int i)
    {
        return {{"id", "ba-" + std::to_string(i)}, {"display_name", "account " + std::to_string(i)},
                {"credit_line", money(100 + i)},   {"threshold_balance", money(10)},
                {"disable_threshold", false},      {"balance", money(1000)},
                {"password_pay", "geheim-42"}};
    }

    static DatasetSpec spec(int periodSeconds = 30)
    {
        DatasetSpec spec;
        spec.id = {QStringLiteral("test"), QStringLiteral("listBillingAccounts"), QStringLiteral("{}")};
        spec.schema.resource = QStringLiteral("billing-account");
        spec.schema.key = QStringLiteral("id");
        const auto add = [&spec](const QString &id, FieldType type) { spec.schema.fields.push_back({id, id, type, false, {}}); };
        add(QStringLiteral("id"), FieldType::Text);
        add(QStringLiteral("display_name"), FieldType::Text);
        add(QStringLiteral("credit_line"), FieldType::Money);
        add(QStringLiteral("threshold_balance"), FieldType::Money);
        add(QStringLiteral("disable_threshold"), FieldType::Boolean);
        add(QStringLiteral("balance"), FieldType::Money);
        add(QStringLiteral("password_pay"), FieldType::Secret);
        spec.periodSeconds = periodSeconds;
        spec.title = QStringLiteral("accounts");
        return spec;
    }

    template <class T> static Result<T> wait(QFuture<Result<T>> future, int limitMs = 10'000)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, limitMs))
            return fail(ErrorKind::Internal, QStringLiteral("no end within the limit"));
        return future.isCanceled() ? Result<T>(fail(ErrorKind::Internal, QStringLiteral("a future without a value"))) : future.result();
    }

    std::vector<Row> rows(const DatasetId &id) const
    {
        const auto source = store->source(id);
        if (!source)
            return {};
        const auto view = wait((*source)->open({}));
        const auto window = view ? wait((*view)->window(0, static_cast<int>((*view)->count()))) : Result<std::vector<Row>>(fail(view.error()));
        return window ? *window : std::vector<Row>{};
    }

    // By default an honest service. `spoil` may answer in its place (called with the lock held).
    ServerAnswer answer(const SeenRequest &request)
    {
        const QMutexLocker lock(&mutex);
        if (spoil) {
            if (const auto bad = spoil(request))
                return *bad;
        }
        const QUrl url(QStringLiteral("http://x") + QString::fromUtf8(request.target));
        return request.method == "PATCH" ? patch(url, request) : list(url);
    }

    QTemporaryDir folder;
    FakeClock clock;
    QMutex mutex; // accounts, spoil
    std::vector<nlohmann::json> accounts;
    std::function<std::optional<ServerAnswer>(const SeenRequest &)> spoil;
    ScriptedServer server;
    std::shared_ptr<const ContractSet> contracts;
    std::unique_ptr<CacheStore> store;
    std::unique_ptr<ApiClient> client;

private:
    ServerAnswer list(const QUrl &url) const
    {
        const QUrlQuery query(url);
        const size_t size = query.queryItemValue(QStringLiteral("page_size")).toULongLong();
        const size_t from = query.queryItemValue(QStringLiteral("page_token")).toULongLong();
        const QString filter = query.queryItemValue(QStringLiteral("filter"), QUrl::FullyDecoded); // id = "…"
        nlohmann::json page = nlohmann::json::array();
        size_t i = from;
        for (; i < accounts.size() && page.size() < size; ++i) {
            if (filter.isEmpty()
                || filter.contains(QLatin1Char('"') + QString::fromStdString(accounts[i]["id"].get<std::string>()) + QLatin1Char('"')))
                page.push_back(accounts[i]);
        }
        const nlohmann::json answer{
            {"billing_accounts", page}, {"next_page_token", i < accounts.size() ? std::to_string(i) : ""}, {"total_size", accounts.size()}};
        return ServerAnswer::json(QByteArray::fromStdString(answer.dump()));
    }

    ServerAnswer patch(const QUrl &url, const SeenRequest &request)
    {
        const std::string id = url.path().section(QLatin1Char('/'), -1).toStdString();
        const auto change = nlohmann::json::parse(request.body.toStdString());
        for (nlohmann::json &account : accounts) {
            if (account["id"] != id)
                continue;
            account.update(change);
            return ServerAnswer::json(QByteArray::fromStdString(account.dump()));
        }
        return ServerAnswer::json(R"({"error":{"code":404,"message":"no such account","status":"NOT_FOUND"}})", 404);
    }
};

} // namespace kboss
