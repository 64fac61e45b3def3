#include "app/services/datasetrefresh.h"

#include "app/services/onresult.h"

#include <QPromise>
#include <QThreadPool>

namespace kboss {

namespace {

constexpr int s_undecoded = 2; // pages held at most between network, decoder and store: memory stays flat
constexpr int s_unstored = 2;

} // namespace

DatasetRefresh::DatasetRefresh(const Parts &parts, const DatasetSpec &spec, OperationHandle operation, Job *job, QObject *parent)
    : QObject(parent), m_parts(parts), m_spec(spec), m_operation(std::move(operation)), m_job(job), m_cursor(*m_operation, spec.parameters),
      m_decoder(std::make_shared<RowDecoder>(spec.schema, spec.sourceZone))
{
}

DatasetRefresh::~DatasetRefresh()
{
    m_over = true;
    m_cancel.request_stop();
}

void DatasetRefresh::start()
{
    m_onCancel.emplace(m_job->token(), [this] {
        QMetaObject::invokeMethod(
            this, [this] { end(fail(ErrorKind::Cancelled, {})); }, Qt::QueuedConnection);
    });
    m_writer = m_parts.store->beginRefresh(m_spec.id);
    pump();
}

void DatasetRefresh::abandon()
{
    m_over = true;
    m_cancel.request_stop();
    m_writer.reset();
    deleteLater();
}

// Looks at what there is to do; called after everything that happened.
void DatasetRefresh::pump()
{
    if (m_over)
        return;
    if (!m_decoding && !m_undecoded.empty() && m_storing < s_unstored)
        decodeNext();
    const bool oneOnItsWay = m_decoding || !m_undecoded.empty();
    if (!m_fetching && !m_cursor.atEnd()) {
        if (!oneOnItsWay && !m_aheadAsked)
            fetch(m_cursor.call());
        else if (oneOnItsWay && !m_aheadAsked && m_cursor.canLookAhead() && static_cast<int>(m_undecoded.size()) < s_undecoded) {
            m_aheadAsked = true;
            fetch(m_cursor.lookAheadCall());
        }
    }
    if (m_cursor.atEnd() && !m_fetching && !oneOnItsWay && m_storing == 0 && !m_committing)
        commit();
}

void DatasetRefresh::fetch(const Call &call)
{
    m_fetching = true;
    const bool first = m_cursor.isFirst() && !m_aheadAsked;
    onResult(m_parts.client->send(call, m_cancel.get_token()), this, [this, round = m_round, first](const Result<WireResponse> &answer) {
        if (round == m_round && !m_over)
            pageCame(answer, first);
    });
}

void DatasetRefresh::pageCame(const Result<WireResponse> &answer, bool wasFirst)
{
    m_fetching = false;
    if (answer) {
        m_undecoded.push_back(*answer);
        return pump();
    }
    // A page token that the service no longer takes: once more from the beginning.
    const bool refusedToken = answer.error().httpStatus == 400 && !wasFirst && m_operation->paging.kind == Paging::Kind::PageToken;
    if (!refusedToken || !restartOnce())
        end(fail(answer.error()));
}

void DatasetRefresh::decodeNext()
{
    m_decoding = true;
    WireResponse response = std::move(m_undecoded.front());
    m_undecoded.pop_front();
    auto promise = std::make_shared<QPromise<std::shared_ptr<Result<DecodedPage>>>>();
    promise->start();
    onValue(promise->future(), this, [this, round = m_round](const std::shared_ptr<Result<DecodedPage>> &page) {
        if (round != m_round || m_over)
            return;
        m_decoding = false;
        pageDecoded(std::move(*page));
    });
    m_parts.pool->start([promise, decoder = m_decoder, response = std::move(response), operation = m_operation] {
        promise->addResult(std::make_shared<Result<DecodedPage>>(decodeRows(*operation, response, *decoder)));
        promise->finish();
    });
}

void DatasetRefresh::pageDecoded(Result<DecodedPage> page)
{
    if (!page)
        return end(fail(page.error()));
    if (const auto advanced = m_cursor.advance(*page); !advanced)
        return end(fail(advanced.error()));
    m_aheadAsked = false;
    if (m_cursor.totalChanged() && restartOnce())
        return;
    m_rows += page->rows.rowCount();
    m_job->setProgress(m_rows, page->total);
    if (page->noteCount > 0)
        m_job->appendLog(
            QStringLiteral("%1 fields did not fit; the first: %2 of %3")
                .arg(page->noteCount)
                .arg(page->notes.empty() ? QString() : page->notes.front().field, page->notes.empty() ? QString() : page->notes.front().rowKey));
    if (page->skippedRows > 0)
        m_job->appendLog(QStringLiteral("%1 rows without a key were left out").arg(page->skippedRows));
    if (!page->rows.isEmpty())
        store(std::move(page->rows));
    pump();
}

void DatasetRefresh::store(RowBatch rows)
{
    ++m_storing;
    onResult(m_writer->append(std::move(rows)), this, [this, round = m_round](const Result<void> &stored) {
        if (round != m_round || m_over)
            return;
        --m_storing;
        if (!stored)
            return end(fail(stored.error()));
        pump();
    });
}

void DatasetRefresh::commit()
{
    m_committing = true;
    onResult(m_writer->commit(), this, [this](const Result<RefreshSummary> &summary) { end(summary); });
}

bool DatasetRefresh::restartOnce()
{
    if (m_restarted)
        return false;
    m_restarted = true;
    ++m_round;
    m_cancel.request_stop();
    m_cancel = CancelSource();
    m_undecoded.clear();
    m_decoder = std::make_shared<RowDecoder>(m_spec.schema, m_spec.sourceZone); // the old one may still be in a task's hands
    m_fetching = m_aheadAsked = m_decoding = false;
    m_storing = 0;
    m_rows = 0;
    m_cursor.restart();
    m_writer.reset();
    m_writer = m_parts.store->beginRefresh(m_spec.id);
    pump();
    return true;
}

void DatasetRefresh::end(const Result<RefreshSummary> &result)
{
    if (std::exchange(m_over, true))
        return;
    m_cancel.request_stop();
    if (!result && m_writer && !m_committing && result.error().kind != ErrorKind::Cancelled)
        m_writer->abort(result.error());
    m_writer.reset();
    if (ended)
        ended(result);
}

} // namespace kboss
