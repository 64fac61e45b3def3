#include "ui/askbar.h"

#include "ui/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int numberWidth = 84, typingPause = 300;
}

AskBar::AskBar(ResourceFeed *feed, QWidget *parent) : QWidget(parent), m_feed(feed)
{
    setObjectName(u"askBar"_s);
    m_later.setSingleShot(true);
    m_later.setInterval(typingPause); // of a person who goes on typing only the last is asked
    connect(&m_later, &QTimer::timeout, this, &AskBar::apply);
    build();
    setValues(feed->type().listParameters);
}

const OperationParameter *AskBar::parameter(const QString &name) const
{
    const Operation *operation = m_feed->context().contracts->find(m_feed->type().listOperation);
    for (const OperationParameter &known : operation->parameters) {
        if (known.name == name)
            return &known;
    }
    return nullptr;
}

void AskBar::build()
{
    const Theme *theme = m_feed->context().theme;
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, theme->size("space-4"), 0);
    line->setSpacing(theme->size("space-2"));
    for (const QString &name : m_feed->type().asked) {
        const OperationParameter *known = parameter(name);
        Ask ask{name};
        if (known->schema->enumValues.isEmpty()) {
            ask.number = new QSpinBox(this);
            ask.number->setRange(static_cast<int>(*known->schema->minimum), static_cast<int>(*known->schema->maximum));
            ask.number->setFixedWidth(numberWidth);
            ask.number->setObjectName(u"ask-"_s + name);
            line->addWidget(makeLabel({}, "label", this));
            line->addWidget(ask.number);
            connect(ask.number, &QSpinBox::valueChanged, &m_later, qOverload<>(&QTimer::start));
        } else {
            ask.list = new QComboBox(this);
            ask.list->setObjectName(u"ask-"_s + name);
            for (const QString &value : known->schema->enumValues)
                ask.list->addItem(value, value);
            line->addWidget(ask.list);
            connect(ask.list, &QComboBox::currentIndexChanged, this, &AskBar::apply);
        }
        m_asks.push_back(ask);
    }
    retranslate();
}

void AskBar::retranslate()
{
    const auto labels = findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly);
    qsizetype label = 0;
    for (const Ask &ask : m_asks) {
        const JsonSchema &schema = *parameter(ask.name)->schema;
        const QString title = Label{schema.title, schema.titleEn}.text();
        if (ask.number) {
            ask.number->setAccessibleName(title);
            labels[label++]->setText(title);
            continue;
        }
        ask.list->setAccessibleName(title);
        for (int i = 0; i < ask.list->count(); ++i) {
            const QString words = Label{schema.enumTitles.value(i), schema.enumTitlesEn.value(i)}.text();
            ask.list->setItemText(i, words.isEmpty() ? ask.list->itemData(i).toString() : words);
        }
    }
}

QHash<QString, QString> AskBar::values() const
{
    QHash<QString, QString> values;
    for (const Ask &ask : m_asks)
        values.insert(ask.name, ask.number ? QString::number(ask.number->value()) : ask.list->currentData().toString());
    return values;
}

void AskBar::setValues(const QHash<QString, QString> &values)
{
    for (const Ask &ask : m_asks) {
        if (!values.contains(ask.name))
            continue;
        const QString value = values.value(ask.name);
        bool whole = false;
        const int number = value.toInt(&whole);
        const QSignalBlocker quiet(ask.number ? static_cast<QObject *>(ask.number) : ask.list);
        if (ask.number && whole)
            ask.number->setValue(number);
        else if (ask.list && ask.list->findData(value) >= 0)
            ask.list->setCurrentIndex(ask.list->findData(value));
    }
    apply();
}

void AskBar::apply()
{
    m_later.stop();
    m_feed->setAsked(values());
    Q_EMIT changed();
}

} // namespace kboss
