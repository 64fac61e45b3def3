// The part of a form that only special pages use: sections, and fields that come and go with others.
#include "ui/editform.h"
#include "ui/fieldeditor.h"
#include "ui/formoffers.h"
#include "ui/widgets.h"

#include <QGridLayout>

namespace kboss {

using namespace Qt::StringLiterals;

void EditForm::setShape(FormShape shape)
{
    m_shape = std::move(shape);
    if (m_shape.adapt)
        m_shape.adapt(m_fields);
}

void EditForm::setChoices(const QString &field, std::vector<PickChoice> choices)
{
    m_choices.insert(field, std::move(choices));
    if (m_offers && !m_lines.isEmpty())
        m_offers->update();
}

const std::vector<PickChoice> *EditForm::choicesOf(const QString &field) const
{
    const auto known = m_choices.constFind(field);
    return known == m_choices.constEnd() ? nullptr : &*known;
}

void EditForm::applyAgain()
{
    if (m_lines.isEmpty())
        return;
    applyRules();
    recheck();
}

int EditForm::buildSection(QGridLayout *grid, int at, const FormSection &section)
{
    Heading heading{section.id, makeLabel(section.title, "heading", this), makeLabel({}, "hint", this), section.fields};
    heading.title->setContentsMargins(0, at == 0 ? 0 : m_theme->size("space-3"), 0, 0);
    heading.note->setObjectName(u"note-"_s + section.id);
    heading.note->setWordWrap(true);
    heading.note->hide();
    grid->addWidget(heading.title, at, 0, 1, 2);
    grid->addWidget(heading.note, at + 1, 0, 1, 2);
    m_headings.push_back(heading);
    int row = at + 2;
    for (const QString &name : section.fields) {
        const auto field = std::find_if(m_fields.begin(), m_fields.end(), [&name](const FormField &one) { return one.name == name; });
        if (field == m_fields.end())
            continue;
        buildLine(grid, row, *field);
        row += 2;
    }
    return row;
}

void EditForm::showLine(const QString &field, bool shown)
{
    const Line &line = m_lines[field];
    line.label->setVisible(shown);
    line.editor->setVisible(shown);
    if (!shown) {
        line.undo->hide();
        line.fault->hide();
    }
    QSizePolicy keep = line.undo->sizePolicy();
    keep.setRetainSizeWhenHidden(shown);
    line.undo->setSizePolicy(keep);
}

// A rule may change what another one looks at: a type decides the image, the image what goes with it.
void EditForm::applyShape()
{
    if (!m_shape.rules)
        return;
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
        const FormInput now = input();
        m_rules = m_shape.rules(now);
        for (const FormField &field : m_fields) {
            const FieldRule rule = m_rules.value(field.name);
            FieldEditor *editor = m_lines.value(field.name).editor;
            if (!rule.allowed.isEmpty())
                editor->setAllowed(rule.allowed);
            if (rule.value && editor->text() != *rule.value)
                editor->setText(*rule.value);
        }
        if (input() == now)
            break;
    }
    for (const FormField &field : m_fields)
        showLine(field.name, !isHidden(field.name));
    for (const Heading &heading : m_headings) {
        const bool any = std::any_of(heading.fields.begin(), heading.fields.end(),
                                     [this](const QString &name) { return m_lines.contains(name) && !isHidden(name); });
        const QString note = m_shape.note ? m_shape.note(heading.id, input()) : QString();
        heading.title->setVisible(any);
        heading.note->setText(note);
        heading.note->setVisible(any && !note.isEmpty());
    }
}

void EditForm::takeRuleFaults()
{
    for (auto rule = m_rules.cbegin(); rule != m_rules.cend(); ++rule) {
        if (rule->hidden)
            m_faults.remove(rule.key());
        else if (!rule->fault.isEmpty() && !m_faults.contains(rule.key()))
            m_faults.insert(rule.key(), rule->fault);
    }
}

} // namespace kboss
