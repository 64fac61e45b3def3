// What a view offers of its own: actions that are neither create, update nor delete, and the ways to related rows.
#include "app/services/serverfeatures.h"
#include "app/services/session.h"
#include "models/formrules.h"
#include "ui/actionpages.h"
#include "ui/datatable.h"
#include "ui/filterbar.h"
#include "ui/inlineedit.h"
#include "ui/prompt.h"
#include "ui/resourceview.h"
#include "ui/rowcollector.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QMenu>
#include <QPointer>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

bool isOther(const Action &action)
{
    return action.id != "create"_L1 && action.id != "update"_L1 && action.id != "delete"_L1;
}

} // namespace

void ResourceView::buildGroups()
{
    if (m_type.groupBy.empty())
        return;
    m_groups = makeButton({}, "quiet", m_filters);
    m_groups->setObjectName(u"groupButton"_s);
    auto *menu = new QMenu(m_groups);
    QStringList fields{QString()};
    for (const GroupSpec &group : m_type.groupBy)
        fields << group.field;
    for (const QString &field : std::as_const(fields)) {
        QAction *choice = menu->addAction(QString(), this, [this, field] { setGroup(field); });
        choice->setCheckable(true);
        choice->setData(field);
    }
    m_groups->setMenu(menu);
    m_filters->addTrailing(m_groups);
    renameGroups();
}

void ResourceView::setGroup(const QString &field)
{
    m_group = field;
    renameGroups();
    applyQuery();
}

RowGrouping ResourceView::grouping() const
{
    for (const GroupSpec &group : m_type.groupBy) {
        if (group.field == m_group && !m_asCards)
            return {group.field, group.title, parseFilter(m_type.troubledWhen).value_or(nullptr)};
    }
    return {};
}

void ResourceView::renameGroups()
{
    if (!m_groups)
        return;
    for (QAction *choice : m_groups->menu()->actions()) {
        const QString field = choice->data().toString();
        const ColumnSpec *column = m_type.column(field);
        choice->setText(column ? column->label.text() : tr("Not grouped"));
        choice->setChecked(field == m_group);
        if (field == m_group)
            m_groups->setText(tr("Group: %1").arg(choice->text()));
    }
}

int ResourceView::inlineColumn() const
{
    for (size_t i = 0; i < m_type.columns.size(); ++i) {
        if (!m_type.columns[i].inlineAction.isEmpty() && !m_table->isColumnHidden(static_cast<int>(i)))
            return static_cast<int>(i);
    }
    return -1;
}

bool ResourceView::editInCell(int column)
{
    const Row *row = currentRow();
    const Action *action = row ? m_inline->actionFor(column, *row) : nullptr;
    if (!action)
        return false;
    m_table->scrollTo(m_table->rows()->index(m_table->currentRow(), column));
    m_inline->open(*action, column, *row);
    return true;
}

void ResourceView::offerOthers()
{
    for (const ColumnSpec &column : m_type.columns) {
        if (!column.inlineAction.isEmpty() && !m_named.contains(u"inline"_s))
            offer(u"inline"_s, {}, {}, [this] { editInCell(inlineColumn()); });
    }
    for (const Action &action : m_type.actions) {
        if (isOther(action))
            offer(u"act-"_s + action.id, {}, {}, [this, &action] { runOther(action); });
    }
    for (const Jump &way : m_type.jumps)
        offer(u"jump-"_s + way.id, {}, {}, [this, &way] { jump(way); });
}

void ResourceView::renameOthers()
{
    renameGroups();
    if (QAction *named = m_named.value(u"inline"_s)) {
        for (const ColumnSpec &column : m_type.columns) {
            if (column.inlineAction.isEmpty())
                continue;
            named->setText(tr("Change “%1” in its cell").arg(column.label.text()));
            break;
        }
    }
    for (const Action &action : m_type.actions) {
        if (QAction *named = m_named.value(u"act-"_s + action.id))
            named->setText(action.label.text());
    }
    for (const Jump &way : m_type.jumps)
        m_named.value(u"jump-"_s + way.id)->setText(tr("Go to: %1").arg(way.label.text()));
}

QString ResourceView::whyNot(const Action &action) const
{
    if (!m_writer->masterAllows(action))
        return action.masterNot.text();
    if (!m_context.session || !m_context.session->features()->isMissing(action.operation))
        return {};
    return m_context.session->features()->standing(action.operation) == Standing::Draft
        ? tr("The server does not know this yet: its description calls it unfinished")
        : tr("The server does not know this: it is an addition of the standalone service");
}

