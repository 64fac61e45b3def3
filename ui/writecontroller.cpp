#include "ui/writecontroller.h"

#include "ui/joblist.h"
#include "ui/prompt.h"
#include "ui/removalpreview.h"
#include "ui/rowcollector.h"

#include <QPointer>
#include <QWidget>

#include "app/base/watchresult.h"

namespace kboss {

using namespace Qt::StringLiterals;

WriteController::WriteController(ResourceFeed *feed, QWidget *parent) : QObject(parent), m_feed(feed), m_window(parent) { }

bool WriteController::allows(const Action &action, const Row *row) const
{
    if (!m_feed->whyNoWrites().isEmpty() || (action.needsRow && (!row || row->key.isEmpty())))
        return false;
    if (action.enabledWhen.isEmpty() || !row)
        return true;
    const Result<FilterPtr> filter = parseFilter(action.enabledWhen);
    return filter && (!*filter || matches(*filter, m_feed->type().schema(), *row));
}

bool WriteController::masterAllows(const Action &action) const
{
    const ResourceType *type = m_feed->masterType();
    if (action.masterWhen.isEmpty() || !type || m_feed->master().key.isEmpty())
        return true;
    const Result<FilterPtr> filter = parseFilter(action.masterWhen);
    return filter && matches(*filter, type->schema(), m_feed->master());
}

Result<WritePlan> WriteController::plan(const Action &action, const Row &row, const FormInput &input) const
{
    return planWrite(m_feed->type(), action, *m_feed->context().contracts, row, m_feed->master(), input, m_feed->spec());
}

QString WriteController::whatOf(const WritePlan &plan) const
{
    const QString id = plan.action.section(u'.', 1, 1);
    const Action *known = action(id);
    return (known ? known->label.text() : id) + (plan.name.isEmpty() ? QString() : u' ' + plan.name);
}

QString conflictText(const Error &error, const ResourceType &type)
{
    const ColumnSpec *column = type.column(error.field);
    const QString field = column ? column->label.text() : error.field;
    return field.isEmpty() ? WriteController::tr("Somebody changed this meanwhile; nothing was sent. %1").arg(error.detail)
                           : WriteController::tr("%1 was changed meanwhile, so nothing was sent. %2").arg(field, error.detail);
}

void WriteController::save(const WritePlan &plan, std::function<void(const Result<ActionOutcome> &)> handler)
{
    watchResult(m_feed->context().session->actions()->run(plan), this, [this, plan, handler](const Result<ActionOutcome> &outcome) {
        if (outcome) {
            tellSaved(plan, *outcome);
            Q_EMIT written(outcome->row.key.isEmpty() ? plan.key : outcome->row.key);
            if (plan.seen.key.isEmpty() && !outcome->row.key.isEmpty())
                Q_EMIT madeRow(outcome->row.key);
        } else if (outcome.error().kind != ErrorKind::Conflict || !plan.key.isEmpty()) {
            m_feed->context().showError(outcome.error(), whatOf(plan), {});
        }
        if (handler)
            handler(outcome);
    });
}

void WriteController::tellSaved(const WritePlan &plan, const ActionOutcome &outcome)
{
    const bool created = plan.seen.key.isEmpty();
    const QString name = plan.name.isEmpty() ? rowName(m_feed->type(), outcome.row) : plan.name;
    const QString text = created   ? tr("%1 was added").arg(name)
        : plan.changes.size() == 1 ? tr("%1 saved, one change").arg(name)
                                   : tr("%1 saved, %2 changes").arg(name).arg(plan.changes.size());
    if (!outcome.undoable) {
        m_feed->context().showNotice(text, {}, {});
        return;
    }
    m_feed->context().showNotice(text, tr("Undo"), [self = QPointer(this), plan, number = outcome.journalNumber] {
        if (self)
            self->undoPlan(plan, number);
    });
}

void WriteController::undoPlan(const WritePlan &plan, qint64 journalNumber)
{
    const Result<QList<JournalEntry>> entries = m_feed->context().session->journal()->read(plan.resource, {}, 200);
    if (!entries) {
        m_feed->context().showError(entries.error(), tr("Undo %1").arg(plan.name), {});
        return;
    }
    // Newest first: the outcome's line before the intent's. It knows the key of what was made.
    for (const JournalEntry &entry : *entries) {
        const bool outcome = entry.refersTo == journalNumber && !entry.action.endsWith(QLatin1String(".undo"));
        if (outcome || entry.number == journalNumber) {
            runUndo(entry, plan);
            return;
        }
    }
    m_feed->context().showError(Error{ErrorKind::NotFound, QStringLiteral("journal entry %1").arg(journalNumber), {}, {}, {}, 0},
                                tr("Undo %1").arg(plan.name), {});
}

void WriteController::runUndo(const JournalEntry &entry, const WritePlan &context)
{
    const QString name = context.name.isEmpty() ? entry.name : context.name;
    watchResult(m_feed->context().session->actions()->undo(entry, context), this,
                [this, name, key = entry.key](const Result<ActionOutcome> &outcome) {
                    if (!outcome) {
                        m_feed->context().showError(outcome.error(), tr("Undo %1").arg(name), {});
                        return;
                    }
                    m_feed->context().showNotice(tr("%1 is as it was before").arg(name), {}, {});
                    Q_EMIT written(key);
                });
}

void WriteController::undo(const JournalEntry &entry, const Row &row)
{
    WritePlan context;
    if (const Action *known = action(entry.action.section(u'.', 1, 1))) {
        FormInput same; // nothing changes: only where, which and how to check are wanted
        for (const FormField &field : formFields(m_feed->type(), *known, *m_feed->context().contracts)) {
            const Value *value = rowValue(m_feed->type(), row, field.name);
            if (value && !field.secret)
                same.insert(field.name, typedText(*value, field));
        }
        if (Result<WritePlan> made = plan(*known, row, same))
            context = *made;
    }
    context.resource = entry.resource;
    context.key = entry.key;
    context.name = entry.name;
    context.seen = row;
    context.dataset = m_feed->spec();
    runUndo(entry, context);
}

void WriteController::askRemove(const std::vector<Row> &rows)
{
    if (!action(u"delete"_s) || rows.empty())
        return;
    if (!removalReachesFurther(m_feed->type())) {
        askRemoveWith(rows, {});
        return;
    }
    explainRemoval(*m_feed, rows, this, [this, rows](const QStringList &lines) { askRemoveWith(rows, lines); });
}

void WriteController::askRemoveWith(const std::vector<Row> &rows, const QStringList &consequences)
{
    const Action *known = action(u"delete"_s);
    constexpr size_t most = 20;
    Question question;
    const QString kind = m_feed->type().titleOne.text();
    const QString first = rowName(m_feed->type(), rows.front());
    question.title = rows.size() == 1 ? known->label.text() + u' ' + first : tr("%1: %2 rows").arg(known->label.text()).arg(rows.size());
    question.text = rows.size() == 1
        ? tr("%1 “%2” will be removed from the service. This cannot be undone from here.").arg(kind, first)
        : tr("These %1 rows will be removed from the service, one after another. This cannot be undone from here.").arg(rows.size());
    for (size_t i = 0; i < rows.size() && i < most && consequences.isEmpty(); ++i)
        question.details << rowName(m_feed->type(), rows[i]) + u"  "_s + rows[i].key;
    if (rows.size() > most && consequences.isEmpty())
        question.details << tr("and %1 more").arg(rows.size() - most);
    question.details += consequences;
    question.acceptText = question.title;
    question.dangerous = true;
    if (known->danger == Danger::Destructive)
        question.nameToType = rows.size() == 1 ? first : QString::number(rows.size());
    if (rows.size() > 1 && !question.nameToType.isEmpty())
        question.text += u' ' + tr("Type their number to go on.");
    m_feed->context().prompt->ask(m_window, question, [self = QPointer(this), rows](const Answer &answer) {
        if (answer.accepted && self)
            self->remove(rows);
    });
}

void WriteController::remove(const std::vector<Row> &rows)
{
    if (rows.size() == 1) {
        removeOne(rows.front());
        return;
    }
    const Action *known = action(u"delete"_s);
    std::vector<WritePlan> plans;
    for (const Row &row : rows) {
        if (Result<WritePlan> made = plan(*known, row, {}))
            plans.push_back(*made);
    }
    BulkRun *run = m_feed->context().session->actions()->runMany(std::move(plans), known->label.text() + u' ' + m_feed->type().title.text());
    m_feed->context().jobs->add(run);
    connect(run, &Job::finished, this, [this, run] {
        size_t failed = 0;
        Error last;
        for (const BulkResult &result : run->results()) {
            if (!result.outcome) {
                ++failed;
                last = result.outcome.error();
            }
        }
        const size_t done = run->results().size() - failed;
        if (failed == 0)
            m_feed->context().showNotice(done == 1 ? tr("1 row removed") : tr("%1 rows removed").arg(done), {}, {});
        else
            m_feed->context().showError(last, tr("Remove %1 of %2 rows").arg(failed).arg(run->results().size()), {});
        Q_EMIT written({});
    });
}

void WriteController::removeOne(const Row &row)
{
    const Action *known = action(u"delete"_s);
    const Result<WritePlan> made = plan(*known, row, {});
    if (!made) {
        m_feed->context().showError(made.error(), known->label.text() + u' ' + rowName(m_feed->type(), row), {});
        return;
    }
    const WritePlan frozen = *made;
    watchResult(m_feed->context().session->actions()->run(frozen), this, [this, frozen](const Result<ActionOutcome> &outcome) {
        if (!outcome) {
            m_feed->context().showError(outcome.error(), whatOf(frozen), {});
            return;
        }
        m_feed->context().showNotice(tr("%1 was removed").arg(frozen.name), {}, {});
        Q_EMIT written(frozen.key);
    });
}

} // namespace kboss
