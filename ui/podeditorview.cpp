// What a PodEditorPage says: its title, the state of its lists, what was reckoned.
#include "models/rowcells.h"
#include "ui/changelist.h"
#include "ui/editpane.h"
#include "ui/errortext.h"
#include "ui/freshnesstext.h"
#include "ui/podcheck.h"
#include "ui/podeditorpage.h"
#include "ui/podoutcome.h"
#include "ui/resourcefeed.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"
#include "ui/stateoverlay.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QPushButton>
#include <QTimer>
#include <utility>

namespace kboss {

using namespace Qt::StringLiterals;

QString PodEditorPage::whyUnknown() const
{
    for (const RowsFeed *feed : {m_nodes, m_parts}) {
        if (feed->isRead())
            continue;
        const QString title = feed->type().title.text();
        if (feed->isOffline())
            return tr("“%1” was never read, and the service cannot be reached: nobody knows what is free.").arg(title);
        const Error error = feed->error();
        return error.kind == ErrorKind::Cancelled ? tr("Reading “%1”…").arg(title)
                                                  : tr("“%1” could not be read: %2").arg(title, errorText(error, title).reason);
    }
    return {};
}

void PodEditorPage::onAnswer()
{
    if (!m_pane->isOpen())
        return;
    const QStringList faults = faultNames();
    m_outcome->setAnswer(*m_runner, faults, whyUnknown());
    m_outcome->setChanges(isChange(), m_pane->changes()->entries(), m_yamlBefore);
    QStringList notes;
    if (!isChange())
        notes << tr("The service gives the ID and knows the customer: “new” and “customer” stand in their places.");
    if (!faults.isEmpty() && !m_outcome->yaml().isEmpty())
        notes << tr("As it was when everything was complete.");
    m_outcome->setYamlNote(notes.join(u' '));
}

void PodEditorPage::leave(const QString &key)
{
    if (std::exchange(m_left, true))
        return;
    // Not from within a signal of its own: the page goes with it.
    QTimer::singleShot(0, m_context.session, [context = m_context, address = m_address, id = pageId(), key] {
        if (context.openRow)
            context.openRow(u"pod-config"_s, {address.center, address.cluster}, key, {});
        if (context.closePage)
            context.closePage(id);
    });
}

QString PodEditorPage::pageId() const
{
    return PageAddress{m_address.copy ? u"pod-config-copy"_s : u"pod-config-editor"_s, {m_address.center, m_address.cluster, m_address.config}}.id();
}

QString PodEditorPage::title() const
{
    if (!isChange())
        return m_configs->type().action(u"create"_s)->label.text();
    const QString name = row() ? rowName(m_configs->type(), *row()) : m_name;
    return name.isEmpty() ? m_configs->type().titleOne.text() : name;
}

Page::State PodEditorPage::state() const
{
    if (m_pane->isOpen())
        return State::Ready;
    for (const RowsFeed *feed : {m_clusters, m_configs}) {
        if (feed->error().kind != ErrorKind::Cancelled)
            return feed->isOffline() ? State::Offline : State::Failed;
        if (!feed->isRead())
            return feed->isOffline() ? State::Offline : State::Loading;
    }
    return State::Empty;
}

Freshness PodEditorPage::freshness() const
{
    return m_nodes->freshness();
}

bool PodEditorPage::hasUnsaved() const
{
    return m_pane->hasUnsaved();
}

QAction *PodEditorPage::namedAction(const QString &id) const
{
    return m_named.value(id);
}

void PodEditorPage::setShown(bool shown)
{
    shown ? m_age->start() : m_age->stop();
    for (RowsFeed *feed : {m_clusters, m_configs, m_parts, m_nodes, m_pods})
        feed->setShown(shown);
    m_feed->setVisible(shown);
    if (shown)
        updateHead();
}

void PodEditorPage::updateOverlay()
{
    const QString kind = m_configs->type().titleOne.text();
    switch (state()) {
    case State::Ready:
        m_overlay->clear();
        break;
    case State::Loading:
        m_overlay->say(tr("Reading %1").arg(kind), {});
        break;
    case State::Offline:
        m_overlay->say(tr("Offline, and this was never read"), tr("It appears by itself once the service answers."));
        break;
    case State::Empty:
        m_overlay->say(cluster() ? tr("This configuration is gone") : tr("This cluster is gone"), tr("It was removed, maybe by somebody else."));
        break;
    default:
        m_overlay->say(tr("%1 could not be read").arg(kind), errorText(m_configs->error(), kind).reason, tr("Try again"),
                       [this] { m_named[u"refresh"_s]->trigger(); });
        break;
    }
    // With the form there it is ready once what is free is known, or it is known why not.
    const auto settled = [](const RowsFeed *feed) { return feed->isRead() || feed->isOffline() || feed->error().kind != ErrorKind::Cancelled; };
    if (!m_told && state() != State::Loading && (state() != State::Ready || (settled(m_nodes) && settled(m_parts)))) {
        m_told = true;
        QTimer::singleShot(0, this, &Page::ready);
    }
}

void PodEditorPage::updateHead()
{
    // What was there and is not any more: deleted here, or by somebody else.
    if (isChange() && m_pane->isOpen() && m_configs->isRead() && !row() && !m_pane->hasUnsaved()) {
        leave({});
        return;
    }
    if (const Row *known = row())
        m_name = rowName(m_configs->type(), *known);
    m_title->setText(title());
    const Row *home = cluster();
    m_meta->setText(home ? tr("Cluster %1").arg(rowName(m_clusters->type(), *home)) : QString());
    const QString stage = isChange() && row() ? RowCells(m_configs->type(), *row()).text("state") : QString();
    m_state->setChip(Tone::None, {});
    if (const ColumnSpec *column = m_configs->type().column(u"state"_s)) {
        for (const EnumLabel &value : column->values) {
            if (value.value == stage)
                m_state->setChip(value.tone, value.label.text());
        }
    }
    const FreshnessText age = freshnessText(m_nodes->freshness(), m_context.clock->nowMs(), m_nodes->isOffline());
    m_outcome->setAge(age.tone, tr("Stock and nodes: %1").arg(age.text));
    const Action *remove = m_configs->type().action(u"delete"_s);
    m_named[u"delete"_s]->setEnabled(isChange() && row() && remove && m_writer->allows(*remove, row()));
    m_named[u"duplicate"_s]->setEnabled(isChange() && row());
    m_delete->setVisible(isChange());
    m_duplicate->setVisible(isChange());
    Q_EMIT titleChanged();
    Q_EMIT statusChanged();
}

void PodEditorPage::retranslate()
{
    m_named[u"save"_s]->setText(tr("Save configuration"));
    m_named[u"refresh"_s]->setText(tr("Read stock and nodes again"));
    m_named[u"duplicate"_s]->setText(tr("Duplicate"));
    m_named[u"delete"_s]->setText(m_configs->type().action(u"delete"_s)->label.text());
    m_duplicate->setText(m_named[u"duplicate"_s]->text());
    m_delete->setText(m_named[u"delete"_s]->text());
    m_outcome->retranslate();
    if (m_pane->isOpen()) { // the form again, with what was typed
        const FormInput typed = m_pane->form()->input();
        const QStringList changed = m_pane->form()->changedFields();
        const Row like = m_pane->row();
        m_pane->open(*m_configs->type().action(m_pane->actionId()), like, beginning());
        for (const QString &field : changed)
            m_pane->form()->type(field, typed.value(field));
        m_pane->form()->setChoices(u"source_nodeselector"_s, nodeLabelChoices(m_rooms));
        onForm();
        onAnswer();
    }
    updateOverlay();
    updateHead();
}

bool PodEditorPage::showForTour(const QString &variant)
{
    if (!m_pane->isOpen())
        return false;
    m_pane->discard();
    m_outcome->showTab(0);
    if (variant.isEmpty())
        return true;
    m_pane->form()->type(u"source_memrate"_s, variant == "trouble"_L1 ? u"9000Gi"_s : u"6Gi"_s);
    if (variant == "changed"_L1) {
        m_pane->form()->type(u"source_authpasswd"_s, u"tour"_s);
        m_outcome->showTab(1);
    }
    return variant == "changed"_L1 || variant == "trouble"_L1;
}

} // namespace kboss
