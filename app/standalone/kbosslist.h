#pragma once

#include "app/standalone/handler.h"

#include <QDate>

namespace kboss::standalone {

// "name desc, ip": an ORDER BY over these fields, the order of creation last. An unknown field is refused.
Outcome<QString> kbossOrder(const QString &sort, const QStringList &fields);

// LIMIT and OFFSET of page/rows; first row number - 1 is the offset.
struct KbossWindow {
    qint64 limit = 0, offset = 0;
};
KbossWindow kbossWindow(const CheckedRequest &request);

// The two dates of a record: as given, else `from`/`until`; refused when they are not in order.
struct Period {
    QString from, until;
};
Outcome<Period> readPeriod(const CheckedRequest &request, const char *untilName, const Period &otherwise);

QString newId(); // 21 characters of the URL-safe alphabet, random

Refused busyDatabase();

} // namespace kboss::standalone
