#include "ui/scopebar.h"

#include "app/base/oneline.h"
#include "app/base/watchresult.h"
#include "ui/filterconditions.h"
#include "ui/rowchooser.h"
#include "ui/rowcollector.h"
#include "ui/settings.h"
#include "ui/widgets.h"

#include <QHBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

ScopeBar::ScopeBar(const ResourceType &type, const AppContext &context, QWidget *host, QWidget *parent)
    : QWidget(parent), m_context(context), m_scope(context.resources->masters(type), context.session->profile().id, context.settings)
{
    setObjectName(u"scopeBar"_s);
    build(host);
    connect(context.settings, &Settings::changed, this, [this](const QString &key) {
        if (m_scope.isAbout(key))
            follow();
    });
    for (size_t level = 0; level < m_levels.size(); ++level) {
        ResourceFeed *feed = m_levels[level].feed;
        connect(feed, &ResourceFeed::changed, this, [this, level] {
            if (!m_levels[level].settled)
                lookUp(level);
        });
        connect(feed, &ResourceFeed::datasetTouched, this, [this, level] { lookUp(level); });
        feed->start();
    }
    follow();
    retranslate();
}

ScopeBar::~ScopeBar() = default;

void ScopeBar::build(QWidget *host)
{
    setFixedHeight(m_context.theme->size("filter-line"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m_context.theme->size("space-4"), 0, m_context.theme->size("space-4"), 0);
    line->setSpacing(m_context.theme->size("space-2"));
    for (const ResourceType *master : m_scope.masters()) {
        const auto at = static_cast<qsizetype>(m_levels.size());
        Level level;
        level.type = master;
        level.feed = new ResourceFeed(*master, m_context, this);
        level.label = makeLabel({}, "label", this);
        level.button = makeButton({}, "", this);
        level.button->setObjectName(u"scope-"_s + master->id);
        level.button->setLayoutDirection(Qt::RightToLeft); // the arrow stands after the name
        level.chooser = new RowChooser(level.feed, m_context.theme, host);
        connect(level.button, &QPushButton::clicked, this, [this, at] { openChooser(at); });
        connect(level.chooser, &RowChooser::chosen, this, [this, at](const QString &key) { choose(at, key); });
        if (at > 0)
            line->addWidget(makeLabel(QString(QChar(0x203A)), "hint", this));
        line->addWidget(level.label);
        line->addWidget(level.button);
        m_levels.push_back(std::move(level));
    }
    line->addStretch(1);
    const auto drawArrows = [this] {
        for (const Level &level : m_levels)
            level.button->setIcon(m_context.theme->actionIcon(u"chevron-down"_s));
    };
    drawArrows();
    connect(m_context.theme, &Theme::changed, this, drawArrows);
}

const Row &ScopeBar::master() const
{
    return m_levels.back().row;
}

const ResourceType *ScopeBar::masterType() const
{
    return m_levels.back().type;
}

bool ScopeBar::isSettled() const
{
    for (const Level &level : m_levels) {
        if (!level.settled)
            return false;
        if (level.row.key.isEmpty())
            return true; // nothing below it can be asked for
    }
    return true;
}

const ResourceType *ScopeBar::missing() const
{
    for (const Level &level : m_levels) {
        if (level.row.key.isEmpty())
            return level.type;
    }
    return nullptr;
}

Page::State ScopeBar::missingState() const
{
    for (const Level &level : m_levels) {
        if (level.row.key.isEmpty())
            return level.feed->state();
    }
    return Page::State::Ready;
}

void ScopeBar::choose(qsizetype level, const QString &key)
{
    m_scope.choose(level, key);
    follow();
}

void ScopeBar::follow()
{
    const QStringList keys = m_scope.keys();
    for (size_t level = 0; level < m_levels.size(); ++level)
        setWanted(level, keys.value(static_cast<qsizetype>(level)));
}

void ScopeBar::setWanted(size_t at, const QString &key)
{
    Level &level = m_levels[at];
    if (level.wanted == key && level.settled)
        return;
    const bool other = level.row.key != key;
    level.wanted = key;
    level.settled = false;
    if (other)
        setRow(at, {});
    lookUp(at);
}

// The row of the wanted key, or the only one there is.
void ScopeBar::lookUp(size_t at)
{
    Level &level = m_levels[at];
    const auto source = m_context.session->store()->source(level.feed->spec().id);
    if (level.feed->wantsMaster() || !source)
        return;
    RowQuery query = {nullptr, parseOrderBy(level.type->defaultOrder).value_or(std::vector<SortKey>()), 0};
    if (!level.wanted.isEmpty())
        query.filter = makeRestriction(level.type->keyField, FilterOp::Equals, level.wanted, true);
    watchResult((*source)->firstRows(query, 2), this, [this, at, asked = level.wanted](const Result<std::vector<Row>> &rows) {
        if (rows)
            found(at, asked, *rows);
    });
}

void ScopeBar::found(size_t at, const QString &asked, const std::vector<Row> &rows)
{
    Level &level = m_levels[at];
    if (asked != level.wanted)
        return;
    const Page::State state = level.feed->state();
    const bool take = !rows.empty() && (!asked.isEmpty() || level.first || (rows.size() == 1 && level.feed->freshness().asOfMs > 0));
    if (take && asked.isEmpty()) {
        level.first = false;
        m_scope.choose(static_cast<qsizetype>(at), rows.front().key); // comes back through follow()
        return;
    }
    const bool settled = take || state != Page::State::Loading;
    const bool told = settled != level.settled;
    level.settled = settled;
    if (take && !(rows.front() == level.row))
        setRow(at, rows.front());
    else if (!take && !level.row.key.isEmpty() && settled)
        setRow(at, {}); // it is gone
    else if (told) {
        draw();
        Q_EMIT changed();
    }
}

void ScopeBar::setRow(size_t at, const Row &row)
{
    Level &level = m_levels[at];
    const bool other = row.key != level.row.key;
    level.row = row;
    if (at + 1 < m_levels.size()) {
        Level &below = m_levels[at + 1];
        if (other)
            below.settled = false;
        below.feed->setMaster(row, level.type);
        if (other && row.key.isEmpty())
            setRow(at + 1, {});
        else if (other)
            follow();
    }
    draw();
    Q_EMIT changed();
}

void ScopeBar::openChooser(qsizetype at)
{
    const Level &level = m_levels[static_cast<size_t>(at)];
    QWidget *host = level.chooser->parentWidget();
    const QPoint below = level.button->mapTo(host, QPoint(0, level.button->height() + m_context.theme->size("space-1")));
    level.chooser->openAt(below, level.row.key);
}

void ScopeBar::openMissing()
{
    for (size_t level = 0; level < m_levels.size(); ++level) {
        if (m_levels[level].row.key.isEmpty())
            return openChooser(static_cast<qsizetype>(level));
    }
}

void ScopeBar::chooseFirst()
{
    for (size_t level = 0; level < m_levels.size(); ++level) {
        if (!m_levels[level].wanted.isEmpty())
            continue;
        m_levels[level].first = true;
        m_levels[level].settled = false;
        lookUp(level);
    }
}

void ScopeBar::setShown(bool shown)
{
    for (const Level &level : m_levels)
        level.feed->setVisible(shown);
}

void ScopeBar::retranslate()
{
    for (const Level &level : m_levels) {
        level.label->setText(level.type->titleOne.text());
        level.chooser->retranslate();
    }
    draw();
}

void ScopeBar::draw()
{
    constexpr int mostNameWidth = 260;
    bool above = true;
    for (const Level &level : m_levels) {
        const bool there = !level.row.key.isEmpty();
        const QString name = there ? rowName(*level.type, level.row) : tr("Not chosen");
        const QString fits = level.button->fontMetrics().elidedText(oneLine(name), Qt::ElideMiddle, mostNameWidth);
        level.button->setText(QString(fits).replace(u'&', u"&&"_s));
        level.button->setToolTip(fits == name ? QString() : plainToolTip(name));
        level.button->setAccessibleName(level.type->titleOne.text() + u": "_s + name);
        level.button->setEnabled(above);
        above = above && there;
    }
}

} // namespace kboss
