#include "ui/actionpages.h"

#include "models/formrules.h"
#include "models/viewcheck.h"
#include "ui/pagefactory.h"
#include "ui/resourcefeed.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

struct Editor {
    const char *resource, *action, *page; // page: template over the row, and over the master as "{parent.…}"
};
constexpr Editor editors[] = {
    {"pod-config", "create", "pod-config-editor/{parent.cpcid}/{parent.id}/new"},
    {"pod-config", "update", "pod-config-editor/{cpcid}/{clusterid}/{id}"},
    {"pod-config", "duplicate", "pod-config-copy/{cpcid}/{clusterid}/{id}"},
};

const Editor *editorOf(const ResourceFeed &feed, const Action &action)
{
    for (const Editor &editor : editors) {
        if (feed.type().id == QLatin1String(editor.resource) && action.id == QLatin1String(editor.action))
            return &editor;
    }
    return nullptr;
}

} // namespace

bool hasActionPage(const ResourceFeed &feed, const Action &action)
{
    const Editor *editor = editorOf(feed, action);
    return editor && feed.context().openPage && argumentPageOf(feed.context(), QLatin1String(editor->page));
}

QString actionPage(const ResourceFeed &feed, const Action &action, const Row *row)
{
    if (!hasActionPage(feed, action) || (action.needsRow && !row))
        return {};
    const ParentTexts parent = feed.masterType() ? parentTexts(feed.master(), *feed.masterType()) : ParentTexts();
    const QString page = fillTemplate(QLatin1String(editorOf(feed, action)->page), &feed.type(), row ? *row : Row(), parent);
    return placeholders(page).isEmpty() ? page : QString();
}

} // namespace kboss