QString ResourceView::standingText(const Action &action) const
{
    const ServerFeatures *features = m_context.session ? m_context.session->features() : nullptr;
    if (!features || features->support(action.operation) != Support::Doubtful)
        return {};
    return features->standing(action.operation) == Standing::Draft ? tr("Draft: this server may not know it yet")
                                                                   : tr("An addition of the standalone service: this server may not know it");
}

// "New cluster  ·  draft", and the whole sentence on hover; of what is missing, why.
void ResourceView::markStanding(QAction *named, const Action &action, const QString &reason)
{
    const QString doubt = standingText(action);
    const bool draft = !doubt.isEmpty() && m_context.session->features()->standing(action.operation) == Standing::Draft;
    named->setText(doubt.isEmpty() ? action.label.text() : action.label.text() + u"  ·  "_s + (draft ? tr("draft") : tr("addition")));
    QStringList lines{action.label.text()};
    for (const QString &line : {doubt, reason}) {
        if (!line.isEmpty())
            lines << line;
    }
    named->setToolTip(lines.join(u'\n'));
}

void ResourceView::updateOthers(const QString &whyNoWrites)
{
    const Row *row = currentRow();
    if (QAction *named = m_named.value(u"inline"_s)) {
        named->setEnabled(whyNoWrites.isEmpty() && row && m_inline->actionFor(inlineColumn(), *row));
        named->setToolTip(whyNoWrites.isEmpty() ? named->text() + u'\n' + tr("F2, Enter or a double click on the cell")
                                                : named->text() + u'\n' + whyNoWrites);
    }
    for (const Action &action : m_type.actions) {
        QAction *named = m_named.value(u"act-"_s + action.id);
        if (!named)
            continue;
        const QString reason = whyNoWrites.isEmpty() ? whyNot(action) : whyNoWrites;
        const bool ground = action.needsRow ? row && m_writer->allows(action, row) : !m_feed->wantsMaster();
        named->setEnabled(ground && reason.isEmpty());
        markStanding(named, action, reason);
    }
    for (const Jump &way : m_type.jumps) {
        const QString key = row ? fillTemplate(way.key, &m_type, *row, {}) : QString();
        m_named.value(u"jump-"_s + way.id)->setEnabled(row && m_context.openRow && (way.key.isEmpty() || !key.isEmpty()));
    }
}

void ResourceView::runOther(const Action &action)
{
    if (const QString page = actionPage(*m_feed, action, currentRow()); !page.isEmpty()) {
        m_context.openPage(page);
        return;
    }
    if (!action.form.isEmpty()) {
        Q_EMIT actionAsked(action.id);
        return;
    }
    const Row row = currentRow() ? *currentRow() : Row();
    if (action.needsRow && row.key.isEmpty())
        return;
    const auto send = [self = QPointer(this), &action, row] {
        if (!self)
            return;
        const auto plan = self->m_writer->plan(action, row, {});
        if (plan)
            self->m_writer->save(*plan, {});
        else
            self->m_context.showError(plan.error(), action.label.text(), {});
    };
    if (action.danger == Danger::None) {
        send();
        return;
    }
    Question question;
    question.title = action.label.text() + u' ' + rowName(m_type, row);
    question.text = tr("This is sent to the service at once.");
    if (const QString doubt = standingText(action); !doubt.isEmpty())
        question.text += u'\n' + doubt;
    question.acceptText = action.label.text();
    question.dangerous = true;
    m_context.prompt->ask(this, question, [send](const Answer &answer) {
        if (answer.accepted)
            send();
    });
}

void ResourceView::jump(const Jump &way)
{
    const Row *row = currentRow();
    if (!row)
        return;
    const ParentTexts parent = m_feed->masterType() ? parentTexts(m_feed->master(), *m_feed->masterType()) : ParentTexts();
    if (!way.page.isEmpty()) {
        m_context.openPage(fillTemplate(way.page, &m_type, *row, parent));
        return;
    }
    QStringList masters;
    for (const QString &master : way.masters)
        masters << fillTemplate(master, &m_type, *row, parent);
    m_context.openRow(way.resource, masters, fillTemplate(way.key, &m_type, *row, parent), fillTemplate(way.filter, &m_type, *row, parent, true));
}

} // namespace kboss
