#include "ui/installlogview.h"

#include "models/installcell.h"
#include "ui/filterchip.h"
#include "ui/installlook.h"
#include "ui/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int lineHeight = 20, shapeSide = 10, timeWidth = 92, sourceWidth = 110, mostMarks = 20;

class LogDelegate : public QStyledItemDelegate {
public:
    LogDelegate(Theme *theme, InstallLogModel *model, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme), m_model(model) { }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {0, lineHeight}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        using Kind = InstallLogModel::Kind;
        painter->save();
        const auto kind = static_cast<Kind>(index.data(InstallLogModel::KindRole).toInt());
        const QRect rect = option.rect;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(rect, m_theme->color("selection"));
        else if (kind == Kind::Error)
            painter->fillRect(rect, m_theme->toneGround(Tone::Bad));
        int left = rect.left() + m_theme->size("space-4");
        if (kind == Kind::Head) {
            painter->setFont(m_theme->font(TextSize::Label));
            painter->setPen(m_theme->color("text-2"));
            painter->drawText(rect.adjusted(m_theme->size("space-4"), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
            painter->restore();
            return;
        }
        if (kind == Kind::Error)
            paintCellShape(painter, QRectF(left, rect.center().y() - shapeSide / 2.0 + 0.5, shapeSide, shapeSide), CellShape::Failed, *m_theme);
        left += shapeSide + m_theme->size("space-1");
        painter->setFont(m_theme->monoFont(TextSize::Small));
        painter->setPen(m_theme->color("text-2"));
        painter->drawText(QRect(left, rect.top(), timeWidth, rect.height()), Qt::AlignVCenter | Qt::AlignLeft,
                          index.data(InstallLogModel::TimeRole).toString());
        left += timeWidth;
        painter->drawText(QRect(left, rect.top(), sourceWidth - 6, rect.height()), Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data(InstallLogModel::SourceRole).toString(), Qt::ElideRight, sourceWidth - 6));
        left += sourceWidth;
        const bool own = kind == Kind::Fold || kind == Kind::Runner || kind == Kind::Probe;
        painter->setFont(own ? m_theme->font(TextSize::Label) : m_theme->monoFont(TextSize::Small));
        painter->setPen(m_theme->color(kind == Kind::Error ? "bad" : kind == Kind::Fold ? "text-2" : "text"));
        paintText(painter, QRect(left, rect.top(), rect.right() - left - m_theme->size("space-2"), rect.height()), index);
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(m_theme->color("accent"));
            painter->drawRect(rect.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }

private:
    void paintText(QPainter *painter, const QRect &box, const QModelIndex &index) const
    {
        const QFontMetrics metrics = painter->fontMetrics();
        const QString text = metrics.elidedText(index.data().toString().left(2'000).replace(u'\t', u' '), Qt::ElideRight, box.width());
        const QString &search = m_model->search();
        if (!search.isEmpty()) {
            qsizetype at = text.indexOf(search, 0, Qt::CaseInsensitive);
            const bool here = index.data(InstallLogModel::HitRole).toBool();
            for (int marks = 0; at >= 0 && marks < mostMarks; ++marks) {
                const int from = metrics.horizontalAdvance(text.left(at)), to = metrics.horizontalAdvance(text.left(at + search.size()));
                painter->fillRect(QRect(box.left() + from, box.top() + 2, to - from, box.height() - 4),
                                  m_theme->mix(m_theme->color("warn"), m_theme->color("panel"), here ? 0.55 : 0.3));
                at = text.indexOf(search, at + search.size(), Qt::CaseInsensitive);
            }
        }
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    }

    Theme *m_theme;
    InstallLogModel *m_model;
};

} // namespace

InstallLogView::InstallLogView(Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_model(new InstallLogModel(200'000, this)), m_list(new QListView(this)),
      m_title(makeLabel({}, "heading", this)), m_note(makeLabel({}, "label", this)), m_hits(makeLabel({}, "label", this)),
      m_search(new QLineEdit(this)), m_errors(new FilterChip(theme, FilterChip::Style::Toggle, this)),
      m_follow(new FilterChip(theme, FilterChip::Style::Toggle, this)), m_before(makeIconButton(theme, u"chevron-up"_s, {}, this)),
      m_after(makeIconButton(theme, u"chevron-down"_s, {}, this))
{
    setObjectName(u"installLog"_s);
    build();
    m_errors->setChecked(true);
    m_follow->setChecked(true);
    connect(m_errors, &QAbstractButton::toggled, m_model, &InstallLogModel::setErrorsFirst);
    connect(m_follow, &QAbstractButton::toggled, this, &InstallLogView::setFollows);
    connect(m_search, &QLineEdit::textChanged, m_model, &InstallLogModel::setSearch);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { goToHit(1); });
    connect(m_before, &QToolButton::clicked, this, [this] { goToHit(-1); });
    connect(m_after, &QToolButton::clicked, this, [this] { goToHit(1); });
    connect(m_model, &InstallLogModel::searched, this, &InstallLogView::showHits);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_moving && value < m_list->verticalScrollBar()->maximum() && m_list->verticalScrollBar()->isSliderDown())
            m_follow->setChecked(false);
    });
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    retranslate();
    showHits();
}

void InstallLogView::build()
{
    m_list->setObjectName(u"installLogList"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new LogDelegate(m_theme, m_model, this));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_search->setObjectName(u"installLogSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(m_theme->size("form-label") * 3 / 2);
    m_hits->setFont(m_theme->figureFont(TextSize::Label));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(m_theme->size("space-4"), m_theme->size("space-1"), m_theme->size("space-4"), m_theme->size("space-1"));
    row->setSpacing(m_theme->size("space-2"));
    row->addWidget(m_title);
    row->addWidget(m_note);
    row->addStretch();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_search, m_hits, m_before, m_after, m_errors, m_follow})
        row->addWidget(widget);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(makeLine(this));
    column->addWidget(m_list, 1);
    const auto key = [this](const QKeySequence &keys, auto work) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, work);
    };
    key(QKeySequence::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    key(Qt::Key_F3, [this] { goToHit(1); });
    key(Qt::SHIFT | Qt::Key_F3, [this] { goToHit(-1); });
    setFocusProxy(m_list);
}

