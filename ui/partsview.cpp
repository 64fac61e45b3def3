#include "ui/partsview.h"

#include "ui/partdelegate.h"
#include "ui/stateoverlay.h"
#include "ui/widgets.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int leftWidth = 82, amountWidth = 116, modelLeast = 150;

// Figures stand over figures; the chosen cluster's column has its ground up to the head.
class PartsHeader : public QHeaderView {
public:
    PartsHeader(const PartTreeModel *model, Theme *theme, QWidget *parent) : QHeaderView(Qt::Horizontal, parent), m_model(model), m_theme(theme)
    {
        setSectionsClickable(false);
        setFixedHeight(theme->size("table-head"));
        setMinimumSectionSize(leftWidth);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        const bool chosen = section == m_model->chosenColumn();
        painter->fillRect(rect, m_theme->color(chosen ? "selection" : "panel"));
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme->color("line-strong"));
        painter->setFont(m_theme->font(TextSize::Label, chosen));
        painter->setPen(m_theme->color(chosen ? "text" : "text-2"));
        const bool amount = section == m_model->amountColumn();
        const int left = m_theme->size(section == 0 ? "first-cell" : "cell-padding"), right = m_theme->size(amount ? "space-3" : "cell-padding");
        const QRect cell = rect.adjusted(left, 0, -right, 0);
        const QString text = m_model->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        painter->drawText(cell, Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight),
                          painter->fontMetrics().elidedText(text, Qt::ElideMiddle, cell.width()));
    }

private:
    const PartTreeModel *m_model;
    Theme *m_theme;
};

} // namespace

PartsTree::PartsTree(PartTreeModel *model, Theme *theme, QWidget *parent)
    : QTreeView(parent), m_model(model), m_theme(theme), m_delegate(new PartDelegate(theme, this))
{
    setObjectName(u"parts"_s);
    setHeader(new PartsHeader(model, theme, this));
    setModel(model);
    setItemDelegate(m_delegate);
    setRootIsDecorated(false);
    setIndentation(0);
    setItemsExpandable(false);
    setAllColumnsShowFocus(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers); // keyPressEvent() and mousePressEvent() decide
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setStretchLastSection(false);
    connect(model, &QAbstractItemModel::modelReset, this, &PartsTree::open);
    connect(model, &QAbstractItemModel::headerDataChanged, this, [this] { m_delegate->setChosenColumn(m_model->chosenColumn()); });
    connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    open();
}

void PartsTree::open()
{
    m_delegate->setChosenColumn(m_model->chosenColumn());
    expandAll();
    for (int row = 0; row < m_model->rowCount(); ++row)
        setFirstColumnSpanned(row, {}, true);
    fitColumns();
}

void PartsTree::fitColumns()
{
    const int columns = m_model->columnCount(), clusters = columns - 2;
    if (header()->count() != columns)
        return;
    const int rest = viewport()->width() - amountWidth - clusters * leftWidth;
    header()->resizeSection(0, std::max(modelLeast, rest));
    for (int column = 1; column <= clusters; ++column)
        header()->resizeSection(column, leftWidth);
    header()->resizeSection(columns - 1, amountWidth);
}

void PartsTree::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

QModelIndex PartsTree::amountOf(const QModelIndex &index) const
{
    return index.parent().isValid() ? index.siblingAtColumn(m_model->amountColumn()) : QModelIndex();
}

void PartsTree::keyPressEvent(QKeyEvent *event)
{
    if (state() == EditingState) // what the editor leaves, as the Return that ends it, begins no other
        return QTreeView::keyPressEvent(event);
    const QModelIndex amount = amountOf(currentIndex());
    const QString typed = event->text();
    const bool digit = typed.size() == 1 && typed.front().isDigit();
    if (amount.isValid() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2 || digit)) {
        setCurrentIndex(amount);
        edit(amount);
        QWidget *editor = indexWidget(amount);
        if (digit && editor)
            QCoreApplication::sendEvent(editor, event);
        return;
    }
    if (amount.isValid() && (typed == "+"_L1 || typed == "-"_L1)) {
        PartDelegate::stepAmount(m_model, amount, typed == "+"_L1 ? 1 : -1);
        return;
    }
    if (amount.isValid() && event->key() == Qt::Key_Delete) {
        m_model->setData(amount, 0, Qt::EditRole);
        return;
    }
    QTreeView::keyPressEvent(event);
}

void PartsTree::mousePressEvent(QMouseEvent *event)
{
    QTreeView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid() || amountOf(index) != index)
        return;
    const QRect box = m_delegate->stepperRect(visualRect(index));
    if (box.adjusted(PartDelegate::sideWidth, 0, -PartDelegate::sideWidth, 0).contains(event->position().toPoint()))
        edit(index);
}

PartsPane::PartsPane(PartTreeModel *model, Theme *theme, QWidget *parent)
    : QWidget(parent), m_model(model), m_tree(new PartsTree(model, theme, this)), m_search(new QLineEdit(this)),
      m_title(makeLabel({}, "heading", this)), m_count(makeLabel({}, "label", this)), m_legend(makeLabel({}, "hint", this)),
      m_overlay(new StateOverlay(m_tree->viewport()))
{
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_search->setObjectName(u"partSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(200);
    m_legend->setWordWrap(true);
    const int edge = theme->size("space-4");
    auto *line = new QHBoxLayout;
    line->setContentsMargins(edge, theme->size("space-2"), theme->size("space-3"), theme->size("space-2"));
    line->setSpacing(theme->size("space-2"));
    line->addWidget(m_title);
    line->addWidget(m_count);
    line->addStretch();
    line->addWidget(m_search);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(edge, theme->size("space-2"), edge, theme->size("space-2"));
    foot->addWidget(m_legend);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_tree, 1);
    column->addLayout(foot);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        updateCount();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &PartsPane::updateCount);
    retranslate();
}

void PartsPane::updateCount()
{
    m_count->setText(QString::number(m_model->partCount()));
}

void PartsPane::setLegend(const QString &text)
{
    m_legend->setText(text);
    m_legend->setVisible(!text.isEmpty());
}

void PartsPane::retranslate()
{
    m_title->setText(tr("Parts"));
    m_search->setPlaceholderText(tr("Model or initials"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_tree->setAccessibleName(m_title->text());
    m_model->retranslate();
    updateCount();
}

} // namespace kboss
