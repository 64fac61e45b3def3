#include "ui/undoflow.h"

#include "app/services/onresult.h"
#include "models/writeplanner.h"
#include "ui/prompt.h"

#include <QCoreApplication>
#include <QPointer>
#include <QWidget>

namespace kboss {

namespace {

struct UndoWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::UndoFlow)
};

// The master's row of a resource that has one, as far as the inverse names it: "cpcid" -> its key.
Row parentOf(const ResourceType &type, const ResourceType &master, const JournalEntry &entry)
{
    Row row;
    const TableSchema schema = master.schema();
    row.cells.resize(schema.fields.size());
    const nlohmann::json parameters = entry.inverse.value("parameters", nlohmann::json::object());
    for (auto it = type.listParameters.begin(); it != type.listParameters.end(); ++it) {
        const std::string name = it.key().toStdString();
        if (!parameters.contains(name) || !it.value().startsWith(QLatin1String("{parent.")))
            continue;
        const QString field = it.value().mid(8).chopped(1);
        const QString text =
            parameters[name].is_string() ? QString::fromStdString(parameters[name]) : QString::fromStdString(parameters[name].dump());
        for (size_t i = 0; i < schema.fields.size(); ++i) {
            if (schema.fields[i].id == field)
                row.cells[i] = text;
        }
        row.key = text;
    }
    return row;
}

struct Undo {
    JournalEntry entry;
    QStringList changes;
    const AppContext &context;
    QPointer<QWidget> parent;
    std::function<void()> done;
    const ResourceType *type = nullptr;
    const Action *action = nullptr;
    Row master;
    DatasetSpec dataset;

    void failed(const Error &error) const { context.showError(error, UndoWords::tr("Undoing the change"), {}); }
};
using UndoPtr = std::shared_ptr<Undo>;

void askFor(const UndoPtr &undo, const Row &row)
{
    const auto plan = planWrite(*undo->type, *undo->action, *undo->context.contracts, row, undo->master, {}, undo->dataset);
    if (!plan)
        return undo->failed(plan.error());
    Question question;
    question.title = UndoWords::tr("Undo this change to “%1”?").arg(undo->entry.name.isEmpty() ? undo->entry.key : undo->entry.name);
    question.text =
        UndoWords::tr("These fields get their old values back. Before that the object is read again; if it was changed since, nothing is sent.");
    question.details = undo->changes;
    question.acceptText = UndoWords::tr("Undo");
    undo->context.prompt->ask(undo->parent, question, [undo, plan = *plan](const Answer &answer) {
        if (!answer.accepted || !undo->parent)
            return;
        onResult(undo->context.session->actions()->undo(undo->entry, plan), undo->parent, [undo](const Result<ActionOutcome> &outcome) {
            if (!outcome)
                return undo->failed(outcome.error());
            undo->context.showNotice(UndoWords::tr("Undone: %1").arg(undo->entry.name), {}, {});
            undo->done();
        });
    });
}

} // namespace

void undoEntry(const JournalEntry &entry, const QStringList &changes, const AppContext &context, QWidget *parent, std::function<void()> done)
{
    auto undo = std::make_shared<Undo>(Undo{entry, changes, context, parent, std::move(done), nullptr, nullptr, {}, {}});
    undo->type = context.resources->find(entry.resource);
    undo->action = undo->type ? undo->type->action(QStringLiteral("update")) : nullptr;
    if (!undo->action) {
        Error error;
        error.kind = ErrorKind::Rejected;
        error.detail = UndoWords::tr("This kind of change cannot be undone from here.");
        return undo->failed(error);
    }
    const Profile &profile = context.session->profile();
    const ResourceType *master = undo->type->parent.isEmpty() ? nullptr : context.resources->find(undo->type->parent);
    if (master)
        undo->master = parentOf(*undo->type, *master, entry);
    undo->dataset = datasetOf(*undo->type, profile.dataKey(), QTimeZone(profile.timeZone), undo->master, master);
    onResult(context.session->sync()->attach(undo->dataset), parent, [undo](const Result<void> &attached) {
        const auto source = attached ? undo->context.session->store()->source(undo->dataset.id) : Result<RowSourcePtr>(fail(attached.error()));
        if (!source)
            return undo->failed(source.error());
        RowQuery query;
        const auto filter = parseFilter(QStringLiteral("%1 = \"%2\"").arg((*source)->schema().key, undo->entry.key));
        if (!filter)
            return undo->failed(filter.error());
        query.filter = *filter;
        onResult((*source)->firstRows(query, 1), undo->parent, [undo](const Result<std::vector<Row>> &rows) {
            if (!rows)
                return undo->failed(rows.error());
            if (rows->empty()) {
                Error error;
                error.kind = ErrorKind::NotFound;
                return undo->failed(error);
            }
            askFor(undo, rows->front());
        });
    });
}

} // namespace kboss
