#include "ui/inlineedit.h"

#include "ui/datatable.h"
#include "ui/prompt.h"
#include "ui/rowcollector.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QScrollBar>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int leastLine = 96, mostNameWidth = 180, gap = 2;
} // namespace

InlineEdit::InlineEdit(WriteController *writer, DataTable *table)
    : QFrame(table->viewport()), m_writer(writer), m_table(table), m_line(new QLineEdit(table->viewport())), m_name(makeLabel({}, "label", this)),
      m_change(makeLabel({}, "heading", this)), m_fault(makeLabel({}, "fault", this)), m_save(makeButton(tr("Save"), "primary", this)),
      m_keys(makeLabel({}, "hint", this))
{
    setObjectName(u"inlineEdit"_s);
    setProperty("ground", u"raised"_s);
    setProperty("popover", true);
    setAttribute(Qt::WA_StyledBackground);
    setFrameShape(QFrame::StyledPanel);
    m_line->setObjectName(u"inlineLine"_s);
    m_save->setObjectName(u"inlineSave"_s);
    m_fault->setObjectName(u"inlineFault"_s);
    m_change->setObjectName(u"inlineChange"_s);
    const Theme *theme = writer->feed()->context().theme;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme->size("space-3"), theme->size("space-2"), theme->size("space-2"), theme->size("space-2"));
    column->setSpacing(theme->size("space-1"));
    auto *line = new QHBoxLayout;
    line->setSpacing(theme->size("space-2"));
    for (QWidget *widget : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_change)})
        line->addWidget(widget);
    line->addStretch(1);
    line->addWidget(m_save);
    line->addWidget(m_keys);
    column->addLayout(line);
    column->addWidget(m_fault);
    hide();
    m_line->hide();
    m_line->installEventFilter(this);
    m_save->installEventFilter(this);
    table->viewport()->installEventFilter(this);
    QWidget::setTabOrder(m_line, m_save);
    connect(m_line, &QLineEdit::textEdited, this, &InlineEdit::onTyped);
    connect(m_save, &QPushButton::clicked, this, &InlineEdit::save);
    for (QScrollBar *bar : {table->verticalScrollBar(), table->horizontalScrollBar()})
        connect(bar, &QScrollBar::valueChanged, this, &InlineEdit::place);
    connect(table->head(), &QHeaderView::geometriesChanged, this, &InlineEdit::place);
    connect(table->head(), &QHeaderView::sectionResized, this, &InlineEdit::place);
    connect(table->rows(), &QAbstractItemModel::layoutChanged, this, &InlineEdit::place);
    connect(table->rows(), &ResourceModel::opened, this, &InlineEdit::place);
    connect(table->rows(), &QAbstractItemModel::modelReset, this, &InlineEdit::leave); // rows of another master
    connect(writer->feed(), &ResourceFeed::changed, this, &InlineEdit::onTyped); // whether writing is possible
}

const Action *InlineEdit::actionFor(int column, const Row &row) const
{
    const auto &columns = m_table->rows()->type().columns;
    if (column < 0 || column >= static_cast<int>(columns.size()))
        return nullptr;
    const QString &id = columns[static_cast<size_t>(column)].inlineAction;
    const Action *action = id.isEmpty() ? nullptr : m_writer->action(id);
    return action && m_writer->allows(*action, &row) ? action : nullptr;
}

bool InlineEdit::hasUnsaved() const
{
    return isOpen() && !m_busy && m_line->text().trimmed() != m_before;
}

void InlineEdit::open(const Action &action, int column, const Row &row)
{
    if (isOpen() && row.key == m_row.key && column == m_column) {
        m_line->setFocus();
        return;
    }
    if (m_busy)
        return;
    askLeave([this, &action, column, row] { start(action, column, row); });
}

void InlineEdit::start(const Action &action, int column, const Row &row)
{
    const QString &name = m_table->rows()->type().columns[static_cast<size_t>(column)].field.id;
    for (const FormField &field : formFields(m_writer->feed()->type(), action, *m_writer->feed()->context().contracts)) {
        if (field.name == name)
            m_field = field;
    }
    m_action = &action;
    m_column = column;
    m_row = row;
    m_busy = false;
    const Value *value = rowValue(m_writer->feed()->type(), row, name);
    m_before = value ? typedText(*value, m_field) : QString();
    m_line->setText(m_before);
    m_line->setAlignment(alignsRight(m_table->rows()->type().columns[static_cast<size_t>(column)]) ? Qt::AlignRight : Qt::AlignLeft);
    m_line->setAccessibleName(m_field.label.text() + u' ' + rowName(m_writer->feed()->type(), row));
    m_keys->setText(tr("Enter saves · Esc leaves"));
    m_save->setText(tr("Save"));
    onTyped();
    place();
    m_line->selectAll();
    m_line->setFocus();
}

QString InlineEdit::shown(const QString &typed) const
{
    const Result<Value> value = typedValue(m_field, typed, {});
    const auto *number = value ? std::get_if<Decimal>(&*value) : nullptr;
    if (number)
        return formatAmount(*number);
    return typed.isEmpty() ? tr("not set") : typed;
}

QString InlineEdit::changeText() const
{
    return m_change->text();
}

