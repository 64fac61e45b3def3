#include "ui/tablelayout.h"

#include "ui/settings.h"

#include <QEvent>
#include <QJsonArray>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int widestFirst = 480; // names need no more, and figures stay near them
} // namespace

TableLayout::TableLayout(DataTable *table, Settings *settings, QObject *parent) : QObject(parent), m_table(table), m_settings(settings)
{
    m_later.setSingleShot(true);
    m_later.setInterval(300);
    connect(&m_later, &QTimer::timeout, this, &TableLayout::remember);
    const auto touched = [this] {
        if (!m_quiet)
            m_later.start();
    };
    connect(table->head(), &QHeaderView::sectionResized, this, [this, touched](int logical) {
        if (m_quiet)
            return;
        m_sized.insert(logical);
        touched();
        fillWidth();
    });
    table->viewport()->installEventFilter(this);
    connect(table->head(), &QHeaderView::sectionMoved, this, [this, touched] {
        touched();
        fillWidth();
        Q_EMIT changed();
    });
}

bool TableLayout::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table->viewport())
        fillWidth();
    return QObject::eventFilter(watched, event);
}

int TableLayout::ownWidth(int logical) const
{
    return m_table->rows()->type().columns[static_cast<size_t>(logical)].width;
}

void TableLayout::fillWidth()
{
    if (m_quiet)
        return;
    TableHeader *head = m_table->head();
    int first = -1, others = 0;
    for (int visual = 0; visual < head->count(); ++visual) {
        const int logical = head->logicalIndex(visual);
        if (head->isSectionHidden(logical))
            continue;
        if (first < 0) {
            first = logical;
            continue;
        }
        m_quiet = true;
        if (!m_sized.contains(logical)) // it may have been the first one
            head->resizeSection(logical, ownWidth(logical));
        m_quiet = false;
        others += head->sectionSize(logical);
    }
    if (first < 0 || m_sized.contains(first))
        return;
    const int own = ownWidth(first);
    m_quiet = true;
    head->resizeSection(first, std::clamp(m_table->viewport()->width() - others, own, std::max(own, widestFirst)));
    m_quiet = false;
}

QString TableLayout::key() const
{
    return u"table/"_s + m_table->rows()->type().id;
}

QStringList TableLayout::order() const
{
    QStringList ids;
    for (int visual = 0; visual < m_table->head()->count(); ++visual)
        ids << m_table->rows()->type().columns[static_cast<size_t>(m_table->head()->logicalIndex(visual))].field.id;
    return ids;
}

void TableLayout::reset()
{
    QStringList visible, all;
    m_quiet = true;
    m_sized.clear();
    int logical = 0;
    for (const ColumnSpec &column : m_table->rows()->type().columns) {
        all << column.field.id;
        if (column.visible)
            visible << column.field.id;
        m_table->head()->resizeSection(logical++, column.width);
    }
    m_quiet = false;
    setColumns(visible, all);
}

void TableLayout::setColumns(const QStringList &visible, const QStringList &order)
{
    m_quiet = true;
    TableHeader *head = m_table->head();
    const auto &columns = m_table->rows()->type().columns;
    const auto logicalOf = [&](const QString &id) {
        for (size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].field.id == id)
                return static_cast<int>(i);
        }
        return -1;
    };
    int at = 0;
    for (const QString &id : order) {
        const int logical = logicalOf(id);
        if (logical >= 0)
            head->moveSection(head->visualIndex(logical), at++);
    }
    for (size_t i = 0; i < columns.size(); ++i)
        head->setSectionHidden(static_cast<int>(i), !visible.contains(columns[i].field.id));
    m_quiet = false;
    fillWidth();
    m_later.start();
    Q_EMIT changed();
}

QJsonObject TableLayout::toJson() const
{
    QJsonArray columns;
    const TableHeader *head = m_table->head();
    for (int visual = 0; visual < head->count(); ++visual) {
        const int logical = head->logicalIndex(visual);
        const ColumnSpec &column = m_table->rows()->type().columns[static_cast<size_t>(logical)];
        const bool hidden = head->isSectionHidden(logical);
        QJsonObject entry{{u"id"_s, column.field.id}, {u"hidden"_s, hidden}};
        if (!hidden && m_sized.contains(logical))
            entry.insert(u"width"_s, head->sectionSize(logical));
        columns.append(entry);
    }
    return {{u"columns"_s, columns}, {u"order"_s, printOrderBy(head->order())}};
}

void TableLayout::fromJson(const QJsonObject &json)
{
    QStringList visible, order;
    m_quiet = true;
    m_sized.clear();
    const auto &columns = m_table->rows()->type().columns;
    for (const QJsonValue &value : json.value(u"columns"_s).toArray()) {
        const QJsonObject entry = value.toObject();
        const QString id = entry.value(u"id"_s).toString();
        order << id;
        if (!entry.value(u"hidden"_s).toBool())
            visible << id;
        for (size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].field.id != id)
                continue;
            m_table->head()->resizeSection(static_cast<int>(i), entry.value(u"width"_s).toInt(columns[i].width));
            if (entry.contains(u"width"_s))
                m_sized.insert(static_cast<int>(i));
        }
    }
    m_quiet = false;
    if (!visible.isEmpty())
        setColumns(visible, order);
}

void TableLayout::restore()
{
    reset();
    const QJsonObject json = m_settings->value(key()).toObject();
    if (!json.isEmpty())
        fromJson(json);
    const Result<std::vector<SortKey>> order =
        parseOrderBy(json.contains(u"order"_s) ? json.value(u"order"_s).toString() : m_table->rows()->type().defaultOrder);
    if (order)
        m_table->head()->setOrder(*order);
    m_later.stop();
}

void TableLayout::remember()
{
    m_settings->setValue(key(), toJson());
}

} // namespace kboss
