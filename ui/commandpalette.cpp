#include "ui/commandpalette.h"

#include "ui/commandmodel.h"
#include "ui/widgets.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace kboss {

CommandPalette::CommandPalette(Theme *theme, QWidget *parent)
    : QFrame(parent), m_theme(theme), m_field(new QLineEdit(this)), m_list(new QListView(this)), m_none(makeLabel({}, "hint", this)),
      m_model(new CommandModel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(theme, m_model, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_field->installEventFilter(this);
    m_none->setAlignment(Qt::AlignCenter);
    auto *layout = new QVBoxLayout(this);
    const int gap = theme->size("space-2");
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    layout->addWidget(m_none);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    parent->installEventFilter(this);
    retranslate();
    hide();
}

void CommandPalette::open(const QList<Command> &commands)
{
    if (!isVisible())
        m_focusBefore = window()->focusWidget();
    m_model->setCommands(commands);
    m_field->clear();
    filter({});
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::closePalette()
{
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::filter(const QString &text)
{
    m_model->setText(text);
    m_list->setCurrentIndex(m_model->index(0));
    const int rows = m_model->rowCount();
    m_none->setVisible(rows == 0);
    m_list->setVisible(rows > 0);
    m_list->setFixedHeight(qMin(rows, m_theme->size("palette-rows")) * m_theme->size("palette-item"));
    place();
}

void CommandPalette::place()
{
    const int width = qMin(m_theme->size("palette-width"), parentWidget()->width() - 2 * m_theme->size("space-4"));
    setFixedWidth(width);
    layout()->activate();
    setFixedHeight(layout()->sizeHint().height());
    move((parentWidget()->width() - width) / 2, m_theme->size("title-line") + m_theme->size("space-4"));
}

bool CommandPalette::moveBy(int key)
{
    const int row = m_list->currentIndex().row(), last = m_model->rowCount() - 1, page = m_theme->size("palette-rows") - 1;
    int next = row;
    switch (key) {
    case Qt::Key_Down:
        next = row < last ? row + 1 : 0;
        break;
    case Qt::Key_Up:
        next = row > 0 ? row - 1 : last;
        break;
    case Qt::Key_PageDown:
        next = qMin(last, row + page);
        break;
    case Qt::Key_PageUp:
        next = qMax(0, row - page);
        break;
    default:
        return false;
    }
    m_list->setCurrentIndex(m_model->index(next));
    return true;
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_field)
        return false;
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        hide();
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *press = static_cast<QKeyEvent *>(event);
    if (press->key() == Qt::Key_Escape)
        closePalette();
    else if (press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter)
        runCurrent();
    else
        return moveBy(press->key());
    return true;
}

void CommandPalette::runCurrent()
{
    const Command *command = m_model->command(m_list->currentIndex().row());
    if (!command || !command->enabled)
        return;
    const auto run = command->run; // the palette may be opened anew by what it runs
    closePalette();
    if (run)
        run();
}

QStringList CommandPalette::shownTitles() const
{
    QStringList titles;
    for (int row = 0; row < m_model->rowCount(); ++row)
        titles << m_model->command(row)->title;
    return titles;
}

void CommandPalette::retranslate()
{
    m_field->setPlaceholderText(tr("Pages, actions, connections — by name, English or pinyin initials"));
    m_field->setAccessibleName(tr("Find or run"));
    m_list->setAccessibleName(tr("What was found"));
    m_none->setText(tr("Nothing of that name. English names and pinyin initials work too."));
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme->color("line-strong"));
    painter.setBrush(m_theme->color("raised"));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace kboss
