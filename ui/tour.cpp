#include "ui/tour.h"

#include "ui/commandpalette.h"
#include "ui/errortext.h"
#include "ui/joblist.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/pagefactory.h"
#include "ui/theme.h"
#include "ui/tracelog.h"
#include "ui/workspace.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSaveFile>
#include <algorithm>
#include <cstdio>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int width = 1600, height = 1000;
constexpr int sessionLimitMs = 90'000; // a large sample takes its time to fill
constexpr int pageLimitMs = 60'000;
constexpr int pollMs = 40;
constexpr int restMs = 250; // glows have gone, fonts are there
constexpr int collectRestMs = 1'500; // the selected rows are read first

const char *freshnessName(Freshness::State state)
{
    switch (state) {
    case Freshness::State::None:
        return "none";
    case Freshness::State::Live:
        return "live";
    case Freshness::State::Cached:
        return "cached";
    case Freshness::State::Partial:
        return "partial";
    case Freshness::State::Failed:
        return "failed";
    }
    return "";
}
} // namespace

Tour::Tour(QString folder, MainWindow *window, const AppContext &context, bool offlineChosen, QObject *parent)
    : QObject(parent), m_folder(std::move(folder)), m_window(window), m_context(context), m_offlineChosen(offlineChosen)
{
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &Tour::look);
}

void Tour::start()
{
    if (!QDir().mkpath(m_folder)) {
        std::fprintf(stderr, "%s\n", qPrintable(tr("%1 cannot be made").arg(m_folder)));
        Q_EMIT finished(1);
        return;
    }
    m_window->resize(width, height);
    connect(m_window->workspace(), &Workspace::pageOpened, this, [this](Page *page) {
        const QString id = page->pageId();
        m_opened[id].start();
        connect(page, &Page::ready, this, [this, id] {
            m_ready.insert(id);
            if (!m_firstRowsMs.contains(id))
                m_firstRowsMs.insert(id, m_opened[id].elapsed());
        });
    });
    if (m_context.session)
        connect(m_context.session, &Session::failed, this, &Tour::tellFault);
    planStops();
    waitForSession();
}

void Tour::tellFault(const Error &error)
{
    const QString reason = errorText(error, {}).reason;
    m_faults << (error.detail.isEmpty() ? reason : reason + u" ("_s + error.detail + u')');
}

void Tour::planStops()
{
    const QString home = m_context.language->current();
    const QString other = home == "en"_L1 ? u"zh_CN"_s : u"en"_s;
    const QList<PageEntry> pages = availablePages(m_context);
    for (const PageEntry &page : pages) {
        m_stops << Stop{page.id, page.id, home, {}, false};
        for (const QString &variant : page.variants)
            m_stops << Stop{page.id + u'-' + variant, page.id, home, variant, false};
    }
    m_stops << Stop{u"command-palette"_s, u"start"_s, home, u"palette"_s, false} << Stop{u"first-start"_s, {}, home, {}, false};
    for (const PageEntry &page : pages)
        m_stops << Stop{page.id + u"-dark"_s, page.id, home, {}, true};
    m_stops << Stop{u"command-palette-dark"_s, u"start"_s, home, u"palette"_s, true};
    for (const PageEntry &page : pages)
        m_stops << Stop{page.id + u'-' + other.left(2), page.id, other, {}, false};
}

void Tour::waitForSession()
{
    m_waiting.start();
    auto *poll = new QTimer(this);
    connect(poll, &QTimer::timeout, this, [this, poll] {
        const Session *session = m_context.session;
        const bool there = !session || session->state() == Session::State::Online || session->state() == Session::State::Offline
            || session->state() == Session::State::NeedsCredential;
        if (!there && m_waiting.elapsed() < sessionLimitMs)
            return;
        poll->deleteLater();
        if (session && (m_offlineChosen || session->state() == Session::State::Online))
            return next();
        // Why comes right after the state.
        QTimer::singleShot(restMs, this, [this, none = !session] { giveUp(none ? tr("There is no connection") : tr("The connection failed")); });
    });
    poll->start(pollMs);
}

