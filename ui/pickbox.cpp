#include "ui/pickbox.h"

#include "app/base/pinyin.h"
#include "ui/pickcompleter.h"
#include "ui/widgets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

PickBox::PickBox(const Rules &rules, Theme *theme, QWidget *parent)
    : QWidget(parent), m_rules(rules), m_theme(theme), m_lines(new QVBoxLayout(this)), m_combo(new QComboBox(this)),
      m_hint(makeLabel({}, "hint", this))
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(4);
    m_lines->addWidget(m_combo);
    m_lines->addWidget(m_hint);
    m_hint->setWordWrap(true);
    m_hint->hide();
    m_combo->setEditable(true);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->setMaxVisibleItems(14);
    m_combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_combo->view()->setItemDelegate(new PickDelegate(theme, m_combo->view()));
    auto *completer = new PickCompleter(m_combo->model(), theme, m_combo);
    m_combo->setCompleter(completer);
    setFocusProxy(m_combo);
    m_combo->installEventFilter(this);
    m_combo->lineEdit()->installEventFilter(this);
    connect(m_combo, &QComboBox::activated, this, &PickBox::onChosen);
    connect(m_combo->lineEdit(), &QLineEdit::textEdited, this, &PickBox::onTyped);
    connect(m_combo->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (several() && m_rules.open && !m_typed.isEmpty())
            add(m_typed);
    });
}

// Enter takes what was typed before it accepts the form; the wheel scrolls the form, not the values.
bool PickBox::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::Wheel && !m_combo->hasFocus()) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::KeyPress && object == m_combo->lineEdit() && several() && !m_typed.isEmpty()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            const PickChoice *choice = findByName(m_typed);
            if (choice || m_rules.open)
                add(choice ? choice->value : m_typed);
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

const PickChoice *PickBox::find(const QString &value) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(), [&](const PickChoice &choice) { return choice.value == value; });
    return found == m_choices.end() ? nullptr : &*found;
}

const PickChoice *PickBox::findByName(const QString &name) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(),
                                    [&](const PickChoice &choice) { return choice.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == m_choices.end() ? nullptr : &*found;
}

void PickBox::setChoices(std::vector<PickChoice> choices)
{
    if (choices == m_choices)
        return;
    m_choices = std::move(choices);
    fillCombo();
}

void PickBox::fillCombo()
{
    const QSignalBlocker quiet(m_combo);
    const bool typing = m_combo->lineEdit()->hasFocus() && !m_typed.isEmpty();
    const int cursor = m_combo->lineEdit()->cursorPosition();
    m_combo->clear();
    if (m_rules.mayBeEmpty && !several() && !m_rules.open)
        m_combo->addItem(tr("not set"), QString());
    for (const PickChoice &choice : m_choices) {
        if (several() && m_values.contains(choice.value))
            continue;
        m_combo->addItem(choice.name, choice.value);
        const int at = m_combo->count() - 1;
        m_combo->setItemData(at, choice.note, PickNoteRole);
        m_combo->setItemData(at, QString(choice.name + u' ' + choice.note + u' ' + pinyinInitials(choice.name)), PickSearchRole);
        m_combo->setItemData(at, plainToolTip(choice.note.isEmpty() ? choice.name : choice.name + u'\n' + choice.note), Qt::ToolTipRole);
    }
    showCurrent();
    if (typing)
        m_combo->lineEdit()->setCursorPosition(cursor);
    if (several())
        showSeveral();
}

void PickBox::setHint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
}

QString PickBox::hint() const
{
    return m_hint->text();
}

void PickBox::setWaiting(bool waiting)
{
    if (m_waiting == waiting)
        return;
    m_waiting = waiting;
    showCurrent();
    if (several())
        showSeveral();
}

QString PickBox::text() const
{
    return several() ? m_values.join(m_rules.separator) : m_values.value(0);
}

