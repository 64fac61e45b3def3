#include "ui/installpage.h"

#include "app/base/watchresult.h"
#include "ui/errortext.h"
#include "ui/installchecks.h"
#include "ui/installdesks.h"
#include "ui/installdone.h"
#include "ui/installhosts.h"
#include "ui/installrail.h"
#include "ui/installreview.h"
#include "ui/installrunpane.h"
#include "ui/installtrust.h"
#include "ui/pageaddress.h"
#include "ui/stateoverlay.h"
#include "ui/widgets.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QStackedWidget>
#include <QTimer>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
const char *const stepIds[] = {"hosts", "trust", "checks", "plan", "install", "done"};
}

InstallPage::InstallPage(QString installId, const AppContext &context, QWidget *parent)
    : Page(parent), m_id(std::move(installId)), m_context(context), m_desk(installDeskOf(context)),
      m_rail(new InstallRail(context.theme, Steps, this)), m_title(makeLabel({}, "title", this)), m_note(makeLabel({}, "label", this)),
      m_open(makeLabel({}, "label", this)), m_next(makeButton({}, "primary", this)), m_head(new QHBoxLayout), m_body(new QWidget(this)),
      m_stack(new QStackedWidget(m_body)), m_overlay(new StateOverlay(m_body))
{
    setObjectName(u"page-install"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    build();
    buildActions();
    connect(m_rail, &InstallRail::chosen, this, [this](int step) { goTo(static_cast<Step>(step)); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (InstallPane *now = pane(m_step))
            now->next();
    });
    retranslate();
    open();
}

InstallPage::~InstallPage()
{
    if (m_installation && m_desk)
        m_desk->close(m_id);
}

void InstallPage::build()
{
    const Theme *theme = m_context.theme;
    m_next->setObjectName(u"installNext"_s);
    m_open->setObjectName(u"installOpen"_s);
    auto *head = new QWidget(m_body);
    head->setFixedHeight(theme->size("title-line"));
    head->setLayout(m_head);
    m_head->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), 0);
    m_head->setSpacing(theme->size("space-3"));
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_head->addWidget(m_title);
    m_head->addWidget(m_note, 1);
    m_head->addWidget(m_open);
    m_head->addWidget(m_next);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_stack, 1);
    auto *line = new QFrame(this);
    line->setProperty("role", u"vertical-line"_s);
    line->setFixedWidth(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(line);
    row->addWidget(m_body, 1);
}

void InstallPage::buildActions()
{
    const auto offer = [this](const QString &id, const QString &icon, const QKeySequence &keys, auto work) {
        auto *action = new QAction(this);
        action->setObjectName(u"install."_s + id);
        action->setProperty("iconName", icon);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, work);
        addAction(action);
        m_actions << action;
    };
    for (int step = 0; step < Steps; ++step)
        offer(QLatin1String(stepIds[step]), u"list"_s, QKeySequence(QKeyCombination(Qt::ALT, static_cast<Qt::Key>(Qt::Key_1 + step))),
              [this, step] { goTo(static_cast<Step>(step)); });
    offer(u"next"_s, u"chevron-right"_s, QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { m_next->click(); });
    offer(u"part"_s, u"list"_s, QKeySequence(Qt::Key_F6), [this] { moveFocus(); });
}

// F6: rail, page, and what is beside the page.
void InstallPage::moveFocus()
{
    QList<QWidget *> parts{m_rail->item(m_rail->current())};
    for (const char *name : {"installHostsTable", "installTrustTable", "installChecksMatrix", "installCheckPanel", "installReviewTree",
                             "installRunMatrix", "installLogList", "installChoices", "installReport"}) {
        if (auto *part = m_stack->findChild<QWidget *>(QLatin1String(name)); part && part->isVisible())
            parts << part;
    }
    parts << m_next;
    qsizetype at = -1;
    const QWidget *focus = QApplication::focusWidget();
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (focus && (parts[i] == focus || parts[i]->isAncestorOf(focus)))
            at = i;
    }
    for (qsizetype i = 1; i <= parts.size(); ++i) {
        QWidget *next = parts[(at + i) % parts.size()];
        if (!next->isEnabled())
            continue;
        next->setFocus(Qt::ShortcutFocusReason);
        if (!next->hasFocus()) { // what takes none itself has something in it that does
            for (QWidget *child : next->findChildren<QWidget *>()) {
                if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
                    child->setFocus(Qt::ShortcutFocusReason);
                    break;
                }
            }
        }
        return;
    }
}

void InstallPage::open()
{
    if (!m_desk) {
        m_state = State::Failed;
        m_overlay->say(tr("Clusters cannot be installed from here"), tr("This connection has no folder for installations."));
        QTimer::singleShot(0, this, &Page::ready);
        return;
    }
    m_overlay->say(tr("Opening the installation"), {});
    watchResult(m_desk->load(), this, [this](const Result<void> &) {
        watchResult(m_desk->open(m_id), this, [this](const Result<Installation *> &opened) {
            if (!opened) {
                m_state = State::Failed;
                const ErrorText words = errorText(opened.error(), tr("Opening the installation"));
                m_overlay->say(words.headline, opened.error().detail, tr("Try again"), [this] { open(); });
            } else {
                m_state = State::Ready;
                m_installation = *opened;
                m_overlay->clear();
                makePanes();
            }
            Q_EMIT statusChanged();
            Q_EMIT titleChanged();
            Q_EMIT ready();
        });
    });
}

