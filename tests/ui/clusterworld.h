#pragma once

#include "tests/support/kboss.h"
#include "tests/ui/consolefixture.h"
#include "ui/argumentpages.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/resourceview.h"
#include "ui/rowcollector.h"
#include "ui/scopedpage.h"
#include "ui/workspace.h"

#include <QAction>
#include <QMenu>

namespace kboss {

// A main window over the real service with its first center and that center's first cluster.
struct ClusterWorld : ConsoleFixture {
    std::unique_ptr<test::HttpClient> http;
    ProfileStore profiles{QString()};
    Language language{qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/../app/main")};
    std::unique_ptr<MainWindow> window;
    QString center, cluster;

    ~ClusterWorld()
    {
        if (window)
            window->leaveContext();
        window.reset();
    }

    bool openWindow(int jobSeconds = 2)
    {
        if (!open(QStringLiteral("small"), {QStringLiteral("--job-seconds"), QString::number(jobSeconds)}))
            return false;
        http = std::make_unique<test::HttpClient>(service.url());
        center = rows(QStringLiteral("cpclist/get_cpclist.dspy"), {}).first()[QStringLiteral("id")].toString();
        cluster = rows(QStringLiteral("cpccluster/get_cpccluster.dspy"), {{QStringLiteral("cpcid"), center}}).first()[QStringLiteral("id")].toString();
        context.profiles = &profiles;
        context.language = &language;
        context.argumentPages = consoleArgumentPages();
        context.openPage = [this](const QString &id) { window->openPage(id); };
        context.openRow = [this](const QString &resource, const QStringList &masters, const QString &key, const QString &filter) {
            window->openRow(resource, masters, key, filter);
        };
        context.setOffline = [](bool) {};
        context.signOut = [] {};
        window = std::make_unique<MainWindow>(&theme, &settings, trace.get());
        window->setContext(context);
        window->resize(1600, 1000);
        window->show();
        return true;
    }

    QJsonArray rows(const QString &path, const test::Items &items) { return test::rowsOf(http->get(QStringLiteral("/dev/cpcc/") + path, test::queryOf(items))); }
    test::Items place() const { return {{QStringLiteral("cpcid"), center}, {QStringLiteral("clusterid"), cluster}}; }
    QJsonArray workers() { return rows(QStringLiteral("cpcworker/get_cpcworker.dspy"), place()); }
    QJsonArray pods() { return rows(QStringLiteral("cpcpod/get_cpcpod.dspy"), place()); }

    // The page of a resource of the first cluster (or, with one master, of the first center).
    ScopedPage *page(const QString &resource, const QStringList &masters = {})
    {
        window->openRow(resource, masters, {}, {});
        return qobject_cast<ScopedPage *>(window->workspace()->page(resource));
    }
    Page *currentPage() const { return window->workspace()->currentPage(); }

    // For eyes: to the folder in KBOSS_PICTURES, where one is named.
    void picture(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("KBOSS_PICTURES");
        if (!folder.isEmpty())
            window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }

    static bool hasRows(const ResourceView *view) { return view->feed()->matching() > 0 && view->feed()->model()->row(view->feed()->model()->isGroup(0) ? 1 : 0); }
    static QString textOf(const ResourceView *view, const Row &row, const QString &field)
    {
        const Value *value = rowValue(view->feed()->type(), row, field);
        const auto *text = value ? std::get_if<QString>(value) : nullptr;
        return text ? *text : QString();
    }
    // The first row in the window of which this holds; -1 = none.
    template <class Test> static int rowWhere(const ResourceView *view, Test test)
    {
        for (int row = 0; row < view->feed()->model()->rowCount(); ++row) {
            const Row *held = view->feed()->model()->row(row);
            if (held && test(*held))
                return row;
        }
        return -1;
    }
    static int rowOf(const ResourceView *view, const QString &key)
    {
        return rowWhere(view, [&](const Row &row) { return row.key == key; });
    }
    static QString shown(const ResourceView *view, int row, const QString &field)
    {
        const auto &columns = view->feed()->type().columns;
        for (size_t i = 0; row >= 0 && i < columns.size(); ++i) {
            if (columns[i].field.id == field)
                return view->feed()->model()->cell(row, static_cast<int>(i))->text;
        }
        return {};
    }
    // From the menu that a person gets, by its text. False: it is not there, or cannot be chosen.
    static bool choose(ResourceView *view, const QString &text)
    {
        Q_EMIT view->table()->menuAsked(view->mapToGlobal(QPoint(200, 200)));
        const QList<QMenu *> menus = view->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        QMenu *menu = menus.isEmpty() ? nullptr : menus.last();
        bool done = false;
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
                done = true;
                break;
            }
        }
        delete menu;
        return done;
    }
};

} // namespace kboss
