#pragma once

#include "app/standalone/database.h"
#include "app/standalone/handler.h"

namespace kboss::standalone {

// One statement, or the end, of a write transaction; a failure of the database as a refusal.
inline Outcome<void> run(WriteTransaction &write, const QString &sql, const QList<QVariant> &values)
{
    const auto done = runSql(write.connection(), sql, values);
    return done ? Outcome<void>() : Outcome<void>(storageRefusal(done.error()));
}

inline Outcome<void> commit(WriteTransaction &write)
{
    const auto committed = write.commit();
    return committed ? Outcome<void>() : Outcome<void>(storageRefusal(committed.error()));
}

} // namespace kboss::standalone
