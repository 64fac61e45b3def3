#include "app/services/journalline.h"

#include "app/base/timetext.h"
#include "app/services/valuejson.h"

#include <QCryptographicHash>
#include <QTimeZone>

namespace kboss {

namespace {

using nlohmann::json;

json withoutHash(const JournalEntry &entry)
{
    json line{
        {"number", entry.number},           {"at", toUtf8(formatRfc3339(entry.atMs))}, {"who", toUtf8(entry.who)}, {"profile", toUtf8(entry.profile)},
        {"action", toUtf8(entry.action)},   {"resource", toUtf8(entry.resource)},      {"key", toUtf8(entry.key)}, {"name", toUtf8(entry.name)},
        {"outcome", toUtf8(entry.outcome)},
    };
    const auto addUnlessNull = [&line](const char *name, const json &value) {
        if (!value.is_null())
            line[name] = value;
    };
    addUnlessNull("before", entry.before);
    addUnlessNull("after", entry.after);
    addUnlessNull("inverse", entry.inverse);
    if (!entry.detail.isEmpty())
        line["detail"] = toUtf8(entry.detail);
    if (entry.refersTo != 0)
        line["refers_to"] = entry.refersTo;
    return line;
}

std::string dump(const json &line)
{
    return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

QString text(const json &line, const char *name)
{
    const auto found = line.find(name);
    return found != line.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

qint64 number(const json &line, const char *name)
{
    const auto found = line.find(name);
    return found != line.end() && found->is_number_integer() ? found->get<qint64>() : 0;
}

json member(const json &line, const char *name)
{
    const auto found = line.find(name);
    return found != line.end() ? *found : json();
}

} // namespace

QString journalHash(const QString &previousHash, const JournalEntry &entry)
{
    const std::string line = dump(withoutHash(entry));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previousHash.toLatin1());
    hash.addData(QByteArrayView(line.data(), static_cast<qsizetype>(line.size())));
    return QString::fromLatin1(hash.result().toHex());
}

QByteArray journalLine(const JournalEntry &entry)
{
    json line = withoutHash(entry);
    line["hash"] = toUtf8(entry.hash);
    return QByteArray::fromStdString(dump(line));
}

Result<JournalEntry> parseJournalLine(const QByteArray &line)
{
    const json value = json::parse(line.constBegin(), line.constEnd(), nullptr, false);
    if (!value.is_object() || !value.contains("hash"))
        return fail(ErrorKind::Storage, QStringLiteral("Not a journal line"));
    JournalEntry entry;
    entry.number = number(value, "number");
    entry.atMs = parseInstant(text(value, "at"), QTimeZone::utc()).value_or(0);
    entry.who = text(value, "who");
    entry.profile = text(value, "profile");
    entry.action = text(value, "action");
    entry.resource = text(value, "resource");
    entry.key = text(value, "key");
    entry.name = text(value, "name");
    entry.outcome = text(value, "outcome");
    entry.detail = text(value, "detail");
    entry.before = member(value, "before");
    entry.after = member(value, "after");
    entry.inverse = member(value, "inverse");
    entry.refersTo = number(value, "refers_to");
    entry.hash = text(value, "hash");
    return entry;
}

} // namespace kboss