void Tour::giveUp(const QString &reason)
{
    m_faults.removeDuplicates();
    const QString text = m_faults.isEmpty() ? reason : reason + u": "_s + m_faults.join(u"; "_s);
    std::fprintf(stderr, "kboss-console: %s\n", qPrintable(text));
    ++m_failures;
    m_report.append(QJsonObject{{u"page"_s, u"session"_s},
                                {u"title"_s, text},
                                {u"rows"_s, 0},
                                {u"state"_s, u"failed"_s},
                                {u"freshness"_s, u"none"_s},
                                {u"first_rows_ms"_s, 0},
                                {u"picture"_s, QString()},
                                {u"ok"_s, false}});
    end();
}

void Tour::next()
{
    m_poll.stop();
    ++m_at;
    if (m_at >= m_stops.size())
        return end();
    const Stop &stop = m_stops.at(m_at);
    m_context.language->set(stop.language);
    m_context.theme->setDark(stop.dark);
    m_window->palette()->closePalette();
    m_waiting.start();
    if (stop.page.isEmpty())
        return showFirstStart();
    if (m_at > 0 && !m_stops.at(m_at - 1).variant.isEmpty() && stop.variant.isEmpty())
        leaveVariants();
    m_window->openPage(stop.page);
    if (m_context.trace)
        m_context.trace->write("tour-page", stop.name);
    m_poll.start();
}

// Open panels, selections and typed text of one picture are not in the next.
void Tour::leaveVariants()
{
    const QString id = m_stops.at(m_at - 1).page;
    m_window->workspace()->discard(id);
    m_ready.remove(id);
    m_window->openPage(id);
}

bool Tour::settled(const Page *page) const
{
    if (!m_ready.contains(page->pageId()) || page->state() == Page::State::Loading)
        return false;
    const bool readingFirst = page->freshness().state == Freshness::State::Partial;
    return !readingFirst || page->state() == Page::State::Failed;
}

void Tour::look()
{
    Page *page = m_window->workspace()->page(m_stops.at(m_at).page);
    if (!page) {
        m_poll.stop();
        ++m_failures;
        note(nullptr, {}, false);
        return next();
    }
    if (!settled(page) && m_waiting.elapsed() < pageLimitMs)
        return;
    m_poll.stop();
    arrive();
}

void Tour::arrive()
{
    const Stop &stop = m_stops.at(m_at);
    Page *page = m_window->workspace()->page(stop.page);
    bool applies = true;
    if (stop.variant == "palette"_L1) {
        m_window->openPalette();
        m_window->palette()->field()->setText(m_context.language->current() == "en"_L1 ? u"co"_s : u"jf"_s);
    } else if (page) {
        applies = page->showForTour(stop.variant);
    }
    if (!applies && !stop.variant.isEmpty())
        return next(); // this page has no such view
    settle(stop.variant == "bulk"_L1 ? collectRestMs : restMs);
}

void Tour::settle(int rest)
{
    const Page *page = m_window->workspace()->page(m_stops.at(m_at).page);
    if (page && !settled(page) && m_waiting.elapsed() < pageLimitMs) {
        QTimer::singleShot(pollMs, this, [this, rest] { settle(rest); });
        return;
    }
    QTimer::singleShot(rest, this, &Tour::takePicture);
}

// The pages about one thing that this page leads to: right after it, and in the other looks at the end.
void Tour::addPages(const Page *page)
{
    const QString home = m_stops.at(m_at).language, other = home == "en"_L1 ? u"zh_CN"_s : u"en"_s;
    qsizetype at = m_at;
    for (const QString &id : page->pagesForTour()) {
        const ArgumentPage *kind = argumentPageOf(m_context, id);
        if (!kind || std::any_of(m_stops.cbegin(), m_stops.cend(), [&id](const Stop &stop) { return stop.page == id; }))
            continue;
        m_stops.insert(++at, Stop{kind->prefix, id, home, {}, false});
        for (const QString &variant : kind->variants)
            m_stops.insert(++at, Stop{kind->prefix + u'-' + variant, id, home, variant, false});
        m_stops << Stop{kind->prefix + u"-dark"_s, id, home, {}, true} << Stop{kind->prefix + u'-' + other.left(2), id, other, {}, false};
    }
}

