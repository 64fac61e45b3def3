#include "ui/pagefactory.h"

#include "models/cardspec.h"
#include "ui/activitypage.h"
#include "ui/centerspage.h"
#include "ui/clusterspage.h"
#include "ui/installlist.h"
#include "ui/journalpage.h"
#include "ui/language.h"
#include "ui/profilespage.h"
#include "ui/quotelistpage.h"
#include "ui/requestlogpage.h"
#include "ui/resourcepage.h"
#include "ui/scopedpage.h"
#include "ui/startpage.h"

#include <QCoreApplication>
#include <algorithm>

namespace kboss {

namespace {

const char *const groupOrder[] = {"overview", "compute", "sales", "accounts", "warehouse", "cloud", "system"};

struct OwnPage {
    const char *id, *group, *title;
    bool needsSession;
};
const OwnPage ownPages[] = {
    {"start", "overview", QT_TRANSLATE_NOOP("kboss::Pages", "Start"), false},
    {"installs", "compute", QT_TRANSLATE_NOOP("kboss::Pages", "Install cluster"), true},
    {"quotes", "sales", QT_TRANSLATE_NOOP("kboss::Pages", "Quotes"), true},
    {"activity", "system", QT_TRANSLATE_NOOP("kboss::Pages", "Activity"), false},
    {"journal", "system", QT_TRANSLATE_NOOP("kboss::Pages", "Journal"), true},
    {"request-log", "system", QT_TRANSLATE_NOOP("kboss::Pages", "Request log"), true},
    {"profiles", "system", QT_TRANSLATE_NOOP("kboss::Pages", "Connections"), false},
};

qsizetype groupRank(const QString &group)
{
    const auto *const found = std::find_if(std::begin(groupOrder), std::end(groupOrder), [&](const char *g) { return group == QLatin1String(g); });
    return found - std::begin(groupOrder);
}

QStringList resourceVariants(const ResourceType &type)
{
    QStringList variants{QStringLiteral("details"), QStringLiteral("edit"), QStringLiteral("filter"), QStringLiteral("bulk")};
    if (std::any_of(type.columns.begin(), type.columns.end(), [](const ColumnSpec &column) { return !column.inlineAction.isEmpty(); }))
        variants << QStringLiteral("inline");
    for (const Action &action : type.actions) {
        if (std::any_of(action.inputs.begin(), action.inputs.end(), [](const InputSpec &input) { return input.parts.has_value(); }))
            variants << QStringLiteral("act-") + action.id;
    }
    if (!type.detail.isEmpty())
        variants << QStringLiteral("node-edit");
    if (type.page == PageKind::Scoped)
        variants << QStringLiteral("choose") << QStringLiteral("no-scope");
    if (!cardSpecOf(type).isEmpty())
        variants << QStringLiteral("table");
    return variants;
}

} // namespace

QString groupTitle(const QString &group)
{
    static const std::pair<const char *, const char *> titles[] = {
        {"overview", QT_TRANSLATE_NOOP("kboss::Pages", "Overview")},   {"compute", QT_TRANSLATE_NOOP("kboss::Pages", "Compute")},
        {"sales", QT_TRANSLATE_NOOP("kboss::Pages", "Sales")},         {"accounts", QT_TRANSLATE_NOOP("kboss::Pages", "Accounts")},
        {"warehouse", QT_TRANSLATE_NOOP("kboss::Pages", "Warehouse")}, {"cloud", QT_TRANSLATE_NOOP("kboss::Pages", "Cloud providers")},
        {"system", QT_TRANSLATE_NOOP("kboss::Pages", "System")},
    };
    for (const auto &[id, title] : titles) {
        if (group == QLatin1String(id))
            return QCoreApplication::translate("kboss::Pages", title);
    }
    return group;
}

QString ownPageTitle(const QString &pageId)
{
    for (const OwnPage &page : ownPages) {
        if (pageId == QLatin1String(page.id))
            return QCoreApplication::translate("kboss::Pages", page.title);
    }
    return pageId;
}

QList<PageEntry> availablePages(const AppContext &context)
{
    QList<std::pair<qsizetype, PageEntry>> ranked;
    for (const OwnPage &page : ownPages) {
        if (page.needsSession && !context.session)
            continue;
        const QString id = QString::fromLatin1(page.id), group = QString::fromLatin1(page.group);
        const QString icon = id == QLatin1String("start") ? QStringLiteral("home")
            : id == QLatin1String("quotes")               ? QStringLiteral("sales")
            : id == QLatin1String("installs")             ? QStringLiteral("server")
                                                          : id;
        const QString other = context.language ? context.language->other("kboss::Pages", page.title) : QString();
        ranked << std::pair(groupRank(group) * 1000 + 500, PageEntry{id, ownPageTitle(id), other, group, icon, false});
    }
    if (context.session && context.resources) {
        for (const auto &type : context.resources->all()) {
            if (!type->hasPage())
                continue;
            const QString other = currentLanguage() == QLatin1String("en") ? type->title.zh : type->title.en;
            ranked << std::pair(groupRank(type->group) * 1000 + type->order,
                                PageEntry{type->id, type->title.text(), other, type->group, type->icon, true, resourceVariants(*type)});
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<PageEntry> entries;
    for (auto &[rank, entry] : ranked)
        entries << std::move(entry);
    return entries;
}

const ArgumentPage *argumentPageOf(const AppContext &context, const QString &pageId)
{
    const PageAddress address = PageAddress::parse(pageId);
    const auto &all = context.argumentPages;
    const auto found = std::find_if(all.begin(), all.end(), [&](const ArgumentPage &page) { return page.prefix == address.prefix; });
    const bool fits =
        found != all.end() && !address.arguments.isEmpty() && found->arguments == address.arguments.size() && !address.arguments.contains(QString());
    return fits ? &*found : nullptr;
}

QString navigationEntryOf(const AppContext &context, const QString &pageId)
{
    const ArgumentPage *kind = argumentPageOf(context, pageId);
    return kind ? kind->navigation : pageId;
}

Page *createPage(const QString &pageId, const AppContext &context, QWidget *parent)
{
    if (pageId == QLatin1String("start"))
        return new StartPage(context, parent);
    if (pageId == QLatin1String("profiles"))
        return new ProfilesPage(context, parent);
    if (pageId == QLatin1String("activity"))
        return new ActivityPage(context, parent);
    if (!context.session)
        return nullptr;
    if (pageId == QLatin1String("journal"))
        return new JournalPage(context, parent);
    if (pageId == QLatin1String("quotes"))
        return new QuoteListPage(context, parent);
    if (pageId == QLatin1String("installs"))
        return new InstallListPage(context, parent);
    if (pageId == QLatin1String("request-log"))
        return new RequestLogPage(context, parent);
    if (const ArgumentPage *kind = argumentPageOf(context, pageId))
        return kind->make ? kind->make(context, PageAddress::parse(pageId).arguments, parent) : nullptr;
    const ResourceType *type = context.resources ? context.resources->find(pageId) : nullptr;
    if (!type || !type->hasPage())
        return nullptr;
    if (type->id == QLatin1String("compute-cluster"))
        return new ClustersPage(*type, context, parent);
    if (type->page == PageKind::Scoped)
        return new ScopedPage(*type, context, parent);
    if (const ResourceType *detail = context.resources->find(type->detail))
        return new CentersPage(*type, *detail, context, parent);
    return new ResourcePage(*type, context, parent);
}

} // namespace kboss
