#include "ui/startpage.h"

#include "app/base/watchresult.h"
#include "models/writeplanner.h"
#include "ui/environment.h"
#include "ui/pagefactory.h"
#include "ui/widgets.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QKeySequence>
#include <QLocale>
#include <QRadioButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

StartPage::StartPage(const AppContext &context, QWidget *parent) : Page(parent), m_context(context), m_layout(new QVBoxLayout(this))
{
    setProperty("ground", QStringLiteral("window"));
    setAttribute(Qt::WA_StyledBackground);
    m_layout->setContentsMargins(0, 0, 0, 0);
    connect(context.theme, &Theme::changed, this, &StartPage::rebuild);
    if (context.profiles)
        connect(context.profiles, &ProfileStore::changed, this, &StartPage::rebuild);
    rebuild();
}

QString StartPage::title() const
{
    return ownPageTitle(pageId());
}
qint64 StartPage::rows() const
{
    return m_context.profiles ? m_context.profiles->profiles().size() : 0;
}

void StartPage::setShown(bool shown)
{
    if (!shown)
        return;
    readCounts();
    if (!std::exchange(m_told, true))
        QTimer::singleShot(0, this, &Page::ready);
}

void StartPage::retranslate()
{
    rebuild();
    Q_EMIT titleChanged();
}

void StartPage::rebuild()
{
    m_counts.clear();
    if (m_body)
        m_body->deleteLater();
    const Theme *theme = m_context.theme;
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *inside = new QWidget(scroll);
    inside->setMaximumWidth(theme->size("card") * 4);
    auto *column = new QVBoxLayout(inside);
    column->setSpacing(theme->size("space-4"));
    column->setContentsMargins(theme->size("space-5"), 2 * theme->size("space-5"), theme->size("space-5"), theme->size("space-5"));
    column->addWidget(makeLabel(tr("Kboss Console"), "figure", inside));
    auto *lead =
        makeLabel(m_context.session ? tr("Connected as “%1”. Everything you read stays on this computer as a copy and works offline.")
                                          .arg(environmentOf(&m_context.session->profile()).text)
                                    : tr("One console for compute centers, nodes and accounts. Choose how to begin; both can be changed later."),
                  "label", inside);
    column->addWidget(lead);
    column->addSpacing(theme->size("space-3"));
    column->addWidget(m_context.session ? buildPages(inside) : buildFirst(inside));
    column->addWidget(buildKeys(inside));
    column->addStretch();
    auto *about =
        makeLabel(tr("Version %1 · GPL-3.0-or-later · data in %2").arg(QStringLiteral(KBOSS_VERSION), m_context.dataFolder), "hint", inside);
    about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(about);
    scroll->setWidget(inside);
    m_body = scroll;
    m_layout->addWidget(scroll);
    readCounts();
}

QFrame *StartPage::card(QWidget *parent, const QString &title, const QString &text, QVBoxLayout **inside)
{
    const Theme *theme = m_context.theme;
    auto *frame = new QFrame(parent);
    frame->setProperty("role", QStringLiteral("card"));
    auto *layout = new QVBoxLayout(frame);
    const int margin = theme->size("space-5");
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(theme->size("space-3"));
    layout->addWidget(makeLabel(title, "title", frame));
    auto *words = makeLabel(text, "label", frame);
    words->setWordWrap(true);
    layout->addWidget(words);
    *inside = layout;
    return frame;
}

QWidget *StartPage::buildFirst(QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m_context.theme->size("space-4"));
    row->addWidget(buildTry(box), 1);
    row->addWidget(buildConnect(box), 1);
    return box;
}

QWidget *StartPage::buildTry(QWidget *parent)
{
    QVBoxLayout *inside = nullptr;
    QFrame *frame = card(parent, tr("Try it on this computer"),
                         tr("Starts a service of its own here, filled with invented data. It is reached by this console only, needs no account, and "
                            "everything can be changed without harm."),
                         &inside);
    auto *group = new QButtonGroup(frame);
    const std::pair<const char *, QString> samples[] = {
        {"small", tr("Small: 30 centers, 600 nodes, 2,000 billing accounts")},
        {"medium", tr("Medium: 100,000 billing accounts")},
        {"large", tr("Large: 1,000,000 billing accounts, takes about a minute to fill")},
    };
    for (const auto &[id, text] : samples) {
        auto *choice = new QRadioButton(text, frame);
        const QString sample = QString::fromLatin1(id);
        choice->setChecked(sample == m_sample);
        connect(choice, &QRadioButton::toggled, this, [this, sample](bool on) {
            if (on)
                m_sample = sample;
        });
        group->addButton(choice);
        inside->addWidget(choice);
    }
    inside->addStretch();
    auto *go = makeButton(tr("Try it on this computer"), "primary", frame);
    go->setObjectName(QStringLiteral("tryHere"));
    connect(go, &QPushButton::clicked, this, [this] { m_context.tryHere(m_sample); });
    inside->addWidget(go, 0, Qt::AlignLeft);
    return frame;
}

