#include "models/formrules.h"

#include "app/base/timetext.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Form", text);
}

Unexpected refuse(const FormField &field, const QString &reason)
{
    return fail(ErrorKind::Rejected, reason, field.name);
}

// Full-width digits and signs as input methods give them.
QString plainDigits(const QString &text)
{
    return text.normalized(QString::NormalizationForm_KC).replace(QChar(0x2212), u'-').trimmed();
}

Result<Value> typedInteger(const FormField &field, const QString &text)
{
    static const QRegularExpression grouped(u"^[+-]?[0-9]{1,3}(,[0-9]{3})+$"_s);
    QString digits = plainDigits(text);
    if (grouped.match(digits).hasMatch())
        digits.remove(u',');
    bool ok = false;
    const qint64 number = digits.toLongLong(&ok);
    if (!ok)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not a whole number")));
    const bool port = field.input == InputKind::Port;
    const auto least = port ? std::optional(1.0) : field.input == InputKind::Count ? std::optional(0.0) : field.schema->minimum;
    const auto most = port ? std::optional(65535.0) : field.schema->maximum;
    const bool low = least && static_cast<double>(number) < *least, high = most && static_cast<double>(number) > *most;
    if ((low || high) && least && most)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "From %1 to %2")).arg(*least, 0, 'f', 0).arg(*most, 0, 'f', 0));
    if (low)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "At least %1")).arg(*least, 0, 'f', 0));
    if (high)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "At most %1")).arg(*most, 0, 'f', 0));
    return number;
}

Result<Value> typedText(const FormField &field, const QString &text)
{
    const JsonSchema &schema = *field.schema;
    if (schema.maxLength && text.size() > *schema.maxLength)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "At most %1 characters")).arg(*schema.maxLength));
    if (schema.minLength && text.size() < *schema.minLength)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "At least %1 characters")).arg(*schema.minLength));
    if (const QString fault = checkKind(field.input, text); !fault.isEmpty())
        return refuse(field, fault);
    if (!schema.pattern.isEmpty() && !QRegularExpression(schema.pattern).match(text).hasMatch())
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not in the form the service takes")));
    return text;
}

Result<Value> typedEnum(const FormField &field, const QString &text)
{
    for (const auto &value : field.values) {
        if (value.value == text)
            return text;
    }
    return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Choose one of the list")));
}

Result<Value> typedBoolean(const FormField &field, const QString &text)
{
    if (text == "true"_L1 || text == "false"_L1)
        return text == "true"_L1;
    return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Choose yes or no")));
}

Result<Value> typedDate(const FormField &field, const QString &text)
{
    if (const auto date = parseDate(plainDigits(text)))
        return *date;
    return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not a date: write year-month-day, as 2026-11-22")));
}

Result<Value> typedMoney(const FormField &field, const QString &text, const QString &currency)
{
    auto money = parseTypedMoney(text, currency);
    if (!money)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not an amount: write it as 1,234.56, with at most nine decimals")));
    return *money;
}

// A number that the service takes as text by a pattern: what of it does not fit, as far as the pattern tells.
Result<Value> typedDecimal(const FormField &field, const QString &text)
{
    static const QRegularExpression grouped(u"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?$"_s);
    QString digits = plainDigits(text);
    if (grouped.match(digits).hasMatch())
        digits.remove(u',');
    const auto number = Decimal::parse(digits);
    if (!number)
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not a number")));
    const QRegularExpression pattern(field.schema->pattern);
    const auto fits = [&](const Decimal &value) { return pattern.match(value.toString()).hasMatch(); };
    if (field.schema->pattern.isEmpty() || fits(*number))
        return *number;
    if (fits(number->normalized()))
        return number->normalized();
    if (number->isNegative() && fits(number->negated()))
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Must not be below zero")));
    for (int places = number->scale() - 1; places >= 0; --places) {
        if (fits(number->rounded(places, Rounding::Down)))
            return refuse(field, words(QT_TRANSLATE_NOOP("Form", "At most %1 decimals")).arg(places));
    }
    return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not in the form the service takes")));
}

} // namespace

