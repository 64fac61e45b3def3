#include "ui/installmatrix.h"

#include "models/installcell.h"
#include "ui/installlook.h"
#include "ui/widgets.h"

#include <QKeyEvent>
#include <QPainter>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int barThick = 3, shapeSide = 12;
}

InstallDelegate::InstallDelegate(Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme)
{
    readTheme();
    connect(theme, &Theme::changed, this, &InstallDelegate::readTheme);
}

void InstallDelegate::readTheme()
{
    m_looks.label = m_theme->figureFont(TextSize::Label);
    m_looks.text = m_theme->color("text");
    m_looks.text2 = m_theme->color("text-2");
    m_looks.line = m_theme->color("line");
    m_looks.accent = m_theme->color("accent");
    m_looks.window = m_theme->color("window");
    m_looks.padding = m_theme->size("cell-padding");
    m_looks.gap = m_theme->size("chip-gap");
    m_looks.lineHeight = QFontMetrics(m_looks.label).height();
}

void InstallDelegate::paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->fillRect(option.rect, m_looks.window);
    painter->setFont(m_looks.label);
    painter->setPen(m_looks.text2);
    const QRect box = option.rect.adjusted(m_looks.padding, 0, -m_looks.padding, -1);
    painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
}

void InstallDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const QRect rect = option.rect;
    if (index.data(InstallRole::IsGroup).toBool()) {
        paintGroup(painter, option, index);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_looks.line);
        painter->restore();
        return;
    }
    const auto shape = static_cast<CellShape>(index.data(InstallRole::Shape).toInt());
    const bool slow = index.data(InstallRole::Slow).toBool();
    const Tone tone = slow ? Tone::Warn : toneOf(shape);
    const QRect inner = rect.adjusted(2, 2, -2, -3);
    if (hasGround(shape))
        painter->fillRect(inner, m_theme->toneGround(tone));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_looks.line);

    const QString text = slow ? tr("%1 slow").arg(index.data().toString()) : index.data().toString(),
                  second = index.data(InstallRole::Second).toString();
    const double share = index.data(InstallRole::Share).toDouble();
    const bool two = !second.isEmpty() && rect.height() >= 2 * m_looks.lineHeight + 4;
    const int left = rect.left() + m_looks.padding;
    const QRect first(left, two ? inner.top() + 1 : inner.top(), rect.right() - left - 3, two ? inner.height() / 2 - 1 : inner.height());
    paintCellShape(painter, QRectF(left, first.center().y() - shapeSide / 2.0 + 0.5, shapeSide, shapeSide), shape, *m_theme);
    painter->setFont(m_looks.label);
    const bool quiet = shape == CellShape::Passed || shape == CellShape::NotApplicable;
    painter->setPen(quiet ? m_looks.text2 : m_looks.text);
    const QRect words = first.adjusted(shapeSide + m_looks.gap, 0, 0, 0);
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
    if (two) {
        const QRect under(left, first.bottom() + 1, first.width(), inner.bottom() - first.bottom() - (share >= 0 ? barThick : 0));
        painter->drawText(under, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(second, Qt::ElideRight, under.width()));
    }
    if (shape == CellShape::Running && share >= 0) {
        const QRect bar(inner.left(), inner.bottom() - barThick + 1, inner.width(), barThick);
        painter->fillRect(bar, m_looks.line);
        painter->fillRect(QRect(bar.left(), bar.top(), static_cast<int>(bar.width() * qBound(0.0, share, 1.0)), barThick), m_theme->toneColor(tone));
    }
    if (option.state & QStyle::State_Selected) { // the current cell
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(QPen(m_looks.accent, option.state & QStyle::State_HasFocus ? 2 : 1));
        painter->drawRect(rect.adjusted(1, 1, -2, -3));
    }
    painter->restore();
}

InstallHeader::InstallHeader(Qt::Orientation orientation, Theme *theme, QWidget *parent) : QHeaderView(orientation, parent), m_theme(theme)
{
    setHighlightSections(true);
    setSectionsClickable(false);
    setSectionResizeMode(QHeaderView::Fixed);
    setFocusPolicy(Qt::NoFocus);
}

QSize InstallHeader::sectionSizeFromContents(int section) const
{
    QSize size = QHeaderView::sectionSizeFromContents(section);
    if (orientation() == Qt::Horizontal)
        size.setHeight(2 * QFontMetrics(m_theme->font()).height() + m_theme->size("space-2"));
    return size;
}

void InstallHeader::paintSide(QPainter *painter, const QRect &rect, int section) const
{
    const QString text = model()->headerData(section, orientation()).toString(),
                  note = model()->headerData(section, orientation(), InstallRole::Note).toString();
    const bool mono = model()->headerData(section, orientation(), InstallRole::Mono).toBool();
    const QRect box = rect.adjusted(m_theme->size("first-cell"), 2, -m_theme->size("cell-padding"), -3);
    const bool two = !mono && rect.height() >= 2 * QFontMetrics(m_theme->font(TextSize::Label)).height() + 4 && !note.isEmpty();
    painter->setFont(m_theme->font(TextSize::Normal, !mono));
    painter->setPen(m_theme->color("text"));
    const QRect upper = two ? QRect(box.left(), box.top(), box.width(), box.height() / 2) : box;
    const int words = painter->fontMetrics().horizontalAdvance(text);
    painter->drawText(upper, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(text, Qt::ElideRight, upper.width()));
    painter->setFont(mono ? m_theme->monoFont(TextSize::Small) : m_theme->font(TextSize::Label));
    painter->setPen(m_theme->color("text-2"));
    if (two)
        painter->drawText(QRect(box.left(), upper.bottom(), box.width(), box.height() - upper.height()), Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(note, Qt::ElideRight, box.width()));
    const int room = box.width() - words - m_theme->size("space-3");
    if (mono && room > m_theme->size("space-5"))
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignRight, painter->fontMetrics().elidedText(note, Qt::ElideMiddle, room));
}

void InstallHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->save();
    const auto *table = qobject_cast<const QTableView *>(parentWidget());
    const QModelIndex current = table ? table->currentIndex() : QModelIndex();
    const bool across = orientation() == Qt::Horizontal;
    const bool here = current.isValid() && (across ? current.column() : current.row()) == section;
    const bool group = !across && model()->headerData(section, orientation(), InstallRole::IsGroup).toBool();
    painter->fillRect(rect, m_theme->color(group ? "window" : here ? "selection" : "panel"));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme->color(across ? "line-strong" : "line"));
    if (across) {
        const QRect box =
            rect.adjusted(m_theme->size("cell-padding"), m_theme->size("space-1"), -m_theme->size("space-1"), -m_theme->size("space-1"));
        painter->setFont(m_theme->font(TextSize::Normal, true));
        painter->setPen(m_theme->color("text"));
        const QString text = model()->headerData(section, orientation()).toString();
        painter->drawText(box, Qt::AlignTop | Qt::AlignLeft, painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
        painter->setFont(m_theme->font(TextSize::Label));
        painter->setPen(m_theme->color("text-2"));
        const QString note = model()->headerData(section, orientation(), InstallRole::Note).toString();
        painter->drawText(box, Qt::AlignBottom | Qt::AlignLeft, painter->fontMetrics().elidedText(note, Qt::ElideRight, box.width()));
    } else {
        paintSide(painter, rect, section);
    }
    painter->restore();
}

InstallMatrix::InstallMatrix(Theme *theme, QWidget *parent) : QTableView(parent), m_theme(theme), m_corner(new QLabel(this))
{
    setItemDelegate(new InstallDelegate(theme, this));
    setHorizontalHeader(new InstallHeader(Qt::Horizontal, theme, this));
    setVerticalHeader(new InstallHeader(Qt::Vertical, theme, this));
    setShowGrid(false);
    setCornerButtonEnabled(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setWordWrap(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *corner = static_cast<QLabel *>(m_corner);
    corner->setTextFormat(Qt::PlainText);
    corner->setProperty("role", u"label"_s);
    corner->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
    corner->setIndent(theme->size("first-cell"));
    connect(theme, &Theme::changed, this, [this] {
        viewport()->update();
        horizontalHeader()->viewport()->update();
        verticalHeader()->viewport()->update();
    });
    connect(this, &QTableView::clicked, this, &InstallMatrix::opened);
}

void InstallMatrix::setSizes(int sideWidth, int columnWidth, int rowHeight)
{
    verticalHeader()->setFixedWidth(sideWidth);
    verticalHeader()->setMinimumSectionSize(rowHeight);
    verticalHeader()->setDefaultSectionSize(rowHeight);
    horizontalHeader()->setMinimumSectionSize(columnWidth);
    horizontalHeader()->setDefaultSectionSize(columnWidth);
    horizontalHeader()->setFixedHeight(2 * QFontMetrics(m_theme->font()).height() + m_theme->size("space-3"));
}

void InstallMatrix::goTo(int row, int column)
{
    if (model() && row >= 0 && column >= 0 && row < model()->rowCount() && column < model()->columnCount())
        setCurrentIndex(model()->index(row, column));
}

void InstallMatrix::setEmptyText(const QString &what, const QString &why)
{
    m_emptyWhat = what;
    m_emptyWhy = why;
    viewport()->update();
}

void InstallMatrix::setCornerText(const QString &text)
{
    static_cast<QLabel *>(m_corner)->setText(text);
}

void InstallMatrix::updateGeometries()
{
    QTableView::updateGeometries();
    m_corner->setGeometry(frameWidth(), frameWidth(), verticalHeader()->width(), horizontalHeader()->height());
    m_corner->setVisible(horizontalHeader()->count() > 0 && verticalHeader()->count() > 0);
}

void InstallMatrix::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    horizontalHeader()->viewport()->update();
    verticalHeader()->viewport()->update();
    Q_EMIT chosen(current);
}

QModelIndex InstallMatrix::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex before = currentIndex();
    QModelIndex next = QTableView::moveCursor(action, modifiers);
    const bool up = action == MoveUp || action == MovePageUp || action == MoveHome;
    while (next.isValid() && next.data(InstallRole::IsGroup).toBool()) { // a group is no cell
        const QModelIndex beyond = model()->index(next.row() + (up ? -1 : 1), before.isValid() ? before.column() : 0);
        if (!beyond.isValid())
            return before;
        next = beyond;
    }
    return next.isValid() && before.isValid() && (action == MoveUp || action == MoveDown) ? model()->index(next.row(), before.column()) : next;
}

void InstallMatrix::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (currentIndex().isValid() && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)) {
        Q_EMIT opened(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

void InstallMatrix::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if ((model() && model()->rowCount() > 0) || m_emptyWhat.isEmpty())
        return;
    QPainter painter(viewport());
    const QRect box = viewport()->rect().adjusted(m_theme->size("space-5"), 0, -m_theme->size("space-5"), 0);
    const int middle = box.height() * 2 / 5, line = m_theme->size("field");
    painter.setFont(m_theme->font(TextSize::Normal, true));
    painter.setPen(m_theme->color("text"));
    painter.drawText(QRect(box.left(), middle - line, box.width(), line), Qt::AlignCenter, m_emptyWhat);
    painter.setFont(m_theme->font(TextSize::Label));
    painter.setPen(m_theme->color("text-2"));
    painter.drawText(QRect(box.left(), middle, box.width(), 3 * line), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyWhy);
}

} // namespace kboss
