#include "ui/scopedpage.h"

#include "ui/askbar.h"
#include "ui/detailspanel.h"
#include "ui/resourceview.h"
#include "ui/rowcollector.h"
#include "ui/scopebar.h"

#include <QHBoxLayout>
#include <QJsonObject>

namespace kboss {

using namespace Qt::StringLiterals;

ScopedPage::ScopedPage(const ResourceType &type, const AppContext &context, QWidget *parent)
    : ResourcePage(type, context, parent), m_scope(new ScopeBar(type, context, view(), view()))
{
    if (AskBar::isNeeded(type)) {
        auto *both = new QWidget(view());
        auto *line = new QHBoxLayout(both);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(0);
        m_ask = new AskBar(view()->feed(), both);
        line->addWidget(m_scope, 1);
        line->addWidget(m_ask);
        view()->setScopeLine(both);
    } else {
        view()->setScopeLine(m_scope);
    }
    connect(m_scope, &ScopeBar::changed, this, &ScopedPage::followScope);
    followScope();
}

ScopedPage::~ScopedPage() = default;

void ScopedPage::followScope()
{
    explain();
    Q_EMIT statusChanged();
    const Row next = m_scope->master();
    const Row &now = view()->feed()->master();
    if (!m_scope->isSettled() || now == next)
        return;
    const bool other = next.key != now.key;
    const auto go = [this, next] {
        view()->feed()->setMaster(next, m_scope->masterType());
        Q_EMIT statusChanged();
    };
    if (!other || !panel()->hasUnsaved()) {
        if (other && panel()->mode() != DetailsPanel::Mode::Closed)
            panel()->askClose();
        go();
        return;
    }
    panel()->askClose([this, go] {
        panel()->askClose();
        go();
    });
}

void ScopedPage::explain()
{
    const ResourceType *missing = m_scope->missing();
    if (!missing)
        return;
    const QString master = missing->titleOne.text(), title = view()->feed()->type().title.text();
    switch (m_scope->missingState()) {
    case State::Empty:
        view()->setNoMasterText(tr("There is no %1 yet").arg(master), tr("%1 belong to one. They appear here once it is there.").arg(title));
        return;
    case State::Offline:
    case State::Failed:
    case State::Forbidden:
        view()->setNoMasterText(tr("%1 cannot be read").arg(missing->title.text()),
                                tr("Without them nobody knows whose %1 to show. They are read again by themselves.").arg(title));
        return;
    case State::Loading:
        view()->setNoMasterText(tr("Reading %1").arg(missing->title.text()), {});
        return;
    case State::Ready:
    case State::FilteredOut:
        view()->setNoMasterText(tr("No %1 is chosen").arg(master), tr("Choose it above: %1 belong to one.").arg(title), tr("Choose %1").arg(master),
                                [this] { m_scope->openMissing(); });
        return;
    }
}

Page::State ScopedPage::state() const
{
    return m_scope->isSettled() ? ResourcePage::state() : State::Loading;
}

QJsonObject ScopedPage::saveState() const
{
    QJsonObject state = ResourcePage::saveState();
    if (m_ask) {
        QJsonObject asked;
        const auto values = m_ask->values();
        for (auto it = values.begin(); it != values.end(); ++it)
            asked.insert(it.key(), it.value());
        state.insert(u"asked"_s, asked);
    }
    return state;
}

void ScopedPage::restoreState(const QJsonObject &state)
{
    if (m_ask) {
        QHash<QString, QString> values;
        const QJsonObject asked = state.value(u"asked"_s).toObject();
        for (auto it = asked.begin(); it != asked.end(); ++it)
            values.insert(it.key(), it.value().toString());
        m_ask->setValues(values);
    }
    ResourcePage::restoreState(state);
}

void ScopedPage::setShown(bool shown)
{
    m_scope->setShown(shown);
    ResourcePage::setShown(shown);
}

void ScopedPage::retranslate()
{
    m_scope->retranslate();
    if (m_ask)
        m_ask->retranslate();
    explain();
    ResourcePage::retranslate();
}

bool ScopedPage::showForTour(const QString &variant)
{
    if (variant == "no-scope"_L1) {
        m_scope->choose(0, {});
        return true;
    }
    m_scope->chooseFirst();
    if (variant == "choose"_L1) {
        m_scope->openChooser(0);
        return true;
    }
    return ResourcePage::showForTour(variant);
}

} // namespace kboss
