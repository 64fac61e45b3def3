// 20,000 pods that change by about 5 % a tick, in the real page against the real service, for as long as it is told: stalls of the GUI thread and
// memory, while somebody scrolls, searches, sorts and groups. `bench_pods [MINUTES]`, 30 when not told.
#include "app/base/heap.h"
#include "tests/bench/bench.h"
#include "tests/support/kboss.h"
#include "tests/support/loopticker.h"
#include "tests/ui/consolefixture.h"
#include "ui/filterconditions.h"
#include "ui/resourceview.h"
#include "ui/scopebar.h"
#include "ui/scopedpage.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QScrollBar>
#include <malloc.h>

using namespace kboss;
using namespace Qt::StringLiterals;

namespace {

constexpr double stallGoalMs = 16, growthGoal = 1.05;
constexpr int warmUpMs = 60'000;

bool until(const std::function<bool()> &done, int timeoutMs = 60'000)
{
    return QTest::qWaitFor(done, timeoutMs);
}

// Of this process, in MB. What it holds itself ("RssAnon"), and what it has mapped of files ("RssFile": programs, fonts, the part of the cache's file
// that was read of late), which the system takes back when it needs it.
double residentMb(const char *kind)
{
    QFile file(u"/proc/self/status"_s);
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith(kind))
                return line.mid(qstrlen(kind) + 1).simplified().split(' ').first().toDouble() / 1024;
        }
    }
    return 0;
}

// Allocated and not freed, in MB: what of the memory is held, the rest is the allocator's.
double allocatedMb()
{
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / (1024.0 * 1024.0);
}

struct Place {
    QString center, cluster;
    QJsonArray pods;
};

QJsonArray podsOf(test::HttpClient &http, const QString &center, const QString &cluster)
{
    return test::rowsOf(http.get(u"/dev/cpcc/cpcpod/get_cpcpod.dspy"_s, test::queryOf({{u"cpcid"_s, center}, {u"clusterid"_s, cluster}})));
}

// The cluster with the most pods.
Place largestCluster(ConsoleFixture &world)
{
    test::HttpClient http(world.service.url());
    Place best;
    const QJsonArray centers = test::rowsOf(http.get(u"/dev/cpcc/cpclist/get_cpclist.dspy"_s, test::queryOf({{u"rows"_s, u"500"_s}})));
    for (const QJsonValue &center : centers) {
        const QString id = center[u"id"_s].toString();
        const QJsonArray clusters = test::rowsOf(http.get(u"/dev/cpcc/cpccluster/get_cpccluster.dspy"_s, test::queryOf({{u"cpcid"_s, id}})));
        for (const QJsonValue &cluster : clusters) {
            QJsonArray pods = podsOf(http, id, cluster[u"id"_s].toString());
            if (pods.size() > best.pods.size())
                best = {id, cluster[u"id"_s].toString(), std::move(pods)};
        }
    }
    return best;
}

