#include "ui/filterbar.h"

#include "ui/filterbuilder.h"
#include "ui/filterchip.h"
#include "ui/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSet>

namespace kboss {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(const ResourceType &type, QTimeZone zone, Theme *theme, QWidget *overlayHost, QWidget *parent)
    : QWidget(parent), m_type(type), m_words(type, zone), m_theme(theme), m_host(overlayHost),
      m_builder(new FilterBuilder(type, zone, theme, overlayHost)), m_add(makeButton({}, "quiet", this)), m_trailing(new QWidget(this)),
      m_trailingLine(new QHBoxLayout(m_trailing)), m_search(new QLineEdit(m_trailing))
{
    m_add->setObjectName(u"addCondition"_s);
    m_search->setObjectName(u"search"_s);
    m_search->setProperty("kind", u"search"_s);
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(190);
    m_trailingLine->setContentsMargins(0, 0, 0, 0);
    m_trailingLine->setSpacing(m_theme->size("space-2"));
    m_trailingLine->addWidget(m_search);
    const auto drawIcon = [this] { m_add->setIcon(m_theme->actionIcon(u"plus"_s)); };
    drawIcon();
    connect(theme, &Theme::changed, this, drawIcon);
    for (const QuickFilter &quick : type.quickFilters) {
        auto *chip = new FilterChip(theme, FilterChip::Style::Toggle, this);
        chip->setObjectName(u"quick-"_s + quick.id);
        connect(chip, &QAbstractButton::clicked, this, [this, &quick](bool on) { toggleQuick(quick, on); });
        m_quick << chip;
    }
    m_typing.setSingleShot(true);
    m_typing.setInterval(120);
    connect(&m_typing, &QTimer::timeout, this, [this] {
        m_conditions.search = m_search->text().trimmed();
        Q_EMIT conditionsChanged();
    });
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty() && !m_conditions.search.isEmpty())
            m_typing.start();
    });
    m_search->installEventFilter(this);
    connect(m_add, &QPushButton::clicked, this, &FilterBar::openBuilder);
    connect(m_builder, &FilterBuilder::left, this, &FilterBar::closeBuilder);
    connect(m_builder, &FilterBuilder::conditionMade, this, [this](int index, const FilterPtr &filter) {
        if (index >= 0 && index < static_cast<int>(m_conditions.items.size()))
            m_conditions.items[static_cast<size_t>(index)] = {filter, true};
        else
            m_conditions.items.push_back({filter, true});
        closeBuilder();
        changed();
    });
    connect(m_builder, &FilterBuilder::textMade, this, [this](const FilterPtr &filter) {
        m_conditions.replace(filter);
        closeBuilder();
        changed();
    });
    retranslate();
}

void FilterBar::retranslate()
{
    m_add->setText(tr("Add condition"));
    m_search->setPlaceholderText(tr("Search these rows"));
    m_search->setAccessibleName(m_search->placeholderText());
    for (qsizetype i = 0; i < m_quick.size(); ++i)
        m_quick[i]->setWords(m_type.quickFilters[static_cast<size_t>(i)].label.text());
    m_builder->retranslate();
    rebuild();
}

void FilterBar::setConditions(const FilterConditions &conditions)
{
    m_conditions = conditions;
    if (m_search->text() != conditions.search)
        m_search->setText(conditions.search);
    m_typing.stop();
    rebuild();
}

void FilterBar::clear()
{
    setConditions({});
    Q_EMIT conditionsChanged();
}

void FilterBar::changed()
{
    setConditions(FilterConditions(m_conditions));
    Q_EMIT conditionsChanged();
}

int FilterBar::indexOf(const FilterPtr &filter) const
{
    for (size_t i = 0; i < m_conditions.items.size(); ++i) {
        if (sameFilter(m_conditions.items[i].filter, filter))
            return static_cast<int>(i);
    }
    return -1;
}

void FilterBar::toggleQuick(const QuickFilter &quick, bool on)
{
    const Result<FilterPtr> filter = parseFilter(quick.filter);
    if (!filter || !*filter)
        return;
    const int known = indexOf(*filter);
    if (known >= 0)
        m_conditions.items.erase(m_conditions.items.begin() + known);
    if (on)
        m_conditions.items.push_back({*filter, true});
    changed();
}

