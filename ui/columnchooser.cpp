#include "ui/columnchooser.h"

#include "ui/widgets.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

ColumnChooser::ColumnChooser(const ResourceType &type, QWidget *parent) : QFrame(parent), m_type(type), m_list(new QListWidget(this))
{
    setObjectName(u"columnChooser"_s);
    setProperty("ground", u"raised"_s);
    setProperty("role", u"popup"_s);
    setFrameShape(QFrame::StyledPanel);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumSize(220, 360);
    m_list->installEventFilter(this);
    auto *reset = makeButton(tr("Default columns"), "quiet", this);
    auto *close = makeButton(tr("Done"), "", this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(reset);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(makeLabel(tr("Columns: tick to show, drag to move"), "hint", this));
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::itemChanged, this, &ColumnChooser::tell);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ColumnChooser::tell);
    connect(reset, &QPushButton::clicked, this, [this] {
        Q_EMIT resetAsked();
        hide();
    });
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void ColumnChooser::open(const QStringList &order, const QStringList &visible, const QPoint &topRight)
{
    m_filling = true;
    m_list->clear();
    for (const QString &id : order) {
        const ColumnSpec *column = m_type.column(id);
        if (!column)
            continue;
        auto *item = new QListWidgetItem(column->label.text(), m_list);
        item->setData(Qt::UserRole, id);
        item->setFlags((item->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsDropEnabled);
        item->setCheckState(visible.contains(id) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
    m_filling = false;
    adjustSize();
    const int tall = std::min(sizeHint().height() + 120, parentWidget()->height() - topRight.y() - 8);
    setGeometry(topRight.x() - sizeHint().width(), topRight.y(), sizeHint().width(), std::max(tall, 200));
    show();
    raise();
    m_list->setFocus();
}

void ColumnChooser::tell()
{
    if (m_filling)
        return;
    QStringList visible, order;
    for (int i = 0; i < m_list->count(); ++i) {
        const QString id = m_list->item(i)->data(Qt::UserRole).toString();
        order << id;
        if (m_list->item(i)->checkState() == Qt::Checked)
            visible << id;
    }
    if (!visible.isEmpty())
        Q_EMIT chosen(visible, order);
}

void ColumnChooser::moveCurrent(int by)
{
    const int from = m_list->currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count())
        return;
    m_filling = true;
    QListWidgetItem *item = m_list->takeItem(from);
    m_list->insertItem(to, item);
    m_list->setCurrentRow(to);
    m_filling = false;
    tell();
}

bool ColumnChooser::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_list && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers().testFlag(Qt::AltModifier) && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            moveCurrent(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return QFrame::eventFilter(object, event);
}

void ColumnChooser::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return)
        hide();
    else
        QFrame::keyPressEvent(event);
}

} // namespace kboss
