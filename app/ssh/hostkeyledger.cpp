#include "app/ssh/hostkeyledger.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int format = 1;
constexpr int lockMs = 5'000;
constexpr qint64 largestFile = 32 * 1024 * 1024;

std::string utf8(const QString &text)
{
    return text.toStdString();
}

json pinJson(const HostKeyPin &pin)
{
    json object{{"address", utf8(pin.address)},
                {"type", utf8(pin.key.type())},
                {"key", pin.key.blob.toBase64().toStdString()},
                {"fingerprint", utf8(pin.key.fingerprint())},
                {"firstSeen", utf8(QDateTime::fromMSecsSinceEpoch(pin.firstSeenMs, Qt::UTC).toString(Qt::ISODateWithMs))},
                {"by", utf8(pin.by)},
                {"source", utf8(pin.source)}};
    if (!pin.cluster.isEmpty())
        object["cluster"] = utf8(pin.cluster);
    if (pin.revoked)
        object["revoked"] = true;
    return object;
}

std::optional<HostKeyPin> pinOf(const json &object)
{
    if (!object.is_object())
        return std::nullopt;
    const auto text = [&object](const char *name) {
        const auto found = object.find(name);
        return found != object.end() && found->is_string() ? QString::fromStdString(found->get_ref<const std::string &>()) : QString();
    };
    HostKeyPin pin;
    pin.address = text("address");
    const auto blob = QByteArray::fromBase64Encoding(text("key").toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    pin.key = {blob ? *blob : QByteArray()};
    pin.firstSeenMs = QDateTime::fromString(text("firstSeen"), Qt::ISODateWithMs).toMSecsSinceEpoch();
    pin.by = text("by");
    pin.source = text("source");
    pin.cluster = text("cluster");
    pin.revoked = object.contains("revoked") && object["revoked"].is_boolean() && object["revoked"].get<bool>();
    return pin.address.isEmpty() || !pin.key.isValid() ? std::nullopt : std::optional(pin);
}

std::vector<HostKeyPin> pinsOf(const std::vector<HostKeyPin> &all, const QString &address)
{
    std::vector<HostKeyPin> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&address](const HostKeyPin &pin) { return pin.address == address; });
    return found;
}

Result<void> replaceFile(const QString &name, const std::vector<HostKeyPin> &pins)
{
    json document{{"format", format}, {"pins", json::array()}};
    for (const HostKeyPin &pin : pins)
        document["pins"].push_back(pinJson(pin));
    QSaveFile file(name);
    const QByteArray text = QByteArray::fromStdString(document.dump(1)) + '\n';
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(text) != text.size()
        || !file.commit())
        return fail(ErrorKind::Storage, u"%1 cannot be written: %2"_s.arg(name, file.errorString()));
    return {};
}

} // namespace

Result<std::vector<HostKeyPin>> HostKeyLedger::read() const
{
    QFile file(m_file);
    if (!file.exists())
        return std::vector<HostKeyPin>();
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return fail(ErrorKind::Storage, u"the ledger of host keys cannot be read: %1 %2"_s.arg(m_file, file.errorString()));
    const QByteArray content = file.readAll();
    const json document = json::parse(content.begin(), content.end(), nullptr, false);
    if (!document.is_object() || !document.contains("pins") || !document["pins"].is_array())
        return fail(ErrorKind::Storage,
                    u"the ledger of host keys is damaged: %1. Put a copy of it back, or move it away to begin a new one"_s.arg(m_file));
    if (document.value("format", 0) > format)
        return fail(ErrorKind::Storage, u"the ledger of host keys was written by a newer console: %1"_s.arg(m_file));
    std::vector<HostKeyPin> pins;
    for (const json &object : document["pins"]) {
        auto pin = pinOf(object);
        if (!pin)
            return fail(ErrorKind::Storage, u"the ledger of host keys has an entry that is none: %1"_s.arg(m_file));
        pins.push_back(std::move(*pin));
    }
    return pins;
}

Result<void> HostKeyLedger::change(const std::function<Result<void>(std::vector<HostKeyPin> &)> &work)
{
    const std::lock_guard guard(m_mutex);
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return fail(ErrorKind::Storage, u"%1 cannot be made"_s.arg(QFileInfo(m_file).absolutePath()));
    QLockFile lock(m_file + u".lock"_s);
    if (!lock.tryLock(lockMs))
        return fail(ErrorKind::Storage, u"the ledger of host keys is in use: %1"_s.arg(m_file));
    auto pins = read();
    if (!pins)
        return fail(pins.error());
    const std::vector<HostKeyPin> before = *pins;
    if (auto done = work(*pins); !done)
        return done;
    std::stable_sort(pins->begin(), pins->end(), [](const HostKeyPin &a, const HostKeyPin &b) { return a.address < b.address; });
    return *pins == before ? Result<void>() : replaceFile(m_file, *pins);
}