FilterChip *FilterBar::makeChip(int index)
{
    const Condition &condition = m_conditions.items[static_cast<size_t>(index)];
    auto *chip = new FilterChip(m_theme, FilterChip::Style::Condition, this);
    chip->setObjectName(u"condition"_s);
    chip->setWords(m_words.say(condition.filter));
    chip->setEnabledCondition(condition.enabled);
    connect(chip, &FilterChip::editAsked, this, [this, index, chip] {
        m_builder->openCondition(index, m_conditions.items[static_cast<size_t>(index)].filter, m_conditions.text());
        placeBuilder(chip);
    });
    connect(chip, &FilterChip::switchAsked, this, [this, index] {
        Condition &item = m_conditions.items[static_cast<size_t>(index)];
        item.enabled = !item.enabled;
        changed();
    });
    connect(chip, &FilterChip::removeAsked, this, [this, index] {
        m_conditions.items.erase(m_conditions.items.begin() + index);
        changed();
    });
    return chip;
}

void FilterBar::rebuild()
{
    const auto old = m_chips;
    m_chips.clear();
    for (FilterChip *chip : old) {
        chip->hide();
        chip->deleteLater();
    }
    QSet<int> quick; // shown by their own toggles
    for (qsizetype i = 0; i < m_quick.size(); ++i) {
        const Result<FilterPtr> filter = parseFilter(m_type.quickFilters[static_cast<size_t>(i)].filter);
        const int known = filter ? indexOf(*filter) : -1;
        m_quick[i]->setChecked(known >= 0 && m_conditions.items[static_cast<size_t>(known)].enabled);
        quick.insert(known);
    }
    for (int i = 0; i < static_cast<int>(m_conditions.items.size()); ++i) {
        if (quick.contains(i))
            continue;
        m_chips << makeChip(i);
        m_chips.last()->show();
    }
    arrange();
}

void FilterBar::arrange()
{
    const int gap = m_theme->size("space-2"), margin = m_theme->size("space-4");
    const int line = m_theme->size("filter-line"), field = m_theme->size("field");
    m_trailing->adjustSize();
    const QSize trailing = m_trailing->sizeHint();
    m_trailing->setGeometry(width() - margin - trailing.width(), (line - field) / 2, trailing.width(), field);
    QWidgetList order;
    for (FilterChip *chip : m_chips)
        order << chip;
    order << m_add;
    for (FilterChip *chip : m_quick)
        order << chip;
    int x = margin, y = (line - field) / 2;
    for (QWidget *widget : order) {
        const int wide = widget->sizeHint().width();
        const int most = y < line ? m_trailing->x() - gap : width() - margin;
        const bool fits = x == margin || x + wide <= most;
        auto *quick = qobject_cast<FilterChip *>(widget);
        if (quick && m_quick.contains(quick)) {
            quick->setVisible(fits || quick->isChecked()); // the line stays one where only suggestions would break it
            if (quick->isHidden())
                continue;
        }
        if (!fits) {
            x = margin;
            y += field + gap;
        }
        widget->setGeometry(x, y, wide, field);
        x += wide + gap;
    }
    setFixedHeight(y + field + (line - field) / 2);
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool FilterBar::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_search && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape
        && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return QWidget::eventFilter(object, event);
}

void FilterBar::addTrailing(QWidget *widget)
{
    m_trailingLine->addWidget(widget);
    arrange();
}

void FilterBar::placeBuilder(QWidget *anchor)
{
    const QPoint below = anchor->mapTo(m_host, QPoint(0, anchor->height() + 4));
    const int most = std::max(0, m_host->width() - m_builder->sizeHint().width() - m_theme->size("space-4"));
    m_builder->move(std::min(below.x(), most), below.y());
    m_builder->adjustSize();
    m_builder->raise();
}

void FilterBar::openBuilder()
{
    m_builder->openNew(m_conditions.text());
    placeBuilder(m_add);
}

void FilterBar::openText()
{
    m_builder->openText(m_conditions.text());
    placeBuilder(m_add);
}

void FilterBar::closeBuilder()
{
    if (m_builder->isVisible()) {
        m_builder->hide();
        m_add->setFocus();
    }
}

} // namespace kboss
