#include "app/main/service_hostkeys.h"
#include "app/main/service_options.h"
#include "app/main/service_parent.h"
#include "app/standalone/service.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace Qt::StringLiterals;
using namespace kboss;

namespace {

int stopWith(const QString &reason)
{
    std::fprintf(stderr, "kboss-service: %s\n", qUtf8Printable(reason));
    return EXIT_FAILURE;
}

// A request that never ends must not keep a finished service alive. What was committed is on disk by then.
void endWithin(int seconds)
{
    std::thread([seconds] {
        std::this_thread::sleep_for(std::chrono::seconds(seconds));
        std::_Exit(EXIT_SUCCESS);
    }).detach();
}

} // namespace

int main(int argc, char **argv)
{
    service::leaveNoCore();
    service::blockEndSignals(); // before the first thread, which all inherit it
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"kboss-service"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(KBOSS_VERSION));

    auto options = service::readOptions(application.arguments());
    if (!options)
        return stopWith(options.error().detail);
    if (!options->pinHostKey.isEmpty() || !options->forgetHostKey.isEmpty()) {
        const auto done = service::changeHostKeys(*options);
        return done ? EXIT_SUCCESS : stopWith(done.error().detail);
    }
    if (options->child) {
        service::endWithParent();
        const auto token = service::readChildToken();
        if (!token)
            return stopWith(token.error().detail);
        options->service.token = *token;
    }
    auto contracts = ContractSet::load(u":/api"_s);
    if (!contracts)
        return stopWith(contracts.error().detail);
    auto running = standalone::Service::start(options->service, std::move(*contracts));
    if (!running)
        return stopWith(running.error().detail);

    std::printf("{\"url\":\"%s\"}\n", qUtf8Printable((*running)->url()));
    std::fflush(stdout);
    service::waitForEnd(options->child);
    endWithin(1);
    running->reset();
    return EXIT_SUCCESS;
}
