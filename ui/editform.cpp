#include "ui/editform.h"

#include "models/partspec.h"
#include "ui/fieldeditor.h"
#include "ui/formoffers.h"
#include "ui/pickbox.h"
#include "ui/widgets.h"

#include <QGridLayout>
#include <QPainter>
#include <QSet>

namespace kboss {

using namespace Qt::StringLiterals;

EditForm::EditForm(std::vector<FormField> fields, const ResourceType &type, Theme *theme, QWidget *parent)
    : QWidget(parent), m_fields(std::move(fields)), m_type(type), m_theme(theme)
{
    for (const FormField &field : m_fields) {
        if (field.type == FieldType::Money)
            m_currency = u"CNY"_s;
    }
}

void EditForm::buildLine(QGridLayout *grid, int row, const FormField &field)
{
    Line line{};
    const QString unit = field.type == FieldType::Money ? m_currency : field.unit;
    line.label = makeLabel(field.label.text(), "label", this);
    line.label->setWordWrap(true);
    line.label->setFixedWidth(m_theme->size("form-label") - 6);
    line.editor = new FieldEditor(field, unit, m_theme, this);
    line.label->setBuddy(line.editor);
    line.undo = makeIconButton(m_theme, u"undo"_s, tr("Back to the old value"), this);
    line.undo->setObjectName(u"undo-"_s + field.name);
    line.fault = makeLabel({}, "fault", this);
    line.fault->setObjectName(u"fault-"_s + field.name);
    line.fault->setWordWrap(true);
    line.fault->hide();
    QSizePolicy keep = line.undo->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    line.undo->setSizePolicy(keep);
    line.undo->hide();
    auto *cell = new QHBoxLayout;
    cell->setSpacing(6);
    cell->addWidget(line.editor, FieldEditor::widthOf(field) == 0 ? 1 : 0);
    cell->addWidget(line.undo);
    if (FieldEditor::widthOf(field) != 0)
        cell->addStretch(1);
    line.label->setMinimumHeight(m_theme->size("field"));
    if (line.editor->spec()) { // a list of lines takes the whole width, under its label
        auto *both = new QVBoxLayout;
        both->setSpacing(0);
        both->addWidget(line.label);
        both->addLayout(cell);
        grid->addLayout(both, row, 0, 1, 2);
        grid->addWidget(line.fault, row + 1, 0, 1, 2);
    } else {
        grid->addWidget(line.label, row, 0, Qt::AlignTop | Qt::AlignLeft);
        grid->addLayout(cell, row, 1);
        grid->addWidget(line.fault, row + 1, 1);
    }
    const QString name = field.name;
    connect(line.editor, &FieldEditor::edited, this, [this, name] { onEdited(name); });
    connect(line.undo, &QToolButton::clicked, this, [this, name] {
        editor(name)->setText(m_initial.value(name));
        onEdited(name);
        editor(name)->setFocus();
    });
    m_lines.insert(name, line);
}

void EditForm::setGround(const AppContext &context, const FormGround &ground)
{
    delete m_offers;
    m_offers = new FormOffers(context, ground, this);
}

void EditForm::recheck()
{
    check();
    Q_EMIT changed();
}

void EditForm::start(const FormInput &initial, const QString &currency, bool creating)
{
    const bool same = !m_lines.isEmpty() && (currency.isEmpty() || currency == m_currency);
    m_initial = initial;
    m_creating = creating;
    if (!currency.isEmpty())
        m_currency = currency;
    m_touched.clear();
    m_locked.clear();
    m_serverFaults.clear();
    if (!same) // making widgets is what costs
        buildLines();
    for (const FormField &field : m_fields) {
        m_lines.value(field.name).editor->setText(initial.value(field.name));
        m_lines.value(field.name).editor->setKeepsSecret(!creating);
    }
    applyRules();
    if (m_offers)
        m_offers->update();
    check();
}

void EditForm::buildLines()
{
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    delete layout();
    m_lines.clear();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(m_theme->size("space-4"), m_theme->size("space-2"), m_theme->size("space-2"), m_theme->size("space-2"));
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    m_headings.clear();
    for (const FormSection &section : m_shape.sections)
        row = buildSection(grid, row, section);
    for (const FormField &field : m_fields) {
        if (m_lines.contains(field.name))
            continue;
        buildLine(grid, row, field);
        row += 2;
    }
}

FieldEditor *EditForm::editor(const QString &field) const
{
    const auto line = m_lines.find(field);
    return line == m_lines.end() ? nullptr : line->editor;
}

FormInput EditForm::input() const
{
    FormInput input;
    for (const FormField &field : m_fields)
        input.insert(field.name, m_lines.value(field.name).editor->text());
    return input;
}

bool EditForm::isChanged(const FormField &field) const
{
    const QString now = m_lines.value(field.name).editor->text();
    const QString before = m_initial.value(field.name);
    if (now == before || (field.secret && now.isEmpty()))
        return false;
    if (field.type == FieldType::Boolean)
        return (now == "true"_L1) != (before == "true"_L1);
    if (field.type == FieldType::Decimal) {
        const Result<Value> a = typedValue(field, now, m_currency), b = typedValue(field, before, m_currency);
        return !a || !b || *a != *b; // "0.180" is "0.18"
    }
    if (field.type != FieldType::Money)
        return true;
    const Result<Money> a = parseTypedMoney(now, m_currency), b = parseTypedMoney(before, m_currency);
    return !a || !b || a->amount() != b->amount(); // "1234.5" is "1,234.50"
}

QStringList EditForm::changedFields() const
{
    QStringList names;
    for (const FormField &field : m_fields) {
        if (isChanged(field))
            names << field.name;
    }
    return names;
}

void EditForm::onEdited(const QString &field)
{
    m_touched.insert(field);
    m_serverFaults.remove(field);
    applyRules();
    if (m_offers)
        m_offers->update();
    check();
    Q_EMIT changed();
}

bool EditForm::blocksThresholds(const FormField &field) const
{
    if (!field.offSwitch.isEmpty() && m_lines.contains(field.offSwitch) && m_lines.value(field.offSwitch).editor->text() == "true"_L1)
        return true;
    // A switch named disable_<x> that is on turns off what begins with <x>.
    for (const FormField &other : m_fields) {
        if (other.type != FieldType::Boolean || !other.name.startsWith("disable_"_L1) || other.name == field.name)
            continue;
        if (field.name.startsWith(other.name.mid(8)) && m_lines.value(other.name).editor->text() == "true"_L1)
            return true;
    }
    return false;
}

void EditForm::applyRules()
{
    for (const FormField &field : m_fields) {
        FieldEditor *editor = m_lines.value(field.name).editor;
        const auto followed = followedValue(field, input());
        if (followed && editor->text() != *followed)
            editor->setText(*followed);
        const QString leader = followed ? labelOf(field.offer->by) : QString();
        const QString locked = m_locked.value(field.name);
        const QString condition = field.offer ? field.offer->whenMember : QString();
        const bool wanted = condition.isEmpty() || this->editor(condition)->text() == field.offer->whenValue;
        editor->setReadOnlyReason(!locked.isEmpty()             ? locked
                                      : blocksThresholds(field) ? tr("The alarm is off")
                                      : followed                ? tr("Follows “%1”").arg(leader)
                                      : !wanted                 ? tr("Only where “%1” is something else").arg(labelOf(condition))
                                                                : QString());
        if (!condition.isEmpty()) { // what is not asked for is not in the way
            m_lines[field.name].label->setVisible(wanted);
            editor->setVisible(wanted);
        }
    }
    applyShape();
}

void EditForm::lock(const QString &field, const QString &why)
{
    m_locked.insert(field, why);
    applyRules();
}

QString EditForm::labelOf(const QString &name) const
{
    for (const FormField &field : m_fields) {
        if (field.name == name)
            return field.label.text();
    }
    return name;
}

void EditForm::check()
{
    m_faults = checkForm(m_fields, input(), m_currency);
    for (const FormField &field : m_fields) {
        if (const QString own = m_lines[field.name].editor->fault(); !own.isEmpty())
            m_faults.insert(field.name, own);
    }
    for (auto it = m_serverFaults.cbegin(); it != m_serverFaults.cend(); ++it)
        m_faults.insert(it.key(), it.value());
    takeRuleFaults();
    for (const FormField &field : m_fields) {
        const Line &line = m_lines[field.name];
        const bool changedNow = isChanged(field);
        const bool tell = m_touched.contains(field.name) || changedNow || m_serverFaults.contains(field.name);
        const QString fault = tell ? m_faults.value(field.name) : QString();
        line.fault->setText(fault);
        line.fault->setVisible(!fault.isEmpty());
        line.editor->setFault(!fault.isEmpty());
        line.undo->setVisible(changedNow && !m_creating && !isHidden(field.name));
    }
    update();
}

void EditForm::showAllFaults()
{
    for (const FormField &field : m_fields)
        m_touched.insert(field.name);
    check();
    for (const FormField &field : m_fields) {
        if (m_faults.contains(field.name)) {
            editor(field.name)->setFocus();
            return;
        }
    }
}

void EditForm::setServerFault(const QString &field, const QString &text)
{
    const QString name = field.section(u'.', 0, 0);
    if (!m_lines.contains(name))
        return;
    m_serverFaults.insert(name, text);
    check();
    editor(name)->setFocus();
    Q_EMIT changed();
}

QString EditForm::displayText(const FormField &field, const QString &text) const
{
    if (field.secret)
        return text.isEmpty() ? tr("unchanged") : u"••••••"_s;
    if (const PickBox *pick = editor(field.name) ? editor(field.name)->pick() : nullptr; pick && !text.isEmpty())
        return pick->wordsOf(text);
    if (field.type == FieldType::Boolean)
        return text == "true"_L1 ? tr("yes") : tr("no");
    if (text.isEmpty())
        return tr("not set");
    if (field.offer && field.offer->parts)
        return specWords(text);
    for (const EnumLabel &value : field.values) {
        if (value.value == text)
            return value.label.text();
    }
    if (field.type == FieldType::Money) {
        if (const Result<Money> typed = parseTypedMoney(text, m_currency))
            return formatAmount(*typed);
    }
    return text;
}

void EditForm::type(const QString &field, const QString &text)
{
    if (FieldEditor *known = editor(field)) {
        known->setText(text);
        onEdited(field);
    }
}

void EditForm::paintEvent(QPaintEvent *)
{
    if (m_creating)
        return;
    QPainter painter(this);
    for (const FormField &field : m_fields) {
        if (!isChanged(field) || isHidden(field.name))
            continue;
        const QRect place = m_lines[field.name].editor->geometry();
        painter.fillRect(QRect(0, place.top(), m_theme->size("changed-bar"), place.height()), m_theme->color("info"));
    }
}

} // namespace kboss
