// Goal 15: opening a list over a simulated round trip of 50 ms, against one bare request in the same run.
#include "app/api/apiclient.h"
#include "app/api/requestlog.h"
#include "app/api/signin.h"
#include "tests/bench/bench.h"
#include "tests/bench/slowlink.h"
#include "tests/support/serviceprocess.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 15;
constexpr int roundTripMs = 50;

bool waitFor(const std::function<bool()> &done)
{
    return QTest::qWaitFor(done, 20'000);
}

double bareRequest(QNetworkAccessManager &manager, const QUrl &url)
{
    QNetworkRequest request(url);
    request.setRawHeader("Accept-Encoding", "identity");
    const double begin = bench::nowMs(bench::BenchClock::Wall);
    QNetworkReply *reply = manager.get(request);
    const bool ended = waitFor([reply] { return reply->isFinished(); });
    const bool good = ended && reply->error() == QNetworkReply::NoError && !reply->readAll().isEmpty();
    reply->deleteLater();
    return good ? bench::nowMs(bench::BenchClock::Wall) - begin : -1;
}

double openList(ApiClient &client)
{
    const double begin = bench::nowMs(bench::BenchClock::Wall);
    const auto answer = client.send({u"listBillingAccounts"_s, {{"page_size", 200}}, nullptr});
    return waitFor([&answer] { return answer.isFinished(); }) && answer.result().has_value() ? bench::nowMs(bench::BenchClock::Wall) - begin : -1;
}

int fail(const char *what)
{
    std::fprintf(stderr, "bench_network: %s\n", what);
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    auto contracts = ContractSet::load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + "/resources/api"_L1);
    test::ServiceProcess service;
    if (!contracts || !service.start())
        return fail("no contracts or no service");
    const auto port = static_cast<quint16>(service.url().port());
    bench::SlowLink bareLink(port, roundTripMs), ourLink(port, roundTripMs);

    QNetworkAccessManager manager;
    const QUrl bareUrl(u"http://127.0.0.1:%1/v1/billingaccounts/console?page_size=200"_s.arg(bareLink.port()));
    ServerSettings settings;
    settings.proxyMode = ServerSettings::Proxy::None;
    settings.bases[ServiceKind::Billing] = QUrl(u"http://127.0.0.1:%1"_s.arg(ourLink.port()));
    ClientLimits limits;
    limits.gzipOnLoopback = true;
    RequestLog log({});
    ApiClient client(std::make_shared<const ContractSet>(std::move(*contracts)), settings, makeNoSignIn(), &log, limits);

    std::vector<double> ours, bare, ratios;
    for (int round = -1; round < rounds; ++round) { // the first one warms both connections and does not count
        const double floor = bareRequest(manager, bareUrl), product = openList(client);
        if (floor < 0 || product < 0)
            return fail("a request failed");
        if (round < 0) {
            bareLink.reset();
            ourLink.reset();
            continue;
        }
        ours.push_back(product), bare.push_back(floor), ratios.push_back(product / floor);
    }
    const double time = bench::median(ratios);
    const double bytes = static_cast<double>(ourLink.bytesBack()) / static_cast<double>(bareLink.bytesBack());
    bench::report("15", time, "<= 1.3", time <= 1.3,
                  "page of 200 over 50 ms: " + bench::ms(bench::median(ours)) + " against a bare request's " + bench::ms(bench::median(bare)));
    bench::report("15", bytes, "<= 0.25", bytes <= 0.25, "bytes on the wire against an identity body");
    bench::report("15", ourLink.connections(), "= 1", ourLink.connections() == 1, "connections for " + std::to_string(rounds + 1) + " lists");
    return 0;
}
