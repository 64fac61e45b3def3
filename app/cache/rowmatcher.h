#pragma once

#include "app/cache/rowwriter.h"

namespace kboss {

// Finds stored rows for incoming keys. Lists mostly come in the order they came before, so it walks the rows in that order beside the
// incoming ones and asks the key's index only where they part. Lives as long as its transaction.
class RowMatcher {
public:
    static Result<RowMatcher> prepare(Connection &connection, const Dataset &dataset, qint64 afterId);
    ~RowMatcher();
    RowMatcher(RowMatcher &&other) noexcept;
    RowMatcher &operator=(RowMatcher &&) = delete;

    Result<RowWriter::Found> find(std::string_view key);
    qint64 lastId() const { return m_lastId; } // where the next one should go on

private:
    RowMatcher(Connection &connection, Statement *walk, Statement *probe) : m_connection(&connection), m_walk(walk), m_probe(probe) { }
    Result<void> advance();
    void restartAfter(qint64 id);

    static constexpr int patience = 64; // misses in a row after which the order is taken for a different one
    Connection *m_connection;
    Statement *m_walk, *m_probe;
    bool m_atRow = false;
    int m_misses = 0;
    qint64 m_lastId = 0;
};

} // namespace kboss
