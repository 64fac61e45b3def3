#include "ui/connectiontest.h"

#include "app/api/requestlog.h"
#include "app/api/signin.h"
#include "app/services/onresult.h"
#include "ui/errortext.h"

#include <QCoreApplication>
#include <QElapsedTimer>

namespace kboss {

namespace {

struct TestWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::ConnectionTest)
};

QString nameOf(ServiceKind kind)
{
    switch (kind) {
    case ServiceKind::Kboss:
        return QStringLiteral("Kboss");
    case ServiceKind::Billing:
        return TestWords::tr("Billing");
    case ServiceKind::Pcapi:
        return QStringLiteral("PCAPI");
    case ServiceKind::Account:
        return TestWords::tr("Accounts");
    }
    return {};
}

std::optional<Call> smallRead(const ContractSet &contracts, ServiceKind service)
{
    for (const auto &operation : contracts.all()) {
        if (operation->service != service || !operation->isRead() || operation->paging.kind == Paging::Kind::None)
            continue;
        bool open = true;
        for (const OperationParameter &parameter : operation->parameters)
            open = open
                && (!parameter.required || parameter.name == operation->paging.pageParameter || parameter.name == operation->paging.sizeParameter);
        if (!open)
            continue;
        Call call;
        call.operation = operation->id;
        if (operation->paging.kind == Paging::Kind::PageRows && !operation->paging.pageParameter.isEmpty())
            call.parameters[operation->paging.pageParameter.toStdString()] = 1;
        if (!operation->paging.sizeParameter.isEmpty())
            call.parameters[operation->paging.sizeParameter.toStdString()] = 1;
        return call;
    }
    return std::nullopt;
}

ServerSettings settingsOf(const Profile &profile)
{
    ServerSettings settings;
    settings.bases = profile.urls;
    if (!profile.caFile.isEmpty())
        settings.extraCas = QSslCertificate::fromPath(profile.caFile, QSsl::Pem);
    settings.proxyMode = profile.proxyMode;
    if (profile.proxyMode == ServerSettings::Proxy::Manual)
        settings.manualProxy = QNetworkProxy(QNetworkProxy::HttpProxy, profile.proxyHost, static_cast<quint16>(profile.proxyPort));
    return settings;
}

} // namespace

void testConnection(const Profile &profile, const std::shared_ptr<const ContractSet> &contracts, QObject *context,
                    std::function<void(const QString &, bool)> report)
{
    ClientLimits limits;
    limits.readRetries = 0;
    auto *client = new ApiClient(contracts, settingsOf(profile), makeNoSignIn(), nullptr, limits, context);
    auto left = std::make_shared<int>(1);
    const auto ended = [client, left] {
        if (--*left == 0)
            client->deleteLater();
    };
    for (auto it = profile.urls.cbegin(); it != profile.urls.cend(); ++it) {
        const QString service = nameOf(it.key());
        const auto call = smallRead(*contracts, it.key());
        if (!call) {
            report(TestWords::tr("%1: no operation of it is known to this version").arg(service), true);
            continue;
        }
        ++*left;
        QElapsedTimer timer;
        timer.start();
        onResult(client->send(*call), client, [report, service, timer, ended](const Result<WireResponse> &answer) {
            const bool asks = !answer && (answer.error().kind == ErrorKind::Auth || answer.error().kind == ErrorKind::Forbidden);
            if (answer)
                report(TestWords::tr("%1: answers in %2 ms").arg(service).arg(timer.elapsed()), true);
            else if (asks)
                report(TestWords::tr("%1: is there and asks for a sign-in").arg(service), true);
            else
                report(errorText(answer.error(), service).headline + QLatin1Char(' ') + answer.error().detail, false);
            ended();
        });
    }
    ended();
}

} // namespace kboss
