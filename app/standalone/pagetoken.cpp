#include "app/standalone/pagetoken.h"

#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype macBytes = 16;

QByteArray mac(const QByteArray &payload, const QString &binding, const QString &key)
{
    const QByteArray secret = QByteArray::fromHex(key.toLatin1());
    const QByteArray bound = payload + '\0' + binding.toUtf8();
    QByteArray made(macBytes, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(made.data()), static_cast<size_t>(macBytes),
                       reinterpret_cast<const unsigned char *>(bound.constData()), static_cast<unsigned long long>(bound.size()),
                       reinterpret_cast<const unsigned char *>(secret.constData()), static_cast<size_t>(secret.size()));
    return made;
}

Refused badToken(const QString &why)
{
    return refuse(u"page_token: "_s + why, u"page_token"_s);
}

QVariant fromJson(const nlohmann::json &value)
{
    if (value.is_number_integer())
        return QVariant::fromValue<qlonglong>(value.get<qint64>());
    return value.is_string() ? QVariant(QString::fromStdString(value.get<std::string>())) : QVariant();
}

} // namespace

QString sealPageToken(const PageToken &token, const QString &binding, const QString &key)
{
    nlohmann::json values = nlohmann::json::array();
    for (const QVariant &value : token.after) {
        if (value.isNull())
            values.push_back(nullptr);
        else if (value.metaType() == QMetaType::fromType<QString>())
            values.push_back(value.toString().toStdString());
        else
            values.push_back(value.toLongLong());
    }
    const QByteArray payload = QByteArray::fromStdString(nlohmann::json{token.total, values}.dump());
    const QByteArray sealed = mac(payload, binding, key) + payload;
    return QString::fromLatin1(sealed.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Outcome<PageToken> openPageToken(const QString &text, const QString &binding, const QString &key, qsizetype columns)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() <= macBytes)
        return badToken(u"not a token of this service"_s);
    const QByteArray payload = decoded.decoded.mid(macBytes);
    const QByteArray expected = mac(payload, binding, key);
    if (sodium_memcmp(expected.constData(), decoded.decoded.constData(), static_cast<size_t>(macBytes)) != 0)
        return badToken(u"does not belong to this filter and order_by, or is not a token of this service"_s);
    const auto json = nlohmann::json::parse(payload.constData(), payload.constData() + payload.size(), nullptr, false);
    if (!json.is_array() || json.size() != 2 || json[1].size() != static_cast<size_t>(columns))
        return badToken(u"made by another version of this service; start again without it"_s);
    PageToken token;
    token.total = json[0].get<qint64>();
    for (const auto &value : json[1])
        token.after << fromJson(value);
    return token;
}

} // namespace kboss::standalone