QWidget *StartPage::buildConnect(QWidget *parent)
{
    QVBoxLayout *inside = nullptr;
    QFrame *frame =
        card(parent, tr("Connect to a server"),
             tr("You need its address, and a name and password, a token or a one-time code. Passwords are kept in this computer's keychain or "
                "nowhere."),
             &inside);
    const QList<Profile> profiles = m_context.profiles ? m_context.profiles->profiles() : QList<Profile>();
    for (const Profile &profile : profiles) {
        auto *known = makeButton(environmentOf(&profile).text, "", frame);
        connect(known, &QPushButton::clicked, this, [this, id = profile.id] { m_context.connectTo(id); });
        inside->addWidget(known, 0, Qt::AlignLeft);
    }
    inside->addStretch();
    auto *go = makeButton(tr("Connect to a server…"), "", frame);
    go->setObjectName(QStringLiteral("connect"));
    connect(go, &QPushButton::clicked, this, [this] { m_context.openPage(QStringLiteral("profiles")); });
    inside->addWidget(go, 0, Qt::AlignLeft);
    return frame;
}

QWidget *StartPage::buildPages(QWidget *parent)
{
    const Theme *theme = m_context.theme;
    auto *box = new QWidget(parent);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(theme->size("space-4"));
    int at = 0;
    for (const PageEntry &entry : availablePages(m_context)) {
        if (entry.id == pageId())
            continue;
        QVBoxLayout *inside = nullptr;
        QFrame *frame = card(box, entry.title, groupTitle(entry.group), &inside);
        if (entry.resource) {
            auto *count = makeLabel(QStringLiteral("—"), "figure", frame);
            count->setFont(theme->figureFont(TextSize::Figure, true));
            inside->addWidget(count);
            m_counts.insert(entry.id, count);
        }
        inside->addStretch();
        auto *open = makeButton(tr("Open"), "", frame);
        open->setAccessibleName(tr("Open %1").arg(entry.title));
        connect(open, &QPushButton::clicked, this, [this, id = entry.id] { m_context.openPage(id); });
        inside->addWidget(open, 0, Qt::AlignLeft);
        grid->addWidget(frame, at / 3, at % 3);
        ++at;
    }
    for (int column = 0; column < 3; ++column)
        grid->setColumnStretch(column, 1);
    return box;
}

QWidget *StartPage::buildKeys(QWidget *parent)
{
    const Theme *theme = m_context.theme;
    auto *box = new QWidget(parent);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, theme->size("space-3"), 0, 0);
    row->setSpacing(theme->size("space-2"));
    const std::pair<QKeySequence, QString> keys[] = {
        {QKeySequence(Qt::CTRL | Qt::Key_K), tr("find a page or run an action")},
        {QKeySequence(Qt::CTRL | Qt::Key_Tab), tr("next tab")},
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), tr("tab into its own window")},
        {QKeySequence(Qt::CTRL | Qt::Key_B), tr("narrow navigation")},
    };
    for (const auto &[key, what] : keys) {
        auto *cap = makeLabel(key.toString(QKeySequence::NativeText), "key", box);
        row->addWidget(cap);
        row->addWidget(makeLabel(what, "label", box));
        row->addSpacing(theme->size("space-4"));
    }
    row->addStretch();
    return box;
}

void StartPage::readCounts()
{
    if (!m_context.session)
        return;
    for (auto it = m_counts.cbegin(); it != m_counts.cend(); ++it) {
        const ResourceType *type = m_context.resources->find(it.key());
        const Profile &profile = m_context.session->profile();
        if (!type)
            continue;
        const DatasetSpec spec = datasetOf(*type, profile.dataKey(), QTimeZone(profile.timeZone));
        watchResult(m_context.session->store()->info(spec.id), this, [label = QPointer<QLabel>(it.value())](const Result<DatasetInfo> &info) {
            if (label && info && info->rows > 0)
                label->setText(QLocale(QLocale::English).toString(info->rows));
        });
    }
}

} // namespace kboss
