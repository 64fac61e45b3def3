#pragma once

#include "app/api/apiclient.h"
#include "app/api/requestlog.h"
#include "app/api/signin.h"

#include <QtTest>

namespace kboss {

using ClientAnswer = Result<WireResponse>;

// A client with short limits over the project's contracts, for tests against the scripted server.
class ClientFixture {
public:
    ClientFixture()
    {
        const auto set = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/api"));
        if (set)
            contracts = std::make_shared<const ContractSet>(*set);
    }

    static ClientLimits quick()
    {
        ClientLimits limits;
        limits.connectMs = 400;
        limits.firstByteMs = 500;
        limits.totalMs = 3'000;
        limits.maxBytes = 1024 * 1024;
        limits.readRetries = 2;
        limits.backoffMs = 10;
        return limits;
    }

    std::unique_ptr<ApiClient> client(const QUrl &url, ClientLimits limits = quick(), std::shared_ptr<SignIn> signIn = makeNoSignIn())
    {
        ServerSettings settings;
        settings.bases = {{ServiceKind::Billing, url}, {ServiceKind::Kboss, url}};
        return std::make_unique<ApiClient>(contracts, settings, std::move(signIn), &log, limits);
    }

    static ClientAnswer get(ApiClient &from, const Call &call)
    {
        auto future = from.send(call);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
            return fail(ErrorKind::Internal, QStringLiteral("the call hangs"));
        return future.result();
    }

    static Call listCall() { return {QStringLiteral("listBillingAccounts"), nlohmann::json::object(), {}}; }

    static Call updateCall()
    {
        const nlohmann::json money{{"currency_code", "CNY"}, {"units", "1"}, {"nanos", 0}};
        return {QStringLiteral("updateBillingAccount"),
                {{"billing_account_id", "a"}},
                {{"id", "a"}, {"display_name", "n"}, {"credit_line", money}, {"threshold_balance", money}}};
    }

    static Call addCentreCall()
    {
        return {QStringLiteral("addCpclist"),
                {{"name", "n"},
                 {"pcapi_url", "https://p.example.com"},
                 {"api_user", "u"},
                 {"api_pwd", "s3cret-word"},
                 {"contactname", "c"},
                 {"contactphone", "1"}},
                {}};
    }

    std::shared_ptr<const ContractSet> contracts;
    RequestLog log{QString()};
};

inline const QByteArray goodPage = R"({"billing_accounts":[{"id":"a"}],"next_page_token":"","total_size":1})";

} // namespace kboss
