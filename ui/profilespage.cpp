#include "ui/profilespage.h"

#include "ui/connectiontest.h"
#include "ui/environment.h"
#include "ui/pagefactory.h"
#include "ui/pagehead.h"
#include "ui/profileform.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QListWidget>
#include <QPainter>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

ProfilesPage::ProfilesPage(const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_head(new PageHead(context.theme, this)), m_list(new QListWidget(this)),
      m_form(new ProfileForm(context, this)), m_result(makeLabel({}, "label", this)), m_newButton(makeButton({}, "", this)),
      m_saveButton(makeButton({}, "primary", this)), m_testButton(makeButton({}, "", this)), m_connectButton(makeButton({}, "", this)),
      m_removeButton(makeButton({}, "danger", this)), m_new(new QAction(this)), m_save(new QAction(this)), m_test(new QAction(this)),
      m_connect(new QAction(this))
{
    setProperty("ground", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connect(m_new, &QAction::triggered, this, &ProfilesPage::startNew);
    connect(m_save, &QAction::triggered, this, &ProfilesPage::save);
    connect(m_test, &QAction::triggered, this, &ProfilesPage::test);
    connect(m_connect, &QAction::triggered, this, &ProfilesPage::connectTo);
    const std::pair<QPushButton *, QAction *> pairs[] = {
        {m_newButton, m_new}, {m_saveButton, m_save}, {m_testButton, m_test}, {m_connectButton, m_connect}};
    for (const auto &[button, action] : pairs)
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(m_removeButton, &QPushButton::clicked, this, &ProfilesPage::remove);
    connect(m_list, &QListWidget::currentRowChanged, this, &ProfilesPage::choose);
    connect(m_form, &ProfileForm::edited, this, &ProfilesPage::updateActions);
    connect(context.profiles, &ProfileStore::changed, this, &ProfilesPage::fillList);
    retranslate();
    if (m_list->count() == 0)
        blank();
}

void ProfilesPage::build()
{
    const Theme *theme = m_context.theme;
    m_list->setFixedWidth(theme->size("card"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_result->setWordWrap(true);
    m_head->addButton(m_newButton);
    auto *right = new QWidget(this);
    auto *rightLayout = new QVBoxLayout(right);
    const int margin = theme->size("space-5");
    rightLayout->setContentsMargins(margin, theme->size("space-3"), margin, theme->size("space-4"));
    rightLayout->setSpacing(theme->size("space-3"));
    auto *scroll = new QScrollArea(right);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_form);
    m_form->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    rightLayout->addWidget(scroll, 1);
    rightLayout->addWidget(m_result);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme->size("space-2"));
    buttons->addWidget(m_saveButton);
    buttons->addWidget(m_connectButton);
    buttons->addWidget(m_testButton);
    buttons->addStretch();
    buttons->addWidget(m_removeButton);
    rightLayout->addLayout(buttons);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("vertical-line"));
    line->setFixedWidth(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(line);
    row->addWidget(right, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(makeLine(this));
    layout->addLayout(row, 1);
}

QString ProfilesPage::title() const
{
    return ownPageTitle(pageId());
}
qint64 ProfilesPage::rows() const
{
    return m_context.profiles->profiles().size();
}
bool ProfilesPage::hasUnsaved() const
{
    return m_form->hasChanges();
}

void ProfilesPage::setShown(bool shown)
{
    if (shown && !std::exchange(m_told, true))
        QTimer::singleShot(0, this, &Page::ready);
}

void ProfilesPage::fillList()
{
    const QString chosen = m_form->isNew() ? QString() : m_form->profile().id;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    int row = m_form->isNew() || m_context.profiles->profiles().isEmpty() ? -1 : 0;
    const int side = m_context.theme->size("icon");
    for (const Profile &profile : m_context.profiles->profiles()) {
        QPixmap shape(side, side);
        shape.fill(Qt::transparent);
        QPainter painter(&shape);
        const int edge = (side - m_context.theme->size("shape")) / 2;
        m_context.theme->paintShape(&painter, QRectF(edge, edge, side - 2 * edge, side - 2 * edge), environmentTone(profile.color));
        auto *item = new QListWidgetItem(QIcon(shape), environmentOf(&profile).text, m_list);
        item->setData(Qt::UserRole, profile.id);
        item->setSizeHint({0, m_context.theme->size("palette-item")});
        if (profile.id == chosen)
            row = m_list->count() - 1;
    }
    m_list->setCurrentRow(row);
    m_head->setNote(tr("%1 connections").arg(m_list->count()));
    if (row >= 0 && chosen.isEmpty() && !m_form->isNew())
        showProfile(m_list->item(row)->data(Qt::UserRole).toString());
    Q_EMIT statusChanged();
}

void ProfilesPage::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    const QString id = item ? item->data(Qt::UserRole).toString() : QString();
    if (!m_form->hasChanges())
        return showProfile(id);
    QTimer::singleShot(0, this, [this, id] { // the list is still at its click
        select(m_form->isNew() ? QString() : m_form->profile().id);
        askLeaveForm([this, id] { showProfile(id); });
    });
}

void ProfilesPage::showProfile(const QString &id)
{
    if (const Profile *profile = m_context.profiles->find(id))
        m_form->setProfile(*profile, false);
    select(id);
    m_result->clear();
    updateActions();
}

void ProfilesPage::select(const QString &id)
{
    const QSignalBlocker quiet(m_list);
    int row = m_list->count() - 1;
    while (row >= 0 && m_list->item(row)->data(Qt::UserRole).toString() != id)
        --row;
    m_list->setCurrentRow(row);
}

bool ProfilesPage::isCurrent() const
{
    return m_context.session && m_context.session->profile().id == m_form->profile().id;
}

void ProfilesPage::askLeaveForm(std::function<void()> then)
{
    if (!m_form->hasChanges() || !m_context.prompt)
        return then();
    Question question;
    question.title = tr("Leave “%1” without saving?").arg(m_form->profile().name);
    question.text = tr("What you typed there and did not save will be lost.");
    question.acceptText = tr("Leave without saving");
    question.dangerous = true;
    m_context.prompt->ask(this, question, [then = std::move(then)](const Answer &answer) {
        if (answer.accepted)
            then();
    });
}

void ProfilesPage::startNew()
{
    askLeaveForm([this] { blank(); });
}

void ProfilesPage::blank()
{
    Profile profile;
    profile.id = freeId(QStringLiteral("server"));
    profile.color = QStringLiteral("bad");
    profile.signIn = SignInKind::Password;
    m_form->setProfile(profile, true);
    const QSignalBlocker quiet(m_list);
    m_list->setCurrentRow(-1);
    m_result->clear();
    updateActions();
}

QString ProfilesPage::freeId(const QString &name) const
{
    for (int i = 1;; ++i) {
        const QString id = i == 1 ? name : QStringLiteral("%1-%2").arg(name).arg(i);
        if (!m_context.profiles->find(id))
            return id;
    }
}

void ProfilesPage::updateActions()
{
    const bool changed = m_form->hasChanges();
    const Profile profile = m_form->profile();
    const bool current = isCurrent();
    const bool outdated = current && m_context.session->profile() != profile;
    m_save->setEnabled(m_form->isGood() && (changed || m_form->isNew()));
    m_connect->setEnabled(m_form->isGood() && !changed && !m_form->isNew() && (!current || outdated));
    m_connect->setText(current ? tr("Reconnect") : tr("Connect"));
    m_connectButton->setText(m_connect->text());
    m_test->setEnabled(m_form->isGood() && !profile.standalone);
    const std::pair<QPushButton *, QAction *> pairs[] = {{m_saveButton, m_save}, {m_testButton, m_test}, {m_connectButton, m_connect}};
    for (const auto &[button, action] : pairs)
        button->setEnabled(action->isEnabled());
    m_removeButton->setVisible(!m_form->isNew());
    m_removeButton->setEnabled(!current);
    m_removeButton->setToolTip(current ? tr("The connection in use cannot be deleted.") : QString());
    Q_EMIT statusChanged();
}

void ProfilesPage::save()
{
    const Profile profile = m_form->profile();
    const auto saved = m_context.profiles->save(profile);
    if (!saved) {
        m_context.showError(saved.error(), tr("Saving the connection"), [this] { save(); });
        return;
    }
    m_form->setProfile(profile, false);
    fillList();
    updateActions();
    if (!isCurrent() || m_context.session->profile() == profile)
        return;
    m_context.session->actions()->setReadOnly(profile.readOnly || m_context.session->profile().readOnly); // tighter at once, looser by reconnecting
    m_context.showNotice(tr("The connection in use was changed. The changes hold once it is made again."), tr("Reconnect"),
                         [connectTo = m_context.connectTo, id = profile.id] { connectTo(id); });
}

void ProfilesPage::remove()
{
    const Profile profile = m_form->profile();
    Question question;
    question.title = tr("Delete the connection “%1”?").arg(profile.name);
    question.text = tr(
        "Its settings, its local copy with its journal and its remembered password are deleted from this computer. Nothing changes on the server.");
    question.acceptText = tr("Delete connection");
    question.dangerous = true;
    m_context.prompt->ask(this, question, [this, profile](const Answer &answer) {
        if (!answer.accepted)
            return;
        if (m_context.secrets) {
            for (const char *what : {"password", "token"})
                m_context.secrets->remove(profile.secretKey(QString::fromLatin1(what)));
        }
        m_form->setProfile({}, true);
        if (const auto removed = m_context.profiles->remove(profile.id); !removed)
            m_context.showError(removed.error(), tr("Deleting the connection"), {});
        else if (m_context.forgetProfile)
            m_context.forgetProfile(profile.id);
        if (m_list->count() > 0) {
            showProfile(m_list->item(0)->data(Qt::UserRole).toString());
        } else {
            blank();
        }
    });
}

void ProfilesPage::test()
{
    m_result->setText(tr("Asking…"));
    auto lines = std::make_shared<QStringList>();
    testConnection(m_form->profile(), m_context.contractsShared, this, [this, lines](const QString &line, bool) {
        *lines << line;
        m_result->setText(lines->join(QLatin1Char('\n')));
    });
}

void ProfilesPage::connectTo()
{
    // Leaving this session closes this page: not from within its own button's signal.
    QTimer::singleShot(0, this, [connectTo = m_context.connectTo, id = m_form->profile().id] { connectTo(id); });
}

void ProfilesPage::retranslate()
{
    m_head->setTitle(title());
    m_new->setText(tr("New connection"));
    m_save->setText(tr("Save connection"));
    m_test->setText(tr("Test connection"));
    const std::pair<QPushButton *, QAction *> pairs[] = {
        {m_newButton, m_new}, {m_saveButton, m_save}, {m_testButton, m_test}, {m_connectButton, m_connect}};
    for (const auto &[button, action] : pairs)
        button->setText(action->text());
    m_removeButton->setText(tr("Delete connection…"));
    m_list->setAccessibleName(title());
    m_form->retranslate();
    fillList();
    updateActions();
    Q_EMIT titleChanged();
}

} // namespace kboss