Result<Value> typedValue(const FormField &field, const QString &text, const QString &currency)
{
    const QString trimmed = field.secret ? text : text.trimmed();
    if (trimmed.isEmpty() && !(field.type == FieldType::Enum && field.schema->enumValues.contains(QString())))
        return Value();
    switch (field.type) {
    case FieldType::Money:
        return typedMoney(field, trimmed, currency);
    case FieldType::Integer:
        return typedInteger(field, trimmed);
    case FieldType::Boolean:
        return typedBoolean(field, trimmed);
    case FieldType::Enum:
        return typedEnum(field, trimmed);
    case FieldType::Date:
        return typedDate(field, trimmed);
    case FieldType::Secret: {
        if (const auto checked = typedText(field, trimmed); !checked)
            return checked;
        return SecretMark();
    }
    case FieldType::Decimal:
        return typedDecimal(field, trimmed);
    case FieldType::DateTime:
        if (const auto ms = parseInstant(trimmed, QTimeZone("Asia/Shanghai")))
            return Instant{*ms};
        return refuse(field, words(QT_TRANSLATE_NOOP("Form", "Not a time: write it as 2026-11-22 12:30:00")));
    case FieldType::Text:
        break;
    }
    return typedText(field, trimmed);
}

namespace {

struct TextMaker {
    QString operator()(std::monostate) const { return {}; }
    QString operator()(const QString &value) const { return value; }
    QString operator()(qint64 value) const { return QString::number(value); }
    QString operator()(bool value) const { return value ? u"true"_s : u"false"_s; }
    QString operator()(const Decimal &value) const { return value.toString(); }
    QString operator()(const Money &value) const { return formatAmount(value).replace(QChar(0x2212), u'-'); }
    QString operator()(const Instant &value) const { return formatRfc3339(value.ms); }
    QString operator()(const QDate &value) const { return value.toString(Qt::ISODate); }
    QString operator()(const SecretMark &) const { return {}; }
    QString operator()(const Misfit &value) const { return value.raw; }
};

struct WireMaker {
    const JsonSchema &schema;

    bool takes(QLatin1StringView type) const { return schema.types.isEmpty() || schema.types.contains(type); }

    nlohmann::json operator()(std::monostate) const { return nullptr; }
    nlohmann::json operator()(const QString &value) const { return value.toStdString(); }
    nlohmann::json operator()(qint64 value) const
    {
        return takes("integer"_L1) || takes("number"_L1) ? nlohmann::json(value) : nlohmann::json(std::to_string(value));
    }
    nlohmann::json operator()(bool value) const { return takes("boolean"_L1) ? nlohmann::json(value) : nlohmann::json(value ? "1" : "0"); }
    nlohmann::json operator()(const Decimal &value) const { return value.toString().toStdString(); }
    nlohmann::json operator()(const Money &value) const
    {
        const auto *units = schema.property(u"units"_s);
        const bool text = !units || units->schema->types.contains("string"_L1);
        return {{"currency_code", value.currency.toStdString()},
                {"units", text ? nlohmann::json(std::to_string(value.units)) : nlohmann::json(value.units)},
                {"nanos", value.nanos}};
    }
    nlohmann::json operator()(const Instant &value) const { return formatRfc3339(value.ms).toStdString(); }
    nlohmann::json operator()(const QDate &value) const { return value.toString(Qt::ISODate).toStdString(); }
    nlohmann::json operator()(const SecretMark &) const { return nullptr; }
    nlohmann::json operator()(const Misfit &value) const { return value.raw.toStdString(); }
};

} // namespace

QString typedText(const Value &value, const FormField &field)
{
    return field.secret ? QString() : std::visit(TextMaker{}, value);
}

nlohmann::json wireValue(const Value &value, const JsonSchema &schema)
{
    return std::visit(WireMaker{schema}, value);
}

} // namespace kboss
