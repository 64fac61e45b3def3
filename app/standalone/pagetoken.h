#pragma once

#include "app/standalone/answer.h"

#include <QVariant>

namespace kboss::standalone {

// Where a listing goes on: the sort values of the last row sent, and the total counted for the first page.
struct PageToken {
    qint64 total = 0;
    QList<QVariant> after; // integers, texts, nulls
};

// Opaque, URL-safe, authenticated with the database's key and bound to `binding` (the canonical filter and order).
QString sealPageToken(const PageToken &token, const QString &binding, const QString &key);
Outcome<PageToken> openPageToken(const QString &text, const QString &binding, const QString &key, qsizetype columns);

} // namespace kboss::standalone
