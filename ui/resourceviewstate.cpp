// What a ResourceView says over an empty table: why there is nothing, and what to do.
#include "ui/errortext.h"
#include "ui/filterbar.h"
#include "ui/resourceview.h"
#include "ui/stateoverlay.h"
#include "ui/writecontroller.h"

#include <QAction>

namespace kboss {

using namespace Qt::StringLiterals;

void ResourceView::updateOverlay()
{
    const QString title = m_type.title.text();
    const auto retry = [this] { m_feed->refresh(); };
    const Error fault = m_feed->error();
    switch (state()) {
    case Page::State::Ready:
        m_overlay->clear();
        return;
    case Page::State::Loading:
        if (m_feed->totalRows() > 0)
            return; // the rows of another question are on their way: nothing jumps
        if (m_waitedLong)
            m_overlay->say(tr("Reading %1").arg(title), tr("Waiting for the service's first answer."));
        else
            m_overlay->clear();
        return;
    case Page::State::FilteredOut:
        m_overlay->say(tr("No row matches these conditions"),
                       m_feed->totalRows() == 1 ? tr("One row is there without them.")
                                                : tr("%1 rows are there without them.").arg(formatAmount(Decimal(m_feed->totalRows()), 0)),
                       tr("Clear filters"), [this] { m_filters->clear(); });
        return;
    case Page::State::Empty: {
        if (m_feed->wantsMaster()) {
            m_overlay->say(m_noMasterHeading, m_noMasterText, m_noMasterButton, m_noMasterAction);
            return;
        }
        QAction *create = namedAction(u"create"_s);
        m_overlay->say(tr("There are no rows yet"), tr("The service answered, and its list of %1 is empty.").arg(title),
                       create && create->isEnabled() ? create->text() : QString(), [create] { create->trigger(); });
        return;
    }
    case Page::State::Offline:
        m_overlay->say(tr("Offline, and %1 was never read here").arg(title),
                       tr("Once the service answers, its rows appear by themselves and stay readable offline from then on."), tr("Try again"), retry);
        return;
    case Page::State::Forbidden: {
        const ErrorText words = errorText(fault, tr("Read %1").arg(title));
        m_overlay->say(tr("No right to see %1").arg(title), words.reason + u'\n' + words.advice, tr("Try again"), retry);
        return;
    }
    case Page::State::Failed: {
        const ErrorText words = errorText(fault, tr("Read %1").arg(title));
        m_overlay->say(words.headline, words.reason + u'\n' + words.advice, tr("Try again"), retry);
        return;
    }
    }
}

} // namespace kboss
