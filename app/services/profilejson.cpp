#include "app/services/profilejson.h"

#include "app/services/valuejson.h"

#include <array>

namespace kboss {

namespace {

using Json = nlohmann::ordered_json;

template <class T> struct Word {
    const char *text;
    T value;
};

constexpr std::array s_services{
    Word<ServiceKind>{"kboss", ServiceKind::Kboss},
    Word<ServiceKind>{"billing", ServiceKind::Billing},
    Word<ServiceKind>{"pcapi", ServiceKind::Pcapi},
    Word<ServiceKind>{"account", ServiceKind::Account},
};
constexpr std::array s_signIns{
    Word<SignInKind>{"none", SignInKind::None},
    Word<SignInKind>{"token", SignInKind::Token},
    Word<SignInKind>{"password", SignInKind::Password},
    Word<SignInKind>{"code", SignInKind::Code},
};
constexpr std::array s_proxies{
    Word<ServerSettings::Proxy>{"system", ServerSettings::Proxy::System},
    Word<ServerSettings::Proxy>{"none", ServerSettings::Proxy::None},
    Word<ServerSettings::Proxy>{"manual", ServerSettings::Proxy::Manual},
};

template <class T, size_t N> const char *textOf(const std::array<Word<T>, N> &words, T value)
{
    for (const auto &word : words) {
        if (word.value == value)
            return word.text;
    }
    return words[0].text;
}

// Reads members one after another; the first fault stays.
class Reader {
public:
    explicit Reader(const Json &value) : m_value(value) { }

    QString text(const char *name, const QString &otherwise = {})
    {
        const Json *member = find(name, "a text", &Json::is_string);
        return member ? QString::fromStdString(member->get<std::string>()) : otherwise;
    }
    bool flag(const char *name)
    {
        const Json *member = find(name, "true or false", &Json::is_boolean);
        return member && member->get<bool>();
    }
    int number(const char *name)
    {
        const Json *member = find(name, "a number", &Json::is_number_integer);
        const qint64 number = member ? member->get<qint64>() : 0;
        if (number < 0 || number > 65535)
            setFault(name, QStringLiteral("out of range"));
        return m_fault ? 0 : static_cast<int>(number);
    }
    Json object(const char *name)
    {
        const Json *member = find(name, "an object", &Json::is_object);
        return member ? *member : Json::object();
    }
    template <class T, size_t N> T word(const char *name, const std::array<Word<T>, N> &words)
    {
        const QString given = text(name, QLatin1String(words[0].text));
        for (const auto &word : words) {
            if (given == QLatin1String(word.text))
                return word.value;
        }
        setFault(name, QStringLiteral("\"%1\" is not one of its words").arg(given));
        return words[0].value;
    }
    void setFault(const char *name, const QString &reason)
    {
        if (!m_fault)
            m_fault = Error{ErrorKind::Storage, QStringLiteral("\"%1\": %2").arg(QLatin1String(name), reason), QLatin1String(name), {}, {}, 0};
    }
    const std::optional<Error> &fault() const { return m_fault; }

private:
    const Json *find(const char *name, const char *expected, bool (Json::*is)() const noexcept)
    {
        const auto found = m_value.find(name);
        if (found == m_value.end())
            return nullptr;
        if (((*found).*is)())
            return &*found;
        setFault(name, QStringLiteral("must be %1").arg(QLatin1String(expected)));
        return nullptr;
    }

    const Json &m_value;
    std::optional<Error> m_fault;
};

} // namespace

Result<Profile> profileFromJson(const Json &value)
{
    if (!value.is_object())
        return fail(ErrorKind::Storage, QStringLiteral("a profile must be an object"));
    Reader reader(value);
    Profile profile;
    profile.id = reader.text("id");
    profile.name = reader.text("name", profile.id);
    profile.color = reader.text("color", QStringLiteral("info"));
    profile.standalone = reader.flag("standalone");
    profile.sample = reader.text("sample", profile.sample);
    const Json urls = reader.object("urls");
    Reader urlReader(urls);
    for (const auto &service : s_services) {
        if (const QString url = urlReader.text(service.text); !url.isEmpty())
            profile.urls.insert(service.value, QUrl(url, QUrl::StrictMode));
    }
    profile.caFile = reader.text("ca_file");
    const Json proxy = reader.object("proxy");
    Reader proxyReader(proxy);
    profile.proxyMode = proxyReader.word("mode", s_proxies);
    profile.proxyHost = proxyReader.text("host");
    profile.proxyPort = proxyReader.number("port");
    profile.signIn = reader.word("sign_in", s_signIns);
    profile.userName = reader.text("user");
    profile.readOnly = reader.flag("read_only");
    profile.timeZone = reader.text("time_zone", QString::fromLatin1(profile.timeZone)).toLatin1();
    if (profile.id.isEmpty())
        reader.setFault("id", QStringLiteral("is missing"));
    for (const Reader *part : {&reader, &urlReader, &proxyReader}) {
        if (part->fault())
            return fail(*part->fault());
    }
    return profile;
}

void profileIntoJson(const Profile &profile, Json &value)
{
    value["id"] = toUtf8(profile.id);
    value["name"] = toUtf8(profile.name);
    value["color"] = toUtf8(profile.color);
    value["standalone"] = profile.standalone;
    if (profile.standalone)
        value["sample"] = toUtf8(profile.sample);
    Json &urls = value["urls"];
    if (!urls.is_object())
        urls = Json::object();
    for (const auto &service : s_services) {
        const QUrl url = profile.urls.value(service.value);
        if (url.isEmpty())
            urls.erase(service.text);
        else
            urls[service.text] = toUtf8(url.toString(QUrl::FullyEncoded));
    }
    value["ca_file"] = toUtf8(profile.caFile);
    Json &proxy = value["proxy"];
    if (!proxy.is_object())
        proxy = Json::object();
    proxy["mode"] = textOf(s_proxies, profile.proxyMode);
    proxy["host"] = toUtf8(profile.proxyHost);
    proxy["port"] = profile.proxyPort;
    value["sign_in"] = textOf(s_signIns, profile.signIn);
    value["user"] = toUtf8(profile.userName);
    value["read_only"] = profile.readOnly;
    value["time_zone"] = profile.timeZone.toStdString();
}

} // namespace kboss
