#include "ui/rowhistory.h"

#include "ui/rowcollector.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "app/base/watchresult.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostVersions = 50;
constexpr int mostFields = 8;

QString jsonText(const nlohmann::json &value)
{
    if (value.is_null())
        return {};
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    return QString::fromStdString(value.dump());
}

} // namespace

RowHistory::RowHistory(WriteController *writer, QWidget *parent) : QScrollArea(parent), m_writer(writer), m_feed(writer->feed())
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("History"));
}

void RowHistory::setRow(const Row &row)
{
    m_row = row;
    const int asked = ++m_asked;
    if (row.key.isEmpty()) {
        rebuild({});
        return;
    }
    watchResult(m_feed->context().session->store()->rowHistory(m_feed->spec().id, row.key, mostVersions), this,
                [this, asked](const Result<std::vector<RowChange>> &changes) {
                    if (asked == m_asked)
                        rebuild(changes ? *changes : std::vector<RowChange>{});
                });
}

void RowHistory::rebuild(const std::vector<RowChange> &changes)
{
    auto *page = new QWidget;
    page->setProperty("ground", u"panel"_s);
    page->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(6);
    column->addWidget(makeLabel(tr("Done from here"), "heading", page));
    const Result<QList<JournalEntry>> entries = m_row.key.isEmpty() ? Result<QList<JournalEntry>>(QList<JournalEntry>{})
                                                                    : m_feed->context().session->journal()->read(m_feed->type().id, m_row.key, 50);
    int shown = 0;
    bool newest = true;
    if (entries) {
        for (const JournalEntry &entry : *entries) {
            if (entry.outcome == "intent"_L1)
                continue; // its outcome line says it all
            column->addWidget(makeJournal(entry, newest));
            newest = newest && entry.outcome != "ok"_L1;
            ++shown;
        }
    }
    if (shown == 0)
        column->addWidget(makeLabel(entries ? tr("Nothing was changed from this console yet.") : entries.error().detail, "hint", page));
    column->addSpacing(6);
    column->addWidget(makeLine(page));
    column->addSpacing(6);
    column->addWidget(makeLabel(tr("Seen on the service"), "heading", page));
    for (const RowChange &change : changes)
        column->addWidget(makeChange(change));
    if (changes.empty())
        column->addWidget(makeLabel(tr("No other version of this row was seen since it was first read."), "hint", page));
    column->addStretch(1);
    for (QLabel *label : page->findChildren<QLabel *>())
        label->setWordWrap(true);
    setWidget(page);
    m_entries = shown + static_cast<int>(changes.size());
    Q_EMIT counted(m_entries);
}

QWidget *RowHistory::makeChange(const RowChange &change)
{
    auto *box = new QWidget;
    auto *lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 2, 0, 4);
    lines->setSpacing(2);
    const QString when = change.atMs > 0 ? formatFullTime(change.atMs, m_feed->zone()) : QString();
    const QString what = change.kind == RowChange::Kind::Added ? tr("first seen")
        : change.kind == RowChange::Kind::Removed              ? tr("gone")
                                                               : tr("changed");
    lines->addWidget(makeLabel(when + u"  "_s + what, "label", box));
    if (change.kind != RowChange::Kind::Changed || !change.before || !change.after)
        return box;
    const RowFormatter formatter(m_feed->type());
    const FormatContext context{m_feed->zone(), m_feed->context().clock->nowMs()};
    const auto before = formatter.format(*change.before, context), after = formatter.format(*change.after, context);
    int shown = 0;
    for (size_t i = 0; i < m_feed->type().columns.size() && i < before.size() && i < after.size(); ++i) {
        if (change.before->cells[i] == change.after->cells[i] || m_feed->type().columns[i].field.type == FieldType::Secret)
            continue;
        if (++shown > mostFields)
            break;
        const bool time = m_feed->type().columns[i].format == ColumnFormat::RelativeTime;
        lines->addWidget(
            makeLabel(tr("%1: %2 → %3")
                          .arg(m_feed->type().columns[i].label.text(), time ? before[i].full : before[i].text, time ? after[i].full : after[i].text),
                      "value", box));
    }
    return box;
}

QString RowHistory::fieldLine(const QString &field, const nlohmann::json &before, const nlohmann::json &after) const
{
    const ColumnSpec *column = m_feed->type().column(field);
    const auto words = [&](const nlohmann::json &value) {
        QString text = jsonText(value);
        if (value.is_boolean())
            text = value.get<bool>() ? tr("yes") : tr("no");
        if (column) {
            for (const EnumLabel &label : column->values) {
                if (label.value == text)
                    text = label.label.text();
            }
        }
        return text.isEmpty() ? tr("not set") : text;
    };
    return tr("%1: %2 → %3").arg(column ? column->label.text() : field, words(before), words(after));
}

QWidget *RowHistory::makeJournal(const JournalEntry &entry, bool newest)
{
    auto *box = new QWidget;
    auto *lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 2, 0, 4);
    lines->setSpacing(2);
    auto *head = new QHBoxLayout;
    const bool undone = entry.action.endsWith(u".undo"_s);
    const Action *action = m_writer->action(entry.action.section(u'.', 1, 1));
    const QString verb = (action ? action->label.text() : entry.action.section(u'.', 1, 1)) + (undone ? u" · "_s + tr("undone") : QString());
    head->addWidget(makeLabel(formatFullTime(entry.atMs, m_feed->zone()) + u"  "_s + entry.who + u"  "_s + verb, "label", box), 1);
    if (entry.outcome == "ok"_L1 && newest && !entry.inverse.is_null()) {
        auto *undo = makeButton(tr("Undo"), "link", box);
        undo->setObjectName(u"undoEntry"_s);
        undo->setEnabled(m_feed->whyNoWrites().isEmpty());
        undo->setToolTip(m_feed->whyNoWrites());
        connect(undo, &QPushButton::clicked, this, [this, entry] { m_writer->undo(entry, m_row); });
        head->addWidget(undo, 0, Qt::AlignTop);
    }
    lines->addLayout(head);
    if (entry.outcome != "ok"_L1)
        lines->addWidget(makeLabel(entry.outcome == "unknown"_L1 ? tr("Its answer was lost; look at the row to see whether it was done.")
                                                                 : tr("Not done: %1").arg(entry.detail),
                                   "fault", box));
    if (entry.after.is_object()) {
        for (const auto &[field, value] : entry.after.items()) {
            const nlohmann::json before = entry.before.is_object() && entry.before.contains(field) ? entry.before.at(field) : nlohmann::json();
            lines->addWidget(makeLabel(fieldLine(QString::fromStdString(field), before, value), "value", box));
        }
    }
    return box;
}

} // namespace kboss