void PickBox::setText(const QString &text)
{
    const QSignalBlocker quiet(m_combo);
    m_values = several() ? splitValues(text, m_rules.separator) : text.isEmpty() ? QStringList() : QStringList{text};
    m_typed.clear();
    fillCombo();
}

QString PickBox::wordsOf(const QString &text) const
{
    QStringList words;
    const QStringList values = several() ? splitValues(text, m_rules.separator) : QStringList{text};
    for (const QString &value : values) {
        const PickChoice *choice = find(value);
        words << (choice ? choice->name : m_rules.open ? value : m_waiting ? tr("being read") : tr("no longer in the list"));
    }
    return text.isEmpty() ? QString() : words.join(several() ? u", "_s : QString());
}

QString PickBox::fault() const
{
    if (!m_typed.isEmpty() && !m_rules.open)
        return tr("“%1” is not in the list: choose one of it").arg(m_typed);
    if (m_rules.open || m_waiting)
        return {};
    for (const QString &value : m_values) {
        if (!find(value))
            return tr("What was chosen is no longer in the list");
    }
    return {};
}

// The line shows the name of what is chosen; nothing where several are.
void PickBox::showCurrent()
{
    const QSignalBlocker quiet(m_combo);
    QLineEdit *line = m_combo->lineEdit();
    line->setPlaceholderText(several() ? tr("Add…") : m_choices.empty() ? QString() : tr("Type to search"));
    const QString value = several() ? QString() : m_values.value(0);
    m_combo->setCurrentIndex(value.isEmpty() ? -1 : m_combo->findData(value));
    if (!m_typed.isEmpty())
        line->setText(m_typed);
    else if (value.isEmpty())
        line->clear();
    else
        line->setText(wordsOf(value));
    line->setCursorPosition(0);
}

void PickBox::onTyped(const QString &text)
{
    const QString trimmed = text.trimmed();
    const PickChoice *choice = findByName(trimmed);
    if (several()) {
        m_typed = trimmed;
        Q_EMIT edited();
        return;
    }
    m_typed = choice || m_rules.open ? QString() : trimmed;
    m_values.clear();
    if (choice)
        m_values << choice->value;
    else if (m_rules.open && !trimmed.isEmpty())
        m_values << trimmed;
    Q_EMIT edited();
}

void PickBox::onChosen(int index)
{
    const QString value = m_combo->itemData(index).toString();
    m_typed.clear();
    if (several()) {
        add(value);
        return;
    }
    m_values = value.isEmpty() ? QStringList() : QStringList{value};
    showCurrent();
    Q_EMIT edited();
}

void PickBox::add(QString value)
{
    m_typed.clear();
    if (!value.isEmpty() && !m_values.contains(value))
        m_values << value;
    fillCombo();
    Q_EMIT edited();
}

void PickBox::remove(QString value)
{
    m_values.removeAll(value);
    fillCombo();
    m_combo->setFocus();
    Q_EMIT edited();
}

void PickBox::showSeveral()
{
    for (QWidget *line : m_chosen)
        line->deleteLater();
    m_chosen.clear();
    for (const QString &value : m_values) {
        auto *line = new QWidget(this);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(2, 0, 0, 0);
        row->setSpacing(4);
        const PickChoice *choice = find(value);
        auto *name = makeLabel(wordsOf(value), "", line);
        name->setToolTip(plainToolTip(choice ? choice->note : value));
        row->addWidget(name);
        if (choice && !choice->note.isEmpty())
            row->addWidget(makeLabel(choice->note, "hint", line));
        auto *away = makeIconButton(m_theme, u"close"_s, tr("Remove %1").arg(wordsOf(value)), line);
        connect(away, &QToolButton::clicked, this, [this, value] { remove(value); });
        row->addWidget(away);
        row->addStretch(1);
        m_lines->insertWidget(static_cast<int>(m_chosen.size()), line);
        m_chosen.push_back(line);
    }
}

} // namespace kboss
