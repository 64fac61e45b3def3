#include "app/api/answerreason.h"

#include "app/api/jsonscan.h"

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

namespace od = simdjson::ondemand;

// One body open for reading by pointer. Every look starts at the front again.
class OpenAnswer {
public:
    explicit OpenAnswer(const QByteArray &body) : m_text(body.constData(), static_cast<size_t>(body.size()))
    {
        m_error = m_parser.iterate(m_text).get(m_document);
    }

    bool isReadable() const { return m_error == simdjson::SUCCESS; }
    QString fault() const { return u"the answer is not whole JSON (%1)"_s.arg(QLatin1String(simdjson::error_message(m_error))); }

    std::optional<od::value> at(const QString &pointer)
    {
        od::value value;
        if (!isReadable() || m_document.at_pointer(pointer.toStdString()).get(value) != simdjson::SUCCESS)
            return std::nullopt;
        return value;
    }

    QString textAt(const QString &pointer)
    {
        auto value = at(pointer);
        std::string_view text;
        if (!value || value->get_string().get(text) != simdjson::SUCCESS)
            return {};
        return cleanReason(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }

private:
    od::parser m_parser;
    simdjson::padded_string m_text;
    od::document m_document;
    simdjson::error_code m_error = simdjson::SUCCESS;
};

// true, 1, "1", "true", "ok", "success"; the services are not of one mind.
bool meansYes(od::value &value)
{
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS)
        return false;
    if (type == od::json_type::boolean)
        return value.get_bool().value_unsafe();
    if (type == od::json_type::number) {
        int64_t number = 0;
        return value.get_int64().get(number) == simdjson::SUCCESS && number == 1;
    }
    std::string_view text;
    if (type != od::json_type::string || value.get_string().get(text) != simdjson::SUCCESS)
        return false;
    const QString word = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toLower();
    return word == u"true"_s || word == u"1"_s || word == u"ok"_s || word == u"success"_s;
}

QString firstText(OpenAnswer &answer, std::initializer_list<QString> pointers)
{
    for (const QString &pointer : pointers) {
        if (pointer.isEmpty())
            continue;
        const QString text = answer.textAt(pointer);
        if (!text.isEmpty())
            return text;
    }
    return {};
}

} // namespace

Envelope readEnvelope(const Operation &operation, const QByteArray &body)
{
    OpenAnswer answer(body);
    if (!answer.isReadable())
        return {false, answer.fault()};
    if (operation.result.success.isEmpty())
        return {};
    auto success = answer.at(operation.result.success);
    if (!success)
        return {false, u"the answer has no %1; it is not what the contract says"_s.arg(operation.result.success.mid(1))};
    return {meansYes(*success), {}};
}

AnswerReason reasonOf(const Operation &operation, const QByteArray &body)
{
    OpenAnswer answer(body);
    if (!answer.isReadable())
        return {};
    AnswerReason reason;
    reason.message = firstText(answer, {operation.result.message, u"/error/message"_s, u"/msg"_s, u"/message"_s, u"/info"_s, u"/error"_s});
    const auto violations = u"/error/details/0/fieldViolations/0/field"_s;
    reason.field = firstText(answer, {u"/field"_s, u"/error/field"_s, violations});
    return reason;
}

} // namespace kboss