double changedShare(ConsoleFixture &world, const Place &place)
{
    test::HttpClient http(world.service.url());
    const QJsonArray first = podsOf(http, place.center, place.cluster);
    until([] { return false; }, 5'000);
    const QJsonArray second = podsOf(http, place.center, place.cluster);
    QHash<QString, QJsonObject> before;
    for (const QJsonValue &pod : first)
        before.insert(pod[u"pod_namespace"_s].toString() + u'/' + pod[u"pod_name"_s].toString(), pod.toObject());
    qsizetype changed = 0;
    for (const QJsonValue &value : second) {
        QJsonObject now = value.toObject();
        QJsonObject was = before.value(now[u"pod_namespace"_s].toString() + u'/' + now[u"pod_name"_s].toString());
        now.remove(u"pod_age"_s); // moves by itself
        was.remove(u"pod_age"_s);
        changed += now != was;
    }
    return second.isEmpty() ? 0 : static_cast<double>(changed) / static_cast<double>(second.size());
}

class PodsBench {
public:
    PodsBench(ConsoleFixture &world, const Place &place) : m_world(world)
    {
        m_page = std::make_unique<ScopedPage>(*world.resources.find(u"cluster-pod"_s), world.context);
        m_page->resize(1920, 1080);
        m_page->show();
        m_page->setShown(true);
        until([this] { return m_page->scope()->isSettled(); });
        m_page->scope()->choose(0, place.center);
        until([this] { return m_page->scope()->isSettled(); });
        m_page->scope()->choose(1, place.cluster);
    }
    bool isFull(qsizetype rows) const { return m_page->rows() >= rows * 9 / 10; }
    bool waitFull(qsizetype rows)
    {
        return until([this, rows] { return isFull(rows); }, 120'000);
    }
    void start(int minutes); // ends the application

private:
    void onSecond();
    void tellMinute(int minute);
    void use(int second); // what a person does in this second
    void sample();
    void tell();

    ResourceView *view() const { return m_page->view(); }

    ConsoleFixture &m_world;
    std::unique_ptr<ScopedPage> m_page;
    std::vector<double> m_stalls; // the longest of each second
    std::vector<double> m_memory, m_mapped; // MB, once in ten seconds, after warming up
    int m_minutes = 0, m_ticks = 0;
    QTimer m_everySecond;
    QElapsedTimer m_clock;
    std::unique_ptr<LoopTicker> m_ticker;
};

void PodsBench::use(int second)
{
    QScrollBar *bar = view()->table()->verticalScrollBar();
    bar->setValue(static_cast<int>(static_cast<qint64>(second) * 7'919 % std::max(1, bar->maximum())));
    FilterConditions conditions;
    switch (second % 60) {
    case 10:
        conditions.items.push_back({*parseFilter(u"pod_restart >= 1"_s), true});
        view()->setConditions(conditions);
        break;
    case 20:
        view()->setConditions({});
        break;
    case 30:
        view()->setOrder({{u"pod_cpurate"_s, true}});
        break;
    case 40:
        view()->setOrder({{u"pod_namespace"_s, false}, {u"pod_name"_s, false}});
        break;
    default:
        break;
    }
}

void PodsBench::start(int minutes)
{
    m_minutes = minutes;
    QObject::connect(m_world.session->sync(), &SyncService::freshnessChanged, m_page.get(), [this](const DatasetId &id, const Freshness &freshness) {
        m_ticks += id == view()->feed()->spec().id && freshness.state == Freshness::State::Live;
    });
    QObject::connect(&m_everySecond, &QTimer::timeout, m_page.get(), [this] { onSecond(); });
    m_clock.start();
    m_ticker = std::make_unique<LoopTicker>();
    use(0);
    m_everySecond.start(1'000);
}

void PodsBench::onSecond()
{
    m_stalls.push_back(m_ticker->longestStallMs());
    const int second = static_cast<int>(m_stalls.size()) - 1;
    if (second % 10 == 0 && m_clock.elapsed() > warmUpMs)
        sample();
    if (second % 60 == 59)
        tellMinute(second / 60 + 1);
    if (m_clock.elapsed() >= m_minutes * 60'000LL + warmUpMs) {
        tell();
        QCoreApplication::quit();
        return;
    }
    m_ticker->reset(); // what sampling takes is not the page's
    use(second + 1);
}

void PodsBench::tellMinute(int minute)
{
    const auto worst = std::max_element(m_stalls.begin(), m_stalls.end());
    std::printf("minute %d: %.1f MB (%.1f allocated) and %.1f MB of files, longest stall so far %.1f ms (second %d of a minute)\n", minute,
                residentMb("RssAnon"), allocatedMb(), residentMb("RssFile"), *worst, static_cast<int>((worst - m_stalls.begin()) % 60));
    std::fflush(stdout);
}

void PodsBench::sample()
{
    malloc_trim(0); // what the allocator keeps for later is not what the program holds
    m_memory.push_back(residentMb("RssAnon"));
    m_mapped.push_back(residentMb("RssFile"));
}

void PodsBench::tell()
{
    const double longest = bench::quantile(m_stalls, 1.0);
    bench::report("pods", longest / stallGoalMs, "<= 16 ms", longest <= stallGoalMs,
                  "longest stall of the GUI thread " + bench::ms(longest) + ", p99 of the longest of each second "
                      + bench::ms(bench::quantile(m_stalls, 0.99)) + ", median " + bench::ms(bench::median(m_stalls)) + "; " + std::to_string(m_ticks)
                      + " ticks in " + std::to_string(m_minutes) + " min");
    const size_t fifth = std::max<size_t>(1, m_memory.size() / 5);
    const auto first = [fifth](const std::vector<double> &values) {
        return bench::median({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(fifth)});
    };
    const auto last = [fifth](const std::vector<double> &values) {
        return bench::median({values.end() - static_cast<std::ptrdiff_t>(fifth), values.end()});
    };
    const double early = first(m_memory), late = last(m_memory);
    char text[200];
    std::snprintf(text, sizeof text, "memory %.1f MB in the first fifth, %.1f MB in the last, over %d min (and %.1f, then %.1f MB of mapped files)",
                  early, late, m_minutes, first(m_mapped), last(m_mapped));
    bench::report("pods", late / early, "<= 1.05", late / early <= growthGoal, text);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    keepHeapSmall(); // as the console does
    QApplication app(argc, argv);
    const int minutes = argc > 1 ? std::max(1, QByteArray(argv[1]).toInt()) : 30;
    ConsoleFixture world;
    if (!world.open(u"large"_s, {}, 300'000)) { // a million accounts are filled in first
        std::fprintf(stderr, "bench_pods: %s\n", qPrintable(world.failure));
        return 1;
    }
    const Place place = largestCluster(world);
    std::printf("%lld pods in one cluster; %.1f %% of them have other values 5 s later\n", static_cast<long long>(place.pods.size()),
                100 * changedShare(world, place));
    PodsBench bench(world, place);
    if (place.pods.isEmpty() || !bench.waitFull(place.pods.size())) {
        std::fprintf(stderr, "bench_pods: the pods did not arrive\n");
        return 1;
    }
    bench.start(minutes);
    return QApplication::exec(); // not by QTest's waiting, which sleeps 10 ms between two looks at the events
}
