#include "ui/rowchooser.h"

#include "app/base/watchresult.h"
#include "ui/filterconditions.h"
#include "ui/resourcefeed.h"
#include "ui/widgets.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

RowChooser::RowChooser(ResourceFeed *feed, Theme *theme, QWidget *host)
    : QFrame(host), m_feed(feed), m_theme(theme), m_field(new QLineEdit(this)), m_list(new QListView(this)), m_none(makeLabel({}, "hint", this))
{
    setObjectName(u"rowChooser-"_s + feed->type().id);
    m_list->setModel(feed->model());
    m_list->setModelColumn(feed->type().schema().indexOf(feed->type().nameField));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_none->setAlignment(Qt::AlignCenter);
    m_field->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    const int gap = theme->size("space-2");
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    layout->addWidget(m_none);
    connect(m_field, &QLineEdit::textEdited, this, &RowChooser::search);
    connect(m_list, &QListView::clicked, this, &RowChooser::chooseCurrent);
    connect(feed, &ResourceFeed::rowsChanged, this, &RowChooser::fit);
    retranslate();
    hide();
}

void RowChooser::retranslate()
{
    const QString title = m_feed->type().title.text();
    m_field->setPlaceholderText(tr("Find by name"));
    m_field->setAccessibleName(tr("Find in %1").arg(title));
    m_list->setAccessibleName(title);
    m_none->setText(tr("Nothing of that name"));
}

void RowChooser::openAt(const QPoint &at, const QString &currentKey)
{
    m_field->clear();
    search({});
    move(at);
    fit();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
    watchResult(m_feed->model()->find(currentKey), this, [this](const Result<qint64> &position) {
        const int row = position ? std::max(0, m_feed->model()->lineOf(*position)) : 0;
        m_list->setCurrentIndex(m_feed->model()->index(row, std::max(0, m_list->modelColumn())));
    });
}

void RowChooser::search(const QString &text)
{
    FilterConditions conditions;
    conditions.search = text.trimmed();
    RowQuery query = m_feed->model()->query();
    query.filter = conditions.combined();
    m_feed->setQuery(query);
}

void RowChooser::fit()
{
    const int rows = m_feed->model()->rowCount(), most = m_theme->size("palette-rows");
    m_none->setVisible(rows == 0);
    m_list->setVisible(rows > 0);
    m_list->setFixedHeight(std::clamp(rows, 1, most) * std::max(m_theme->rowHeight(), m_list->sizeHintForRow(0)));
    setFixedWidth(m_theme->size("panel-width"));
    layout()->activate();
    setFixedHeight(layout()->sizeHint().height());
    if (!m_list->currentIndex().isValid() && rows > 0)
        m_list->setCurrentIndex(m_feed->model()->index(0, std::max(0, m_list->modelColumn())));
}

void RowChooser::chooseCurrent()
{
    const Row *row = m_feed->model()->row(m_list->currentIndex().row());
    if (!row || row->key.isEmpty())
        return;
    const QString key = row->key;
    leave();
    Q_EMIT chosen(key);
}

void RowChooser::leave()
{
    hide();
    search({});
}

bool RowChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || !isVisible())
        return false;
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        leave();
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *press = static_cast<QKeyEvent *>(event);
    const int row = m_list->currentIndex().row(), last = m_feed->model()->rowCount() - 1;
    switch (press->key()) {
    case Qt::Key_Escape:
        leave();
        parentWidget()->setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        chooseCurrent();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int next = std::clamp(press->key() == Qt::Key_Down ? row + 1 : row - 1, 0, std::max(0, last));
        m_list->setCurrentIndex(m_feed->model()->index(next, std::max(0, m_list->modelColumn())));
        return true;
    }
    default:
        return false;
    }
}

void RowChooser::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme->color("line-strong"));
    painter.setBrush(m_theme->color("raised"));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace kboss