bool InstallLogView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && static_cast<QWheelEvent *>(event)->angleDelta().y() > 0)
        m_follow->setChecked(false);
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *press = static_cast<QKeyEvent *>(event);
        if (press->matches(QKeySequence::Copy)) {
            copyRows();
            return true;
        }
        if (press->key() == Qt::Key_Up || press->key() == Qt::Key_PageUp || press->key() == Qt::Key_Home)
            m_follow->setChecked(false);
        if (press->key() == Qt::Key_End)
            m_follow->setChecked(true);
    }
    return QWidget::eventFilter(watched, event);
}

bool InstallLogView::follows() const
{
    return m_follow->isChecked();
}

void InstallLogView::setFollows(bool follow)
{
    m_follow->setChecked(follow);
    if (!follow)
        return;
    m_moving = true;
    m_list->scrollToBottom();
    m_moving = false;
}

void InstallLogView::setTitle(const QString &title, const QString &note)
{
    m_title->setText(title);
    m_note->setText(note);
}

void InstallLogView::clear()
{
    m_model->clear();
}

void InstallLogView::append(const std::vector<StepLogLine> &lines)
{
    m_model->append(lines);
    if (follows())
        setFollows(true);
}

void InstallLogView::copyRows()
{
    QList<int> rows;
    for (const QModelIndex &index : m_list->selectionModel()->selectedIndexes())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const int row : std::as_const(rows))
        lines << m_model->textAt(row);
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

void InstallLogView::showHits()
{
    const bool searching = !m_model->search().isEmpty();
    m_hits->setVisible(searching);
    m_before->setEnabled(m_model->hits() > 0);
    m_after->setEnabled(m_model->hits() > 0);
    const QString more = m_model->isSearching() ? u"…"_s : QString();
    m_hits->setText(QString::number(m_model->currentHit() + 1) + u" / "_s + QString::number(m_model->hits()) + more);
}

void InstallLogView::goToHit(int by)
{
    const int row = m_model->stepHit(by);
    if (row < 0)
        return;
    m_follow->setChecked(false);
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_model->index(row), QAbstractItemView::PositionAtCenter);
    m_list->viewport()->update();
}

void InstallLogView::retranslate()
{
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(tr("Search the log"));
    m_list->setAccessibleName(tr("Log"));
    m_errors->setWords(tr("Errors first"));
    m_follow->setWords(tr("Follow"));
    const auto tip = [](QToolButton *button, const QString &text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    tip(m_before, tr("Hit before (Shift+F3)"));
    tip(m_after, tr("Next hit (F3)"));
    m_model->retranslate();
}

} // namespace kboss
