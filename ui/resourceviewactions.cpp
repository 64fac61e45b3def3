// The actions of a ResourceView: what its menu, its shortcuts and the command palette offer.
#include "ui/actionpages.h"
#include "ui/columnchooser.h"
#include "ui/exportflow.h"
#include "ui/filterbar.h"
#include "ui/pageaction.h"
#include "ui/resourceview.h"
#include "ui/rowcollector.h"
#include "ui/savedviews.h"
#include "ui/segments.h"
#include "ui/tablelayout.h"
#include "ui/totalstable.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 mostCopied = 20'000;
constexpr qint64 mostRemoved = 500;
} // namespace

void ResourceView::offer(const QString &id, const QString &icon, const QKeySequence &keys, std::function<void()> run)
{
    QAction *action = addPageAction(this, m_context.theme, m_type.id + u'.' + id, icon, keys, std::move(run));
    m_actions << action;
    m_named.insert(id, action);
}

void ResourceView::buildActions()
{
    offer(u"refresh"_s, u"refresh"_s, QKeySequence(Qt::Key_F5), [this] { m_feed->refresh(); });
    if (m_type.isLive()) {
        offer(u"pause"_s, u"pause"_s, QKeySequence(Qt::SHIFT | Qt::Key_F5), [this] { m_feed->setPaused(m_named.value(u"pause"_s)->isChecked()); });
        m_named.value(u"pause"_s)->setCheckable(true);
    }
    offer(u"search"_s, u"search"_s, QKeySequence::Find, [this] { m_filters->searchField()->setFocus(Qt::ShortcutFocusReason); });
    offer(u"add-condition"_s, u"filter"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [this] { m_filters->openBuilder(); });
    offer(u"filter-text"_s, {}, {}, [this] { m_filters->openText(); });
    offer(u"clear-filters"_s, {}, {}, [this] { m_filters->clear(); });
    offer(u"columns"_s, u"columns"_s, {}, [this] { openColumns(); });
    offer(u"details"_s, u"info"_s, QKeySequence(Qt::CTRL | Qt::Key_I), [this] { Q_EMIT detailsAsked(); });
    const auto openOr = [this](const char *action, auto otherwise) {
        const QString page = actionPage(*m_feed, *m_type.action(QLatin1String(action)), currentRow());
        page.isEmpty() ? otherwise() : m_context.openPage(page);
    };
    if (m_type.action(u"update"_s))
        offer(u"edit"_s, u"edit"_s, QKeySequence(Qt::CTRL | Qt::Key_E), [this, openOr] { openOr("update", [this] { Q_EMIT editAsked(); }); });
    if (m_type.action(u"create"_s))
        offer(u"create"_s, u"plus"_s, QKeySequence::New, [this, openOr] { openOr("create", [this] { Q_EMIT createAsked(); }); });
    if (m_type.action(u"delete"_s))
        offer(u"delete"_s, u"trash"_s, {}, [this] { askRemove(); });
    if (const Action *update = m_type.action(u"update"_s); update && update->bulk)
        offer(u"bulk"_s, u"list"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), [this] { Q_EMIT bulkAsked(); });
    offerOthers();
    offer(u"copy"_s, u"copy"_s, {}, [this] { copyRows(false); });
    offer(u"copy-json"_s, {}, {}, [this] { copyRows(true); });
    offer(u"export-csv"_s, u"download"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
          [this] { askExport(m_feed, m_table->visibleFields(), ExportFormat::Csv, this); });
    offer(u"export-xlsx"_s, {}, {}, [this] { askExport(m_feed, m_table->visibleFields(), ExportFormat::Xlsx, this); });
}

QAction *ResourceView::namedAction(const QString &id) const
{
    return m_named.value(id);
}

void ResourceView::retranslate()
{
    const auto name = [this](const char *id, const QString &text) {
        if (QAction *action = m_named.value(QLatin1String(id))) {
            action->setText(text);
            action->setToolTip(text);
        }
    };
    m_views->retranslate();
    name("refresh", tr("Refresh %1").arg(m_type.title.text()));
    name("search", tr("Search these rows"));
    name("add-condition", tr("Add condition"));
    name("filter-text", tr("Filter as text"));
    name("clear-filters", tr("Clear filters"));
    name("columns", tr("Columns"));
    name("details", tr("Show details"));
    name("bulk", tr("Change selected rows"));
    name("copy", tr("Copy rows as table"));
    name("copy-json", tr("Copy rows as JSON"));
    name("export-csv", tr("Export %1 as CSV").arg(m_type.title.text()));
    name("export-xlsx", tr("Export %1 as XLSX").arg(m_type.title.text()));
    for (const char *id : {"create", "delete"}) {
        if (const Action *action = m_type.action(QLatin1String(id)))
            name(id, action->label.text());
    }
    if (const Action *update = m_type.action(u"update"_s))
        name("edit", update->label.text());
    renameOthers();
    m_title->setText(m_type.title.text());
    m_table->setAccessibleName(m_type.title.text());
    if (m_looks)
        m_looks->setChoices({u"cards"_s, u"table"_s}, {tr("Cards"), tr("Table")});
    if (m_primary)
        m_primary->setText(m_named.value(u"create"_s)->text());
    m_filters->retranslate();
    m_feed->model()->retranslate();
    m_table->viewport()->update();
    m_table->head()->viewport()->update();
    m_totals->update();
    updateAll();
}