Result<std::vector<HostKeyPin>> HostKeyLedger::pins() const
{
    const std::lock_guard guard(m_mutex);
    return read();
}

Result<HostKeyVerdict> HostKeyLedger::judge(const SshAddress &address, const HostKey &key) const
{
    const auto all = pins();
    if (!all)
        return fail(all.error());
    HostKeyVerdict verdict;
    verdict.pins = pinsOf(*all, address.text());
    for (const HostKeyPin &pin : *all) {
        if (pin.key == key && pin.address != address.text() && !verdict.elsewhere.contains(pin.address))
            verdict.elsewhere << pin.address;
        if (pin.key == key && pin.revoked) {
            verdict.kind = HostKeyVerdict::Kind::Revoked;
            return verdict;
        }
    }
    const auto live = std::find_if(verdict.pins.begin(), verdict.pins.end(), [](const HostKeyPin &pin) { return !pin.revoked; });
    const auto same = std::find_if(verdict.pins.begin(), verdict.pins.end(), [&key](const HostKeyPin &pin) { return pin.key == key; });
    using Kind = HostKeyVerdict::Kind;
    verdict.kind = same != verdict.pins.end() ? Kind::Known : live != verdict.pins.end() ? Kind::Changed : Kind::Unknown;
    return verdict;
}

Result<void> HostKeyLedger::pin(const SshAddress &address, const HostKey &key, const QString &by, const QString &cluster)
{
    if (!key.isValid())
        return fail(ErrorKind::Rejected, u"this is no host key"_s, u"key"_s);
    return change([&](std::vector<HostKeyPin> &all) -> Result<void> {
        for (const HostKeyPin &pin : all) {
            if (pin.key == key && pin.revoked)
                return fail(ErrorKind::HostKey, u"this key of %1 was revoked"_s.arg(address.text()));
        }
        for (HostKeyPin &pin : all) {
            if (pin.address != address.text() || pin.revoked)
                continue;
            if (pin.key != key)
                return fail(ErrorKind::Conflict,
                            u"%1 is known with another key, %2, since %3"_s.arg(
                                pin.address, pin.key.fingerprint(), QDateTime::fromMSecsSinceEpoch(pin.firstSeenMs, Qt::UTC).toString(Qt::ISODate)));
            if (!cluster.isEmpty())
                pin.cluster = cluster;
            return {};
        }
        all.push_back({address.text(), key, m_clock.nowMs(), by, u"shown"_s, cluster, false});
        return {};
    });
}

Result<void> HostKeyLedger::bindToCluster(const SshAddress &address, const QString &cluster)
{
    return change([&](std::vector<HostKeyPin> &all) -> Result<void> {
        bool found = false;
        for (HostKeyPin &pin : all) {
            if (pin.address == address.text() && !pin.revoked) {
                pin.cluster = cluster;
                found = true;
            }
        }
        return found ? Result<void>() : fail(ErrorKind::NotFound, u"no key of %1 is pinned"_s.arg(address.text()));
    });
}

Result<void> HostKeyLedger::forget(const SshAddress &address)
{
    return change([&](std::vector<HostKeyPin> &all) -> Result<void> {
        std::erase_if(all, [&](const HostKeyPin &pin) { return pin.address == address.text() && !pin.revoked; });
        return {};
    });
}

Result<HostKeyLedger::Imported> HostKeyLedger::importKnownHosts(const QByteArray &content, const std::vector<SshAddress> &addresses,
                                                                const QString &by)
{
    const KnownHosts known = readKnownHosts(content);
    std::vector<SshAddress> wanted = known.addresses();
    for (const SshAddress &address : addresses) {
        if (std::find(wanted.begin(), wanted.end(), address) == wanted.end())
            wanted.push_back(address);
    }
    Imported done;
    done.authorities = known.authorities;
    done.faulty = known.faulty;
    const auto outcome = change([&](std::vector<HostKeyPin> &all) -> Result<void> {
        for (const SshAddress &address : wanted) {
            const std::vector<HostKeyPin> here = pinsOf(all, address.text()); // as it was before the file
            for (const KnownHostsLine *line : known.of(address)) {
                const bool same = std::any_of(here.begin(), here.end(), [line](const HostKeyPin &pin) { return pin.key == line->key; });
                const bool other = std::any_of(here.begin(), here.end(), [](const HostKeyPin &pin) { return !pin.revoked; });
                if (same && !line->revoked) {
                    ++done.known;
                } else if (other && !line->revoked) {
                    ++done.conflicts;
                } else {
                    std::erase_if(all, [&](const HostKeyPin &pin) { return pin.address == address.text() && pin.key == line->key; });
                    all.push_back({address.text(), line->key, m_clock.nowMs(), by, u"known_hosts"_s, {}, line->revoked});
                    ++(line->revoked ? done.revoked : done.pinned);
                }
            }
        }
        return {};
    });
    return outcome ? Result<Imported>(done) : fail(outcome.error());
}

} // namespace kboss
