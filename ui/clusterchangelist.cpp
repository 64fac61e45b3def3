#include "ui/clusterchangelist.h"

#include <QAbstractItemDelegate>
#include <QDateTime>
#include <QPainter>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int side = 16, above = 9, titleHeight = 20, lineHeight = 18, shapeSize = 8, textLeft = 32;

class ChangeDelegate : public QAbstractItemDelegate {
public:
    ChangeDelegate(const ClusterChangeModel *model, const Theme *theme, const QTimeZone &zone, QObject *parent)
        : QAbstractItemDelegate(parent), m_model(model), m_theme(theme), m_zone(zone)
    {
    }

    void setNow(qint64 nowMs) { m_nowMs = nowMs; }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const ClusterChange *change = m_model->change(index.row());
        return {100, 2 * above + titleHeight + lineHeight * (change && !change->text.isEmpty() ? 2 : 1)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ClusterChange *change = m_model->change(index.row());
        if (!change)
            return;
        const QRect &box = option.rect;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(box, m_theme->color("selection"));
        painter->fillRect(QRect(box.left(), box.bottom(), box.width(), 1), m_theme->color("line"));
        QRect line(box.left() + textLeft, box.top() + above, box.width() - textLeft - side, titleHeight);
        m_theme->paintShape(painter, QRectF(box.left() + side, line.top() + (titleHeight - shapeSize) / 2.0, shapeSize, shapeSize), change->tone);
        const int taken = put(painter, line, Qt::AlignRight, m_theme->figureFont(TextSize::Label), "text-2", timeOf(*change));
        put(painter, line.adjusted(0, 0, -taken - shapeSize, 0), Qt::AlignLeft, m_theme->font(TextSize::Normal, true), "text", change->title);
        line = QRect(line.left(), line.bottom() + 1, line.width(), lineHeight);
        const QFont nameFont = change->key.isEmpty() ? m_theme->font(TextSize::Label) : m_theme->monoFont(TextSize::Label);
        put(painter, line, Qt::AlignLeft, nameFont, "text-2", change->name);
        put(painter, line.translated(0, lineHeight), Qt::AlignLeft, m_theme->font(TextSize::Label), "text", change->text);
        painter->restore();
    }

private:
    int put(QPainter *painter, const QRect &place, Qt::Alignment align, const QFont &font, const char *colour, const QString &text) const
    {
        painter->setFont(font);
        painter->setPen(m_theme->color(colour));
        const QString fits = painter->fontMetrics().elidedText(text, Qt::ElideMiddle, place.width());
        painter->drawText(place, static_cast<int>(align | Qt::AlignVCenter), fits);
        return painter->fontMetrics().horizontalAdvance(fits);
    }

    QString timeOf(const ClusterChange &change) const
    {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(change.ms, m_zone), now = QDateTime::fromMSecsSinceEpoch(m_nowMs, m_zone);
        return at.toString(at.date() == now.date() ? u"HH:mm:ss"_s : u"MM-dd HH:mm"_s);
    }

    const ClusterChangeModel *m_model;
    const Theme *m_theme;
    QTimeZone m_zone;
    qint64 m_nowMs = 0;
};

} // namespace

void ClusterChangeModel::setChanges(const std::vector<ClusterChange> &changes)
{
    if (changes == m_changes)
        return;
    beginResetModel();
    m_changes = changes;
    endResetModel();
}

const ClusterChange *ClusterChangeModel::change(int row) const
{
    return row >= 0 && row < rowCount() ? &m_changes[static_cast<size_t>(row)] : nullptr;
}

int ClusterChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

QVariant ClusterChangeModel::data(const QModelIndex &index, int role) const
{
    const ClusterChange *found = index.isValid() ? change(index.row()) : nullptr;
    if (!found || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    return QStringList{found->title, found->name, found->text}.join(u"  "_s).trimmed();
}

ClusterChangeList::ClusterChangeList(Theme *theme, const QTimeZone &zone, QWidget *parent)
    : QListView(parent), m_model(new ClusterChangeModel(this)), m_theme(theme)
{
    setObjectName(u"clusterChanges"_s);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setModel(m_model);
    setItemDelegate(new ChangeDelegate(m_model, theme, zone, this));
    connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const ClusterChange *change = m_model->change(index.row()))
            Q_EMIT wanted(ClusterChange(*change));
    });
}

void ClusterChangeList::setChanges(const std::vector<ClusterChange> &changes, qint64 nowMs)
{
    static_cast<ChangeDelegate *>(itemDelegate())->setNow(nowMs);
    m_model->setChanges(changes);
    viewport()->update();
}

void ClusterChangeList::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void ClusterChangeList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color("text-3"));
    painter.drawText(viewport()->rect().adjusted(side, above, -side, 0), static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap,
                     m_emptyText);
}

} // namespace kboss
