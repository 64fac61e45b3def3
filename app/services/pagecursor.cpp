#include "app/services/pagecursor.h"

#include "app/services/valuejson.h"

namespace kboss {

OperationHandle operationHandle(const ContractSet &contracts, const QString &id)
{
    for (const OperationHandle &operation : contracts.all()) {
        if (operation->id == id)
            return operation;
    }
    return nullptr;
}

PageCursor::PageCursor(const Operation &operation, nlohmann::json parameters, int pageSize)
    : m_operation(operation.id), m_paging(operation.paging), m_parameters(std::move(parameters)),
      m_size(pageSize > 0 ? std::min(pageSize, operation.paging.maxSize) : operation.paging.maxSize)
{
    if (!m_parameters.is_object())
        m_parameters = nlohmann::json::object();
}

Call PageCursor::callOf(int page) const
{
    Call call{m_operation, m_parameters, {}};
    if (m_paging.kind == Paging::Kind::None)
        return call;
    if (!m_paging.sizeParameter.isEmpty())
        call.parameters[toUtf8(m_paging.sizeParameter)] = m_size;
    if (m_paging.kind == Paging::Kind::PageRows)
        call.parameters[toUtf8(m_paging.pageParameter)] = page;
    else if (!m_token.isEmpty())
        call.parameters[toUtf8(m_paging.pageParameter)] = toUtf8(m_token);
    return call;
}

Call PageCursor::call() const
{
    return callOf(m_page);
}

Result<void> PageCursor::advance(const DecodedPage &page)
{
    const qint64 count = qint64(page.rows.rowCount()) + page.skippedRows;
    m_seen += count;
    if (m_total >= 0 && page.total >= 0 && page.total != m_total)
        m_totalChanged = true;
    m_total = page.total;
    if (m_paging.kind == Paging::Kind::None) {
        m_atEnd = true;
    } else if (m_paging.kind == Paging::Kind::PageToken) {
        m_token = page.nextPageToken;
        const size_t hash = qHash(m_token);
        if (!m_token.isEmpty() && m_tokens.contains(hash))
            return fail(ErrorKind::Protocol, QStringLiteral("Page %1 leads back to a page that was already read").arg(m_page));
        m_tokens.insert(hash);
        m_atEnd = m_token.isEmpty();
    } else {
        m_atEnd = m_total >= 0 ? m_seen >= m_total : count < m_size;
        if (!m_atEnd && count == 0)
            return fail(ErrorKind::Protocol, QStringLiteral("Page %1 is empty, but %2 of %3 rows have come").arg(m_page).arg(m_seen).arg(m_total));
    }
    ++m_page;
    return {};
}

void PageCursor::restart()
{
    m_page = 1;
    m_seen = 0;
    m_total = -1;
    m_token.clear();
    m_tokens.clear();
    m_atEnd = false;
    m_totalChanged = false;
}

} // namespace kboss