void ResourceView::namePause()
{
    QAction *pause = m_named.value(u"pause"_s);
    if (!pause)
        return;
    const bool paused = m_feed->isPaused();
    pause->setChecked(paused);
    pause->setText((paused ? tr("Go on reading %1") : tr("Pause %1")).arg(m_type.title.text()));
    pause->setToolTip(paused ? tr("Paused: the rows stay as they are. Click to go on.")
                             : tr("Read again every %1 s. Click to hold the rows.").arg(m_type.periodSeconds));
}

void ResourceView::updateActions()
{
    const QString why = m_feed->wantsMaster() ? QString() : m_feed->whyNoWrites();
    const Row *row = currentRow();
    const bool some = m_table->selectedCount() > 0;
    const auto set = [&](const char *id, const char *actionId, bool wanted) {
        QAction *action = m_named.value(QLatin1String(id));
        const Action *known = m_type.action(QLatin1String(actionId));
        if (!action || !known)
            return;
        const QString reason = why.isEmpty() ? whyNot(*known) : why;
        action->setEnabled(wanted && reason.isEmpty());
        if (QLatin1String(id) == "bulk"_L1)
            action->setToolTip(reason.isEmpty() ? action->text() : action->text() + u'\n' + reason);
        else
            markStanding(action, *known, reason);
    };
    const Action *update = m_type.action(u"update"_s);
    set("edit", "update", row && update && m_writer->allows(*update, row));
    set("create", "create", !m_feed->wantsMaster());
    set("delete", "delete", some);
    set("bulk", "update", some);
    updateOthers(why);
    if (m_primary) {
        m_primary->setText(m_named.value(u"create"_s)->text());
        m_primary->setEnabled(m_named.value(u"create"_s)->isEnabled());
        m_primary->setToolTip(m_named.value(u"create"_s)->toolTip());
    }
    for (const char *id : {"copy", "copy-json", "details"})
        m_named.value(QLatin1String(id))->setEnabled(some);
    m_why->setText(m_type.actions.empty() ? QString() : why);
    m_why->setVisible(!m_why->text().isEmpty());
}

void ResourceView::copyRows(bool json)
{
    const RowViewPtr view = m_feed->model()->view();
    const qint64 chosen = m_table->selectedCount();
    if (!view || chosen == 0)
        return;
    collectRows(view, m_table->selectedRanges(), mostCopied, this, [this, json, chosen](const Result<std::vector<Row>> &rows) {
        if (!rows) {
            m_context.showError(rows.error(), tr("Copy rows"), {});
            return;
        }
        const QStringList fields = m_table->visibleFields();
        QApplication::clipboard()->setText(json ? rowsAsJson(*rows, fields, m_type, m_feed->zone())
                                                : rowsAsTsv(*rows, fields, m_type, m_feed->zone()));
        m_context.showNotice(chosen > mostCopied ? tr("The first %1 of %2 selected rows were copied; export takes all").arg(rows->size()).arg(chosen)
                                 : rows->size() == 1 ? tr("1 row copied")
                                                     : tr("%1 rows copied").arg(rows->size()),
                             {}, {});
    });
}

void ResourceView::askRemove()
{
    QAction *action = m_named.value(u"delete"_s);
    const RowViewPtr view = m_feed->model()->view();
    if (!action || !action->isEnabled() || !view)
        return;
    if (m_table->selectedCount() > mostRemoved) {
        m_context.showNotice(tr("At most %1 rows are removed at once; select fewer").arg(mostRemoved), {}, {});
        return;
    }
    collectRows(view, m_table->selectedRanges(), mostRemoved, this, [this](const Result<std::vector<Row>> &rows) {
        if (rows)
            m_writer->askRemove(*rows);
        else
            m_context.showError(rows.error(), tr("Read the selected rows"), {});
    });
}

void ResourceView::showMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](std::initializer_list<const char *> ids) {
        for (const char *id : ids) {
            if (QAction *action = m_named.value(QLatin1String(id)))
                menu->addAction(action);
        }
        menu->addSeparator();
    };
    add({"details", "edit", "inline", "bulk"});
    for (const char *prefix : {"act-", "jump-"}) {
        for (QAction *action : std::as_const(m_actions)) {
            if (action->objectName().startsWith(m_type.id + u'.' + QLatin1String(prefix)))
                menu->addAction(action);
        }
        menu->addSeparator();
    }
    add({"copy", "copy-json"});
    add({"export-csv", "export-xlsx"});
    add({"delete"});
    menu->popup(at);
}

void ResourceView::openColumns()
{
    const QWidget *anchor = m_titleLine->findChild<QWidget *>(u"button-columns"_s);
    const QPoint at = anchor ? anchor->mapTo(this, QPoint(anchor->width(), anchor->height() + 4)) : QPoint(width(), 0);
    m_columns->open(m_layout->order(), m_table->visibleFields(), at);
}

} // namespace kboss
