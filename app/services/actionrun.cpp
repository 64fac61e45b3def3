#include "app/services/actionrun.h"

#include "app/base/watchresult.h"
#include "app/services/onresult.h"

namespace kboss {

namespace {

// The request may have been carried out although no good answer came back. (Offline is said only where it was not sent.)
bool isAnswerLost(const Error &error)
{
    if (error.httpStatus >= 400 && error.httpStatus < 500)
        return false;
    return error.httpStatus >= 500 || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Protocol || error.kind == ErrorKind::Cancelled;
}

} // namespace

ActionRun::ActionRun(Parts parts, const WritePlan &plan, ExpectedFields expected, qint64 undoes, QObject *parent)
    : QObject(parent), m_parts(std::move(parts)), m_plan(plan), m_expected(std::move(expected)), m_undoes(undoes), m_before(plan.seen)
{
    m_promise.start();
}

ActionRun::~ActionRun()
{
    end(fail(ErrorKind::Cancelled, QStringLiteral("The program is ending; the journal tells at the next start")));
}

QFuture<Result<ActionOutcome>> ActionRun::start()
{
    const auto future = m_promise.future();
    if (const auto prepared = prepare(); !prepared) {
        end(fail(prepared.error()));
        return future;
    }
    watchResult(m_parts.journal->appendLater(m_intent), this, [this](const Result<qint64> &number) {
        if (!number)
            return end(fail(number.error()));
        m_intent.number = m_outcome.journalNumber = *number;
        begin();
    });
    return future;
}

// The intent is on the disk.
void ActionRun::begin()
{
    if (!m_parts.client)
        return failWith(errorKindName(ErrorKind::Offline), {ErrorKind::Offline, QStringLiteral("Not connected"), {}, {}, {}, 0});
    if (m_reread && m_effect != Effect::Create)
        search(&ActionRun::compareAndSend);
    else
        send();
}

// Everything that can be refused before the journal knows of it.
Result<void> ActionRun::prepare()
{
    const ContractSet &contracts = m_parts.client->contracts();
    m_operation = operationHandle(contracts, m_plan.call.operation);
    if (!m_operation || m_operation->isRead())
        return fail(ErrorKind::Internal, QStringLiteral("%1 is not a write of the contracts").arg(m_plan.call.operation));
    m_effect = m_operation->effect;
    if (m_plan.reread) {
        m_reread = operationHandle(contracts, m_plan.reread->operation);
        if (!m_reread || !m_reread->isRead())
            return fail(ErrorKind::Internal, QStringLiteral("%1 is not a read of the contracts").arg(m_plan.reread->operation));
    }
    m_secrets = secretsIn(m_plan.call, *m_operation);
    m_intent = intentOf(m_plan, m_operation.get(), m_plan.inverse ? contracts.find(m_plan.inverse->operation) : nullptr);
    m_intent.who = m_parts.who;
    m_intent.profile = m_parts.profile;
    m_intent.refersTo = m_undoes;
    return {};
}

void ActionRun::search(void (ActionRun::*handler)(const Result<ServerRow> &))
{
    const QString key = m_outcome.row.key.isEmpty() ? m_plan.key : m_outcome.row.key;
    auto *search = new RowSearch(m_parts.client, m_parts.pool, m_reread, *m_plan.reread, m_plan.dataset, key, this);
    search->ended = [this, handler](const Result<ServerRow> &row) { (this->*handler)(row); };
    search->start();
}

void ActionRun::compareAndSend(const Result<ServerRow> &now)
{
    if (!now) {
        if (now.error().kind == ErrorKind::NotFound)
            m_parts.afterWrite(m_plan.dataset.id, false);
        return failWith(errorKindName(now.error().kind), now.error());
    }
    if (const auto same = compareRow(now->row, m_plan.dataset.schema, m_expected); !same) {
        m_parts.afterWrite(m_plan.dataset.id, false); // what is on screen is old
        return failWith(errorKindName(ErrorKind::Conflict), same.error());
    }
    m_before = now->row;
    carryInto(m_plan.call, *m_operation, m_plan.carry, now->raw, m_plan.dataset.schema);
    m_secrets = secretsIn(m_plan.call, *m_operation, now->raw);
    send();
}

void ActionRun::send()
{
    if (!m_parts.client)
        return failWith(errorKindName(ErrorKind::Offline), {ErrorKind::Offline, QStringLiteral("Not connected"), {}, {}, {}, 0});
    onResult(m_parts.client->send(m_plan.call), this, [this](const Result<WireResponse> &answer) { answered(answer); });
}

void ActionRun::answered(const Result<WireResponse> &answer)
{
    if (answer)
        return accepted(*answer);
    if (!isAnswerLost(answer.error()))
        return refused(answer.error());
    m_lost = answer.error();
    if (m_reread && m_parts.client && m_effect != Effect::Create)
        return search(&ActionRun::rereadAfterLoss);
    rereadAfterLoss(fail(ErrorKind::NotFound, QStringLiteral("It cannot be read again")));
}

void ActionRun::accepted(const WireResponse &answer)
{
    if (m_effect == Effect::Delete) {
        patchRemoval();
        return succeed(QStringLiteral("ok"), {});
    }
    const auto object = decodeObject(*m_operation, answer);
    if (object && object->is_object()) {
        auto row = toServerRow(*object, m_plan.dataset.schema, m_plan.dataset.sourceZone);
        if (row && (m_effect == Effect::Create || row->row.key == m_plan.key)) {
            m_outcome.row = row->row;
            if (covers(row->row)) {
                patch(std::move(*row));
                return succeed(QStringLiteral("ok"), {});
            }
        }
    }
    const bool knowsKey = !m_plan.key.isEmpty() || !m_outcome.row.key.isEmpty();
    if (m_reread && knowsKey && m_effect != Effect::Create)
        return search(&ActionRun::rereadAfterAccept);
    succeed(QStringLiteral("ok"), {});
}

void ActionRun::refused(const Error &error)
{
    if (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Conflict)
        m_parts.afterWrite(m_plan.dataset.id, false);
    failWith(errorKindName(error.kind), error);
}

void ActionRun::rereadAfterAccept(const Result<ServerRow> &now)
{
    if (now)
        patch(*now);
    succeed(QStringLiteral("ok"), {});
}

// Told, not repeated. A second reading that shows the change makes it good; anything else stays unknown: the service may still be at it.
void ActionRun::rereadAfterLoss(const Result<ServerRow> &now)
{
    const QString lost = QStringLiteral("The answer was lost (%1: %2)").arg(errorKindName(m_lost.kind), m_lost.detail);
    const ExpectedFields after = expectedAfter(m_plan);
    const bool gone = !now && now.error().kind == ErrorKind::NotFound && m_reread && m_effect == Effect::Delete;
    if (gone || (now && m_effect != Effect::Delete && !after.empty() && compareRow(now->row, m_plan.dataset.schema, after))) {
        if (now)
            patch(*now);
        else
            patchRemoval();
        return succeed(QStringLiteral("unknown"), lost + QStringLiteral(". Read again: the change is there"));
    }
    QString told = QStringLiteral(". Read again: the change is not there so far");
    if (!now)
        told = QStringLiteral(". It could not be read again (%1: %2)").arg(errorKindName(now.error().kind), now.error().detail);
    else
        patch(*now);
    if (!m_patched)
        m_parts.afterWrite(m_plan.dataset.id, false);
    Error error = m_lost;
    error.kind = m_lost.kind == ErrorKind::Cancelled ? ErrorKind::Timeout : m_lost.kind; // never silent
    error.detail = lost + told;
    failWith(QStringLiteral("unknown"), std::move(error));
}

// Whether an answer brought the whole row: a part of it must not wipe out the rest in the cache.
bool ActionRun::covers(const Row &row) const
{
    const auto &fields = m_plan.dataset.schema.fields;
    for (size_t i = 0; i < fields.size() && i < m_before.cells.size() && i < row.cells.size(); ++i) {
        const bool changed =
            std::any_of(m_plan.changes.begin(), m_plan.changes.end(), [&](const FieldChange &change) { return change.field == fields[i].id; });
        if (!changed && fields[i].type != FieldType::Secret && !isNull(m_before.cells[i]) && isNull(row.cells[i]))
            return false;
    }
    return !m_before.cells.empty();
}

void ActionRun::patch(ServerRow row)
{
    m_patched = true;
    m_outcome.row = row.row;
    onResult(m_parts.store->applyRow(m_plan.dataset.id, std::move(row.batch)), this,
             [](const Result<void> &) {}); // a store that fails says so itself
}

void ActionRun::patchRemoval()
{
    m_patched = true;
    m_outcome.row = {};
    onResult(m_parts.store->removeRow(m_plan.dataset.id, m_plan.key), this, [](const Result<void> &) {});
}

void ActionRun::succeed(const QString &outcome, const QString &note)
{
    m_succeeded = true;
    m_outcome.note = scrub(note, m_secrets);
    m_outcome.undoable = m_plan.inverse.has_value();
    if (m_intent.key.isEmpty())
        m_intent.key = m_outcome.row.key;
    m_parts.afterWrite(m_plan.dataset.id, m_patched);
    for (const DatasetId &id : m_plan.alsoRefresh)
        m_parts.afterWrite(id, false);
    writeOutcome(outcome, note, [this] { end(m_outcome); });
}

void ActionRun::failWith(const QString &outcome, Error error)
{
    error.detail = scrub(error.detail, m_secrets);
    if (error.operation.isEmpty())
        error.operation = m_plan.call.operation;
    writeOutcome(outcome, error.detail, [this, error] { end(fail(error)); });
}

void ActionRun::writeOutcome(const QString &outcome, const QString &detail, std::function<void()> then)
{
    JournalEntry entry = m_intent;
    entry.refersTo = m_intent.number;
    entry.outcome = outcome;
    entry.detail = scrub(detail, m_secrets);
    watchResult(m_parts.journal->appendLater(std::move(entry)), this, [this, then = std::move(then)](const Result<qint64> &written) {
        if (!written)
            m_outcome.note += QStringLiteral(" The outcome could not be journalled: ") + written.error().detail;
        then();
    });
}

void ActionRun::end(Result<ActionOutcome> result)
{
    if (std::exchange(m_over, true))
        return;
    Q_EMIT ended();
    deleteLater();
    m_promise.addResult(std::move(result));
    m_promise.finish();
}

} // namespace kboss