void InstallPage::makePanes()
{
    m_panes = {new InstallHostsPane(m_context, m_desk, m_installation, m_stack), new InstallTrustPane(m_context, m_installation, m_stack),
               new InstallChecksPane(m_context, m_installation, m_stack),        new InstallReviewPane(m_context, m_desk, m_installation, m_stack),
               new InstallRunPane(m_context, m_installation, m_stack),           new InstallDonePane(m_context, m_installation, m_stack)};
    for (size_t i = 0; i < m_panes.size(); ++i) {
        InstallPane *pane = m_panes[i];
        m_stack->addWidget(pane);
        const qsizetype before = m_head->indexOf(m_open);
        qsizetype at = before;
        for (QWidget *button : pane->headButtons()) {
            button->hide();
            m_head->insertWidget(static_cast<int>(at++), button);
        }
        connect(pane, &InstallPane::changed, this, &InstallPage::showWords);
        connect(pane, &InstallPane::nextAsked, this, [this] {
            if (m_step + 1 < Steps)
                goTo(static_cast<Step>(m_step + 1));
        });
        connect(pane, &InstallPane::goAsked, this, [this](int step) { goTo(static_cast<Step>(step)); });
    }
    connect(m_installation, &Installation::planChanged, this, &Page::titleChanged);
    connect(m_installation, &Installation::failed, this, [this](const Error &error) { m_context.showError(error, tr("Keep the installation"), {}); });
    const Step wanted = m_wanted >= 0 ? static_cast<Step>(m_wanted) : firstOpen();
    m_step = Steps; // none is shown yet
    goTo(wanted);
}

InstallPage::Step InstallPage::firstOpen() const
{
    switch (m_installation->entry().state) {
    case InstallEntry::State::Done:
    case InstallEntry::State::Removed:
        return Done;
    case InstallEntry::State::Draft:
        return Hosts;
    default:
        return m_installation->run() ? Install : Hosts;
    }
}

void InstallPage::goTo(Step step)
{
    m_wanted = step;
    if (m_panes.empty() || step >= Steps)
        return;
    const bool held = m_stack->isAncestorOf(QApplication::focusWidget());
    if (m_step < Steps && m_step != step)
        pane(m_step)->leave();
    m_step = step;
    m_rail->setCurrent(step);
    m_stack->setCurrentWidget(pane(step));
    for (size_t i = 0; i < m_panes.size(); ++i) {
        for (QWidget *button : m_panes[i]->headButtons())
            button->setVisible(static_cast<int>(i) == step);
    }
    setFocusProxy(pane(step));
    if (m_shown)
        pane(step)->enter();
    if (held || m_next->hasFocus())
        pane(step)->setFocus(Qt::OtherFocusReason);
    showWords();
}

void InstallPage::showWords()
{
    if (m_panes.empty() || m_step >= Steps)
        return;
    for (int step = 0; step < Steps; ++step) {
        const InstallPane::Words words = pane(static_cast<Step>(step))->words();
        m_rail->setStep(step, stepWord(static_cast<Step>(step)), words.summary, words.standing);
    }
    const InstallPane::Words now = pane(m_step)->words();
    m_title->setText(now.title);
    m_note->setText(now.note);
    m_note->setToolTip(now.note);
    m_open->setText(now.open);
    m_open->setVisible(!now.open.isEmpty());
    m_next->setText(now.next);
    m_next->setVisible(!now.next.isEmpty());
    m_next->setEnabled(now.open.isEmpty());
    m_next->setAccessibleDescription(now.open);
    for (QAction *action : m_actions) {
        if (action->objectName() == "install.next"_L1) {
            action->setText(now.next.isEmpty() ? tr("Next") : now.next);
            action->setEnabled(m_next->isEnabled() && !now.next.isEmpty());
        }
    }
}

QString InstallPage::openText() const
{
    return m_open->isHidden() ? QString() : m_open->text();
}

QString InstallPage::pageId() const
{
    return PageAddress{u"install"_s, {m_id}}.id();
}

QString InstallPage::title() const
{
    const QString name = m_installation ? m_installation->plan().cluster : QString();
    return name.isEmpty() ? tr("Install cluster") : tr("Install cluster %1").arg(name);
}

qint64 InstallPage::rows() const
{
    return m_installation ? static_cast<qint64>(m_installation->plan().hosts.size()) : 0;
}

QJsonObject InstallPage::saveState() const
{
    return {{u"step"_s, m_step < Steps ? static_cast<int>(m_step) : 0}};
}

void InstallPage::restoreState(const QJsonObject &state)
{
    const int step = state[u"step"_s].toInt(-1);
    if (step >= 0 && step < Steps)
        goTo(static_cast<Step>(step));
}

void InstallPage::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (!m_panes.empty() && m_step < Steps)
        shown ? pane(m_step)->enter() : pane(m_step)->leave();
    showWords();
}

bool InstallPage::showForTour(const QString &variant)
{
    for (int step = 0; step < Steps; ++step) {
        if (variant == QLatin1String(stepIds[step]) || (variant.isEmpty() && step == Hosts)) {
            goTo(static_cast<Step>(step));
            return true;
        }
    }
    return false;
}

QString InstallPage::stepWord(Step step)
{
    switch (step) {
    case Hosts:
        return tr("Hosts");
    case Trust:
        return tr("Trust");
    case Checks:
        return tr("Checks");
    case Plan:
        return tr("Plan");
    case Install:
        return tr("Install");
    default:
        return tr("Done");
    }
}

void InstallPage::retranslate()
{
    for (int step = 0; step < Steps; ++step) {
        m_rail->setStep(step, stepWord(static_cast<Step>(step)), {}, InstallPane::Standing::Ahead);
        m_actions[step]->setText(tr("Go to: %1").arg(stepWord(static_cast<Step>(step))));
    }
    m_actions.last()->setText(tr("Next part of the page"));
    m_rail->setAccessibleName(tr("Steps"));
    for (InstallPane *pane : m_panes)
        pane->retranslate();
    showWords();
    Q_EMIT titleChanged();
}

} // namespace kboss