QString InlineEdit::faultText() const
{
    return m_fault->isHidden() ? QString() : m_fault->text();
}

void InlineEdit::say(const QString &fault)
{
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    setRole(m_line, "fault", !fault.isEmpty());
    place();
}

// What is typed against what the row had, and whether it can be sent.
void InlineEdit::onTyped()
{
    if (!isOpen() || m_busy)
        return;
    const QString typed = m_line->text().trimmed();
    const QString name = rowName(m_writer->feed()->type(), m_row) + u" · "_s + m_field.label.text();
    m_name->setText(m_name->fontMetrics().elidedText(name, Qt::ElideMiddle, mostNameWidth));
    m_name->setToolTip(plainToolTip(name));
    const QString why = m_writer->feed()->whyNoWrites();
    const Result<Value> value = typedValue(m_field, typed, {});
    QString fault = value ? QString() : value.error().detail;
    if (value && isNull(*value) && m_field.required)
        fault = tr("Must be filled in");
    const Result<Value> before = typedValue(m_field, m_before, {});
    const bool changed = fault.isEmpty() && !(before && value && *before == *value);
    m_change->setText(changed               ? shown(m_before) + u" → "_s + shown(typed)
                          : fault.isEmpty() ? tr("%1, no change yet").arg(shown(m_before))
                                            : shown(m_before));
    m_save->setEnabled(changed && why.isEmpty());
    say(fault.isEmpty() ? why : fault);
}

void InlineEdit::save()
{
    if (!isOpen() || m_busy || !m_save->isEnabled())
        return;
    const Result<WritePlan> plan = m_writer->plan(*m_action, m_row, {{m_field.name, m_line->text().trimmed()}});
    if (!plan) {
        say(plan.error().detail);
        return;
    }
    m_busy = true;
    m_save->setEnabled(false);
    m_line->setReadOnly(true);
    m_keys->setText(tr("Sending…"));
    m_writer->save(*plan, [self = QPointer(this)](const Result<ActionOutcome> &outcome) {
        if (self)
            self->onSaved(outcome);
    });
}

void InlineEdit::onSaved(const Result<ActionOutcome> &outcome)
{
    m_busy = false;
    m_line->setReadOnly(false);
    m_keys->setText(tr("Enter saves · Esc leaves"));
    if (outcome) {
        const QString key = m_row.key;
        leave();
        Q_EMIT saved(key);
        return;
    }
    onTyped();
    const Error &error = outcome.error();
    say(error.kind == ErrorKind::Conflict ? conflictText(error, m_writer->feed()->type()) : error.detail);
}

void InlineEdit::leave()
{
    if (!isOpen())
        return;
    m_action = nullptr;
    m_row = {};
    m_column = -1;
    hide();
    m_line->hide();
    m_table->setFocus();
    Q_EMIT left();
}

void InlineEdit::askLeave(std::function<void()> then)
{
    if (!hasUnsaved()) {
        then();
        return;
    }
    Question question;
    question.title = tr("Leave without saving?");
    question.text = tr("%1: what you typed was not sent and would be lost.").arg(rowName(m_writer->feed()->type(), m_row));
    question.details << m_field.label.text() + u": "_s + m_change->text();
    question.acceptText = tr("Discard changes");
    question.dangerous = true;
    m_writer->feed()->context().prompt->ask(m_table, question, [self = QPointer(this), then = std::move(then)](const Answer &answer) {
        if (answer.accepted && self)
            then();
    });
}

int InlineEdit::rowOnScreen() const
{
    const int height = std::max(1, m_table->verticalHeader()->defaultSectionSize());
    const int first = m_table->verticalHeader()->offset() / height;
    const int last = std::min(m_table->rows()->rowCount() - 1, first + m_table->viewport()->height() / height + 1);
    for (int row = first; row <= last; ++row) {
        const Row *known = m_table->rows()->row(row);
        if (known && known->key == m_row.key)
            return row;
    }
    return -1;
}

// The line over the cell, the bar under it, or above where there is no room. A row that went out of sight keeps its bar at the edge.
void InlineEdit::place()
{
    if (!isOpen())
        return;
    const QRect area = m_table->viewport()->rect();
    const int row = rowOnScreen();
    QRect cell = row >= 0 ? m_table->visualRect(m_table->rows()->index(row, m_column)) : QRect();
    m_line->setVisible(row >= 0);
    adjustSize();
    if (row < 0) {
        move(std::max(0, area.width() - width() - CellDelegate::padding), 0);
    } else {
        if (cell.width() < leastLine)
            cell.setLeft(cell.right() - leastLine);
        m_line->setGeometry(cell);
        const int below = cell.bottom() + 1 + gap;
        const int top = below + height() <= area.height() ? below : cell.top() - gap - height();
        move(std::clamp(cell.right() + 1 - width(), 0, std::max(0, area.width() - width())), std::max(0, top));
    }
    show();
    raise();
    m_line->raise();
}

bool InlineEdit::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_table->viewport() && event->type() == QEvent::Resize)
        place();
    if ((object != m_line && object != m_save) || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(object, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Escape && !m_busy) {
        leave();
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        save();
        return true;
    }
    return QFrame::eventFilter(object, event);
}

} // namespace kboss
