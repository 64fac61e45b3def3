// A ResourceView's rows as cards instead of as a table: one model, one selection, the same actions.
#include "models/cardspec.h"
#include "ui/cardlist.h"
#include "ui/resourceview.h"
#include "ui/segments.h"
#include "ui/settings.h"
#include "ui/stateoverlay.h"
#include "ui/totalstable.h"
#include "ui/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

void ResourceView::buildCards(bool plainTitle)
{
    if (plainTitle || cardSpecOf(m_type).isEmpty())
        return;
    m_cards = new CardList(m_table, *m_context.theme, this);
    m_cards->setObjectName(u"cards-"_s + m_type.id);
    m_cards->hide();
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_table), m_cards, 1);
    connect(m_cards, &CardList::rowsPainted, this, &ResourceView::onRowsPainted);
    connect(m_cards, &CardList::openAsked, this, &ResourceView::openCurrent);
    connect(m_cards, &CardList::copyAsked, this, &ResourceView::copyRows);
    connect(m_cards, &CardList::removeAsked, this, &ResourceView::askRemove);
    connect(m_cards, &CardList::menuAsked, this, &ResourceView::showMenu);
    m_looks = new Segments(m_titleLine);
    m_looks->setObjectName(u"looks"_s);
    m_looks->setChoices({u"cards"_s, u"table"_s}, {});
    auto *line = static_cast<QHBoxLayout *>(m_titleLine->layout());
    line->insertWidget(line->indexOf(m_why) + 1, m_looks);
    connect(m_looks, &Segments::chosen, this, [this](const QString &look) { setShowsCards(look == "cards"_L1); });
    if (m_context.settings->value(u"look-of/"_s + m_type.id, u"cards"_s).toString() == "cards"_L1)
        setShowsCards(true);
}

void ResourceView::setShowsCards(bool cards)
{
    if (!m_cards || cards == m_asCards)
        return;
    m_asCards = cards;
    m_looks->choose(cards ? u"cards"_s : u"table"_s);
    m_context.settings->setValue(u"look-of/"_s + m_type.id, m_looks->choice());
    const bool focused = m_table->hasFocus() || m_cards->hasFocus();
    QAbstractItemView *shown = cards ? static_cast<QAbstractItemView *>(m_cards) : m_table;
    m_table->setVisible(!cards);
    m_cards->setVisible(cards);
    m_overlay->moveTo(shown->viewport());
    setFocusProxy(shown);
    m_named.value(u"columns"_s)->setEnabled(!cards);
    if (focused)
        shown->setFocus();
    if (!m_group.isEmpty())
        applyQuery();
    if (m_table->currentRow() >= 0)
        cards ? m_cards->showRow(m_table->currentRow()) : m_table->showRow(m_table->currentRow());
}

void ResourceView::openCurrent()
{
    if (const Jump *way = pageJumpOf(m_type); way && m_context.openPage && currentRow())
        return jump(*way);
    QAction *edit = m_named.value(u"edit"_s);
    if (edit && edit->isEnabled())
        edit->trigger();
    else
        Q_EMIT detailsAsked();
}

} // namespace kboss
