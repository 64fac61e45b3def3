#include "ui/filtervalueeditor.h"

#include "app/base/quantity.h"
#include "app/base/timetext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedLayout>

namespace kboss {

using namespace Qt::StringLiterals;

FilterValueEditor::FilterValueEditor(QWidget *parent) : QWidget(parent), m_text(new QLineEdit), m_choice(new QComboBox), m_currency(new QComboBox)
{
    auto *typed = new QWidget;
    auto *line = new QHBoxLayout(typed);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_text, 1);
    line->addWidget(m_currency);
    m_stack = new QStackedLayout(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(typed);
    m_stack->addWidget(m_choice);
    m_text->setAccessibleName(tr("Value"));
    m_choice->setAccessibleName(tr("Value"));
    m_currency->setAccessibleName(tr("Currency"));
    m_text->setObjectName(u"filterValue"_s);
    m_choice->setObjectName(u"filterChoice"_s);
    connect(m_text, &QLineEdit::textChanged, this, &FilterValueEditor::edited);
    connect(m_text, &QLineEdit::returnPressed, this, &FilterValueEditor::submitted);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &FilterValueEditor::edited);
    connect(m_currency, &QComboBox::currentIndexChanged, this, &FilterValueEditor::edited);
    m_currency->addItem(tr("any currency"), QString());
    for (const QString &code : {u"CNY"_s, u"USD"_s, u"HKD"_s, u"EUR"_s})
        m_currency->addItem(code, code);
}

void FilterValueEditor::setColumn(const ColumnSpec &column)
{
    m_type = column.field.type;
    m_reading = column.field.reading;
    m_kind = Kind::Text;
    if (!column.values.empty() || m_type == FieldType::Boolean)
        m_kind = Kind::Choice;
    else if (m_type == FieldType::Money)
        m_kind = Kind::Money;
    else if (m_type == FieldType::Integer || m_type == FieldType::Decimal)
        m_kind = Kind::Number;
    else if (m_type == FieldType::Date || m_type == FieldType::DateTime)
        m_kind = Kind::Day;
    m_text->clear();
    m_choice->clear();
    if (m_type == FieldType::Boolean) {
        m_choice->addItem(tr("yes"), u"true"_s);
        m_choice->addItem(tr("no"), u"false"_s);
    }
    for (const EnumLabel &value : column.values)
        m_choice->addItem(value.label.text(), value.value);
    m_currency->setVisible(m_kind == Kind::Money);
    m_text->setAlignment(m_kind == Kind::Money || m_kind == Kind::Number ? Qt::AlignRight : Qt::AlignLeft);
    m_text->setPlaceholderText(m_kind == Kind::Day                        ? u"2026-01-31"_s
                                   : m_kind == Kind::Money                ? u"1,000.00"_s
                                   : m_reading == FieldReading::Duration  ? u"2d, 3h30m"_s
                                   : m_reading == FieldReading::Gibibytes ? u"512Mi, 2Gi"_s
                                   : m_reading == FieldReading::Cores     ? u"0.5, 250m"_s
                                   : m_type == FieldType::Text            ? tr("text, * at an end for anything")
                                                                          : QString());
    m_stack->setCurrentIndex(m_kind == Kind::Choice ? 1 : 0);
}

void FilterValueEditor::setValue(const QString &value)
{
    if (m_kind == Kind::Choice) {
        m_choice->setCurrentIndex(std::max(0, m_choice->findData(value)));
        return;
    }
    if (m_kind == Kind::Money) {
        const QString currency = value.section(u' ', 1).trimmed();
        if (m_currency->findData(currency) < 0)
            m_currency->addItem(currency, currency);
        m_currency->setCurrentIndex(m_currency->findData(currency));
        m_text->setText(value.section(u' ', 0, 0));
        return;
    }
    m_text->setText(value);
}

Result<QString> FilterValueEditor::moneyValue() const
{
    const QString currency = m_currency->currentData().toString();
    const Result<Money> typed = parseTypedMoney(m_text->text(), currency.isEmpty() ? u"CNY"_s : currency);
    if (!typed)
        return fail(typed.error());
    const QString amount = typed->amount().normalized().toString();
    return currency.isEmpty() ? amount : amount + u' ' + currency;
}

Result<QString> FilterValueEditor::readingValue(const QString &text) const
{
    if (plainOperand(text, m_reading).isEmpty())
        return fail(ErrorKind::Rejected,
                    m_reading == FieldReading::Duration ? tr("This is not a time span like 2d or 3h30m")
                                                        : tr("This is not an amount like 512Mi or 2Gi"));
    return text;
}

Result<QString> FilterValueEditor::value(const QTimeZone &zone) const
{
    if (m_kind == Kind::Choice)
        return m_choice->currentData().toString();
    const QString text = m_text->text().trimmed();
    if (m_kind != Kind::Text && text.isEmpty())
        return fail(ErrorKind::Rejected, tr("Type a value"));
    switch (m_kind) {
    case Kind::Money:
        return moneyValue();
    case Kind::Number: {
        if (m_reading != FieldReading::Plain)
            return readingValue(text);
        QString plain = text;
        plain.remove(u',').replace(QChar(0x2212), u'-');
        const Result<Decimal> number = Decimal::parse(plain);
        if (!number)
            return fail(ErrorKind::Rejected, tr("This is not a number"));
        return number->toString();
    }
    case Kind::Day:
        if (parseDate(text))
            return parseDate(text)->toString(Qt::ISODate);
        if (m_type == FieldType::DateTime && parseInstant(text, zone))
            return formatRfc3339(*parseInstant(text, zone));
        return fail(ErrorKind::Rejected, tr("This is not a date like 2026-01-31"));
    default:
        return text;
    }
}

bool FilterValueEditor::quoted() const
{
    return m_kind == Kind::Text || m_kind == Kind::Choice || m_reading != FieldReading::Plain;
}

void FilterValueEditor::focusValue()
{
    if (m_kind == Kind::Choice)
        m_choice->setFocus();
    else
        m_text->setFocus();
}

} // namespace kboss