void Tour::showFirstStart()
{
    auto context = std::make_shared<AppContext>(m_context);
    context->session = nullptr;
    auto *page = createPage(u"start"_s, *context, nullptr);
    connect(page, &QObject::destroyed, this, [context] {}); // it lives as long as its page
    page->resize(width, height);
    page->setAttribute(Qt::WA_DontShowOnScreen);
    page->show();
    m_loose = page;
    QTimer::singleShot(restMs, this, &Tour::takePicture);
}

void Tour::takePicture()
{
    const Stop stop = m_stops.at(m_at);
    QWidget *what = m_loose ? m_loose.data() : m_window;
    Page *page = m_loose ? qobject_cast<Page *>(m_loose.data()) : m_window->workspace()->page(stop.page);
    const QString file = stop.name + u".png"_s;
    for (int depth = 0; depth < 3; ++depth) // what was asked of layouts a moment ago, from within outwards
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const bool saved = what->grab().save(QDir(m_folder).filePath(file));
    const bool good = saved && page && (m_loose || m_ready.contains(stop.page)) && isGood(page);
    note(page, file, good);
    if (!good) {
        ++m_failures;
        std::fprintf(stderr, "kboss-console: %s failed\n", qPrintable(stop.name));
    }
    if (page && !m_loose && stop.variant.isEmpty() && !stop.dark)
        addPages(page);
    if (m_loose)
        m_loose->deleteLater();
    m_loose = nullptr;
    next();
}

bool Tour::isGood(const Page *page) const
{
    const Page::State state = page->state();
    if (!m_context.resources || !m_context.resources->find(page->pageId()))
        return state != Page::State::Failed && state != Page::State::Forbidden && state != Page::State::Loading;
    if (m_offlineChosen)
        return state == Page::State::Ready || state == Page::State::Empty || state == Page::State::Offline;
    return (state == Page::State::Ready || state == Page::State::Empty) && page->freshness().state != Freshness::State::Failed;
}

void Tour::note(Page *page, const QString &picture, bool good)
{
    const Stop &stop = m_stops.at(m_at);
    QJsonObject line{{u"page"_s, stop.name},
                     {u"title"_s, page ? page->title() : QString()},
                     {u"rows"_s, page ? page->rows() : 0},
                     {u"state"_s, page ? pageStateName(page->state()) : u"failed"_s},
                     {u"freshness"_s, QString::fromLatin1(freshnessName(page ? page->freshness().state : Freshness::State::None))},
                     {u"first_rows_ms"_s, m_firstRowsMs.value(stop.page, 0)},
                     {u"picture"_s, picture},
                     {u"ok"_s, good}};
    if (page && !m_ready.contains(stop.page) && !stop.page.isEmpty())
        line[u"state"_s] = u"loading"_s;
    m_report.append(line);
}

void Tour::end()
{
    QSaveFile file(QDir(m_folder).filePath(u"report.json"_s));
    const QByteArray text = QJsonDocument(m_report).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        ++m_failures;
    printTable(file.fileName());
    Q_EMIT finished(m_failures == 0 ? 0 : 1);
}

void Tour::printTable(const QString &file) const
{
    std::printf("%-28s %10s  %-12s %-8s %8s  %s\n", "page", "rows", "state", "fresh", "ms", "picture");
    for (const QJsonValue &value : std::as_const(m_report)) {
        const auto text_ = [&value](const char *key) { return value[QLatin1String(key)].toVariant().toString().toUtf8(); };
        std::printf("%-28s %10s  %-12s %-8s %8s  %s\n", text_("page").constData(), text_("rows").constData(), text_("state").constData(),
                    text_("freshness").constData(), text_("first_rows_ms").constData(), text_("picture").constData());
    }
    std::printf("%lld pages, %d failed, report in %s\n", static_cast<long long>(m_report.size()), m_failures, qUtf8Printable(file));
    std::fflush(stdout);
}

} // namespace kboss
