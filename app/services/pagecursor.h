#pragma once

#include "app/api/request.h"
#include "app/base/rowdecoder.h"

#include <QSet>

namespace kboss {

using OperationHandle = std::shared_ptr<const Operation>; // for what may outlive the client, as work on a pool does
OperationHandle operationHandle(const ContractSet &contracts, const QString &id); // null when unknown

// Where a list that comes in pages goes on. A value; knows nothing of network or rows.
class PageCursor {
public:
    // `pageSize` 0 = the contract's largest.
    PageCursor(const Operation &operation, nlohmann::json parameters, int pageSize = 0);

    Call call() const; // for the page that comes next
    bool isFirst() const { return m_page == 1; }
    bool atEnd() const { return m_atEnd; }
    bool isPaged() const { return m_paging.kind != Paging::Kind::None; }
    int page() const { return m_page; } // 1-based, of the page that comes next

    // Whether the page after the next one is known to be there before the next one was decoded, and the call for it.
    bool canLookAhead() const { return m_paging.kind == Paging::Kind::PageRows && qint64(m_page) * m_size < m_total; }
    Call lookAheadCall() const { return callOf(m_page + 1); }

    // After a page was decoded. Protocol error when the service pages in a circle or ends before what it promised.
    Result<void> advance(const DecodedPage &page);
    bool totalChanged() const { return m_totalChanged; } // rows came or went while paging by number: some may have been missed
    void restart();

private:
    Call callOf(int page) const;

    QString m_operation;
    Paging m_paging;
    nlohmann::json m_parameters;
    int m_size = 0;
    int m_page = 1;
    qint64 m_seen = 0;
    qint64 m_total = -1;
    QString m_token;
    QSet<size_t> m_tokens; // hashes of all that came: none comes twice
    bool m_atEnd = false;
    bool m_totalChanged = false;
};

} // namespace kboss
