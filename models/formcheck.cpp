#include "models/formrules.h"

#include <QCoreApplication>

namespace kboss {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Form", text);
}

class FormChecker {
public:
    FormChecker(const std::vector<FormField> &fields, const FormInput &input, const QString &currency)
        : m_fields(fields), m_input(input), m_currency(currency)
    {
    }

    QHash<QString, QString> run()
    {
        for (const FormField &field : m_fields)
            single(field);
        for (const FormField &field : m_fields) {
            if (m_faults.contains(field.name))
                continue;
            dates(field);
            thresholds(field);
        }
        return m_faults;
    }

    bool involves(const QString &faulty, const QStringList &changed) const
    {
        return changed.contains(faulty)
            || std::any_of(changed.begin(), changed.end(), [&](const QString &name) { return m_partners.value(faulty).contains(name); });
    }

private:
    const FormField *find(const QString &name) const
    {
        const auto found = std::find_if(m_fields.begin(), m_fields.end(), [&](const FormField &field) { return field.name == name; });
        return found == m_fields.end() ? nullptr : &*found;
    }

    void single(const FormField &field)
    {
        const auto typed = m_input.constFind(field.name);
        if (typed == m_input.constEnd())
            return; // not asked for here
        const QString condition = field.offer ? field.offer->whenMember : QString();
        const bool wanted = condition.isEmpty() || m_input.value(condition) == field.offer->whenValue;
        m_partners[field.name] << condition;
        if (!wanted)
            return;
        const auto value = typedValue(field, *typed, m_currency);
        if (!value)
            m_faults.insert(field.name, value.error().detail);
        else if (isNull(*value) && (field.required || !condition.isEmpty()))
            m_faults.insert(field.name, words(QT_TRANSLATE_NOOP("Form", "Must be filled in")));
        else
            m_values.insert(field.name, *value);
    }

    void dates(const FormField &field)
    {
        const auto *other = find(field.notBefore);
        m_partners[field.name] << field.notBefore;
        const auto until = m_values.value(field.name), from = m_values.value(field.notBefore);
        const auto *last = std::get_if<QDate>(&until), *first = std::get_if<QDate>(&from);
        if (other && last && first && *last < *first)
            m_faults.insert(field.name, words(QT_TRANSLATE_NOOP("Form", "Must not be before “%1”")).arg(other->label.text()));
    }

    // Zero is what services send for "not set".
    void thresholds(const FormField &field)
    {
        m_partners[field.name] << field.offSwitch;
        if (!field.offSwitch.isEmpty() && m_values.value(field.offSwitch) == Value(true))
            return;
        const auto value = m_values.value(field.name);
        const auto *amount = std::get_if<Money>(&value);
        if (!amount || amount->isZero())
            return;
        size_t steps = 0;
        for (const FormField *above = find(field.below); above && steps < m_fields.size(); above = find(above->below), ++steps) {
            m_partners[field.name] << above->name;
            const auto higher = m_values.value(above->name);
            const auto *limit = std::get_if<Money>(&higher);
            if (!limit || limit->isZero())
                continue;
            if (amount->amount() > limit->amount())
                m_faults.insert(field.name, words(QT_TRANSLATE_NOOP("Form", "Must not be more than “%1”")).arg(above->label.text()));
            return;
        }
    }

    const std::vector<FormField> &m_fields;
    const FormInput &m_input;
    const QString &m_currency;
    QHash<QString, Value> m_values;
    QHash<QString, QString> m_faults;
    QHash<QString, QStringList> m_partners; // by field: the others that its rules across fields looked at
};

} // namespace

QHash<QString, QString> checkForm(const std::vector<FormField> &fields, const FormInput &input, const QString &currency)
{
    return FormChecker(fields, input, currency).run();
}

QHash<QString, QString> checkChange(const std::vector<FormField> &fields, const FormInput &input, const QStringList &changed, const QString &currency)
{
    FormChecker checker(fields, input, currency);
    QHash<QString, QString> faults = checker.run();
    faults.removeIf([&](const QHash<QString, QString>::iterator &fault) { return !checker.involves(fault.key(), changed); });
    return faults;
}

} // namespace kboss
