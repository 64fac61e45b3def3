#include "app/services/profiles.h"

#include "app/services/privatefile.h"
#include "app/services/profilejson.h"
#include "app/services/valuejson.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSaveFile>

namespace kboss {

namespace {

using Json = nlohmann::ordered_json;

const char s_comment[] = "Places that the console connects to. Passwords and tokens are never in here: they are in the system's keychain. "
                         "Members that the console does not know are kept.";

qsizetype lineOf(const QByteArray &text, qsizetype position)
{
    return text.left(std::max<qsizetype>(0, position)).count('\n') + 1;
}

// The line where the n-th profile begins: good enough to look at.
qsizetype lineOfProfile(const QByteArray &text, size_t index)
{
    qsizetype position = text.indexOf("\"profiles\"");
    int depth = 0;
    for (bool quoted = false; position >= 0 && position < text.size(); ++position) {
        const char c = text.at(position);
        if (c == '"' && text.at(position - 1) != '\\')
            quoted = !quoted;
        else if (!quoted && c == '{' && depth++ == 0 && index-- == 0)
            break;
        else if (!quoted && c == '}')
            --depth;
    }
    return lineOf(text, position);
}

Unexpected unreadable(const QString &file, qsizetype line, const QString &reason, const QString &field = {})
{
    return fail(ErrorKind::Storage, QStringLiteral("%1, line %2: %3").arg(file).arg(line).arg(reason), field);
}

} // namespace

QString Profile::dataKey() const
{
    if (standalone)
        return id;
    QByteArray places;
    for (const ServiceKind kind : {ServiceKind::Kboss, ServiceKind::Billing, ServiceKind::Pcapi, ServiceKind::Account}) {
        const QUrl url = urls.value(kind).adjusted(QUrl::StripTrailingSlash | QUrl::NormalizePathSegments);
        places += url.toEncoded() + '\n';
    }
    return id + QLatin1Char('-') + QString::fromLatin1(QCryptographicHash::hash(places, QCryptographicHash::Sha256).toHex().left(8));
}

ProfileStore::ProfileStore(QString file, QObject *parent) : QObject(parent), m_file(std::move(file)) { }

Result<Json> ProfileStore::readFile(QList<Profile> *profiles) const
{
    QFile file(m_file);
    if (!file.exists())
        return Json();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, QStringLiteral("%1: %2").arg(m_file, file.errorString()));
    const QByteArray text = file.read(4 * 1024 * 1024);
    Json root;
    try {
        root = Json::parse(text.constBegin(), text.constEnd());
    } catch (const Json::parse_error &error) {
        return unreadable(m_file, lineOf(text, static_cast<qsizetype>(error.byte) - 1), QString::fromUtf8(error.what()));
    }
    if (!root.is_object() || !root.contains("profiles") || !root["profiles"].is_array())
        return unreadable(m_file, 1, QStringLiteral("an object with a member \"profiles\" that is a list is expected"));
    const Json &list = root["profiles"];
    for (size_t index = 0; index < list.size(); ++index) {
        const auto profile = profileFromJson(list[index]);
        if (!profile)
            return unreadable(m_file, lineOfProfile(text, index), profile.error().detail, profile.error().field);
        for (const Profile &other : *profiles) {
            if (other.id == profile->id)
                return unreadable(m_file, lineOfProfile(text, index), QStringLiteral("\"id\": \"%1\" is there twice").arg(other.id),
                                  QStringLiteral("id"));
        }
        profiles->append(*profile);
    }
    return root;
}

Result<void> ProfileStore::load()
{
    QList<Profile> profiles;
    const auto root = readFile(&profiles);
    m_unreadable = !root;
    if (!root)
        return fail(root.error());
    if (profiles != m_profiles) {
        m_profiles = profiles;
        Q_EMIT changed();
    }
    return {};
}

const Profile *ProfileStore::find(const QString &id) const
{
    for (const Profile &profile : m_profiles) {
        if (profile.id == id)
            return &profile;
    }
    return nullptr;
}

Result<void> ProfileStore::save(const Profile &profile)
{
    if (profile.temporary)
        return fail(ErrorKind::Rejected, QStringLiteral("A temporary profile is not saved"));
    if (const auto checked = check(profile); !checked)
        return checked;
    QList<Profile> profiles;
    auto root = readFile(&profiles); // as it is now: another window or an editor may have written it
    if (!root)
        return fail(root.error());
    if (root->is_null())
        *root = Json{{"$comment", s_comment}, {"profiles", Json::array()}};
    qsizetype index = 0;
    while (index < profiles.size() && profiles.at(index).id != profile.id)
        ++index;
    Json &list = (*root)["profiles"];
    if (index == profiles.size()) {
        profiles.append(profile);
        list.push_back(Json::object());
    }
    profiles[index] = profile;
    profileIntoJson(profile, list[static_cast<size_t>(index)]);
    if (const auto written = writeFile(*root); !written)
        return written;
    m_profiles = profiles;
    m_unreadable = false;
    Q_EMIT changed();
    return {};
}

Result<void> ProfileStore::remove(const QString &id)
{
    QList<Profile> profiles;
    auto root = readFile(&profiles);
    if (!root)
        return fail(root.error());
    for (qsizetype index = 0; index < profiles.size(); ++index) {
        if (profiles.at(index).id != id)
            continue;
        profiles.removeAt(index);
        (*root)["profiles"].erase(static_cast<size_t>(index));
        if (const auto written = writeFile(*root); !written)
            return written;
        m_profiles = profiles;
        Q_EMIT changed();
        return {};
    }
    return fail(ErrorKind::NotFound, QStringLiteral("No profile \"%1\"").arg(id), QStringLiteral("id"));
}

Result<void> ProfileStore::writeFile(const Json &root)
{
    if (!makePrivateFolder(QFileInfo(m_file).absolutePath()))
        return fail(ErrorKind::Storage, QStringLiteral("%1: its folder cannot be made").arg(m_file));
    QSaveFile file(m_file);
    const std::string text = root.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(s_ownerOnly)
        || file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()) || !file.commit())
        return fail(ErrorKind::Storage, QStringLiteral("%1: %2").arg(m_file, file.errorString()));
    return {};
}

} // namespace kboss
