#include "ui/fieldeditor.h"

#include "ui/pickbox.h"
#include "ui/specbox.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>

namespace kboss {

using namespace Qt::StringLiterals;

FieldEditor::FieldEditor(const FormField &field, const QString &unit, Theme *theme, QWidget *parent)
    : QWidget(parent), m_type(field.type), m_values(field.values), m_secret(field.secret)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    buildInput(field, unit, theme);
    line->addWidget(input(), m_check ? 1 : 0);
    const int wide = widthOf(field);
    if (wide > 0 && input() != m_check)
        input()->setFixedWidth(wide);
    if (m_unit)
        m_unit->setFont(theme->font(TextSize::Label));
    input()->setObjectName(u"field-"_s + field.name);
    input()->setAccessibleName(field.label.text());
    setFocusProxy(input());
}

void FieldEditor::buildInput(const FormField &field, const QString &unit, Theme *theme)
{
    if (field.type == FieldType::Boolean) {
        m_check = new QCheckBox(this);
        connect(m_check, &QCheckBox::toggled, this, &FieldEditor::edited);
    } else if (field.offer && field.offer->parts) {
        m_spec = new SpecBox(theme, this);
        connect(m_spec, &SpecBox::edited, this, &FieldEditor::edited);
    } else if (isChosen(field)) {
        buildPick(field, theme);
    } else if (!field.values.empty()) {
        m_list = new QComboBox(this);
        if (!field.required)
            m_list->addItem(tr("not set"), QString());
        for (const EnumLabel &value : field.values)
            m_list->addItem(value.label.text(), value.value);
        connect(m_list, &QComboBox::currentIndexChanged, this, &FieldEditor::edited);
    } else {
        buildLine(field, unit);
    }
}

void FieldEditor::buildPick(const FormField &field, Theme *theme)
{
    PickBox::Rules rules;
    rules.open = field.offer->open || (!field.offer->pick && field.values.empty());
    rules.mayBeEmpty = !field.required;
    rules.separator = field.offer->separator;
    m_pick = new PickBox(rules, theme, this);
    m_pick->setChoices(suggestedChoices(field, {}));
    m_pick->combo()->setAccessibleName(field.label.text());
    connect(m_pick, &PickBox::edited, this, &FieldEditor::edited);
}

bool FieldEditor::isChosen(const FormField &field)
{
    return field.offer && !field.secret
        && (field.offer->pick || !field.offer->suggest.isEmpty() || !field.offer->suggestBy.isEmpty() || !field.offer->separator.isEmpty());
}

QString FieldEditor::fault() const
{
    return m_spec ? m_spec->fault() : m_pick ? m_pick->fault() : QString();
}

void FieldEditor::buildLine(const FormField &field, const QString &unit)
{
    m_line = new QLineEdit(this);
    const bool figures = field.type == FieldType::Money || field.type == FieldType::Integer || field.type == FieldType::Decimal;
    if (figures)
        m_line->setAlignment(Qt::AlignRight);
    if (m_secret) {
        m_line->setEchoMode(QLineEdit::Password);
        m_line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoPredictiveText);
    }
    if (field.type == FieldType::Date)
        m_line->setPlaceholderText(u"2026-01-31"_s);
    if (!unit.isEmpty()) {
        m_unit = makeLabel(unit, "hint", m_line);
        m_unit->setAttribute(Qt::WA_TransparentForMouseEvents);
        m_line->setTextMargins(0, 0, m_unit->sizeHint().width() + 8, 0);
    }
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        group();
        Q_EMIT finished();
    });
}

int FieldEditor::widthOf(const FormField &field)
{
    if (field.type == FieldType::Money)
        return 168;
    if (field.type == FieldType::Integer || field.type == FieldType::Decimal || field.type == FieldType::Date)
        return 128;
    if (isChosen(field))
        return 0;
    if (!field.values.empty())
        return 168;
    return 0;
}

QWidget *FieldEditor::input() const
{
    if (m_check)
        return m_check;
    if (m_spec)
        return m_spec;
    if (m_pick)
        return m_pick;
    return m_list ? static_cast<QWidget *>(m_list) : m_line;
}

QString FieldEditor::text() const
{
    if (m_check)
        return m_check->isChecked() ? u"true"_s : u"false"_s;
    if (m_spec)
        return m_spec->text();
    if (m_pick)
        return m_pick->text();
    if (m_list)
        return m_list->currentData().toString();
    return m_secret ? m_line->text() : m_line->text().trimmed();
}

void FieldEditor::setText(const QString &text)
{
    const QSignalBlocker quiet(input());
    if (m_spec) {
        m_spec->setText(text);
    } else if (m_pick) {
        m_pick->setText(text);
    } else if (m_check) {
        m_check->setChecked(text == "true"_L1);
    } else if (m_list) {
        int at = m_list->findData(text);
        if (at < 0) { // what the service holds is kept, even when the list does not know it
            m_list->addItem(text.isEmpty() ? tr("not set") : text, text);
            at = m_list->count() - 1;
        }
        m_list->setCurrentIndex(at);
    } else {
        m_line->setText(text);
        m_line->setCursorPosition(0); // a long address shows its beginning
    }
}

void FieldEditor::group()
{
    if (m_type != FieldType::Money || m_line->text().trimmed().isEmpty())
        return;
    if (const Result<Money> typed = parseTypedMoney(m_line->text(), u"CNY"_s))
        m_line->setText(formatAmount(*typed).replace(QChar(0x2212), u'-'));
}

void FieldEditor::setFault(bool fault)
{
    setRole(m_pick ? static_cast<QWidget *>(m_pick->combo()) : input(), "fault", fault);
}

void FieldEditor::setAllowed(const QStringList &values)
{
    if (!m_list)
        return;
    QStringList now, wanted;
    for (int i = 0; i < m_list->count(); ++i)
        now << m_list->itemData(i).toString();
    for (const EnumLabel &value : m_values) {
        if (values.contains(value.value))
            wanted << value.value;
    }
    m_list->setEnabled(wanted.size() > 1);
    if (now == wanted) // it may be this very list that was chosen from
        return;
    const QString before = text();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const EnumLabel &value : m_values) {
        if (wanted.contains(value.value))
            m_list->addItem(value.label.text(), value.value);
    }
    const int at = m_list->findData(before);
    m_list->setCurrentIndex(at < 0 ? 0 : at);
}

void FieldEditor::setKeepsSecret(bool keeps)
{
    if (m_secret && m_line)
        m_line->setPlaceholderText(keeps ? tr("empty = unchanged") : QString());
}

void FieldEditor::setReadOnlyReason(const QString &reason)
{
    input()->setEnabled(reason.isEmpty());
    setToolTip(reason);
}

void FieldEditor::placeUnit()
{
    if (!m_unit)
        return;
    m_unit->adjustSize();
    m_unit->move(m_line->width() - m_unit->width() - 10, (m_line->height() - m_unit->height()) / 2);
}

bool FieldEditor::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_line && (event->type() == QEvent::Resize || event->type() == QEvent::Show))
        placeUnit();
    return QWidget::eventFilter(object, event);
}

void FieldEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeUnit();
}

} // namespace kboss
