#include "ui/profileform.h"

#include "ui/environment.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>
#include <QTimeZone>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
const char *const colors[] = {"bad", "warn", "good", "info", "off"};
}

ProfileForm::ProfileForm(const AppContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_name(new QLineEdit(this)), m_kbossUrl(new QLineEdit(this)), m_billingUrl(new QLineEdit(this)),
      m_accountUrl(new QLineEdit(this)), m_ca(new QLineEdit(this)), m_proxyHost(new QLineEdit(this)), m_user(new QLineEdit(this)),
      m_color(new QComboBox(this)), m_kind(new QComboBox(this)), m_sample(new QComboBox(this)), m_proxy(new QComboBox(this)),
      m_signIn(new QComboBox(this)), m_zone(new QComboBox(this)), m_proxyPort(new QSpinBox(this)), m_readOnly(new QCheckBox(this)),
      m_caBox(new QWidget(this)), m_proxyBox(new QWidget(this)), m_browse(makeButton({}, "", this))
{
    build();
    connectFields();
    retranslate();
}

void ProfileForm::build()
{
    const Theme *theme = m_context.theme;
    auto *ca = new QHBoxLayout(m_caBox);
    ca->setContentsMargins(0, 0, 0, 0);
    ca->addWidget(m_ca, 1);
    ca->addWidget(m_browse);
    auto *proxy = new QHBoxLayout(m_proxyBox);
    proxy->setContentsMargins(0, 0, 0, 0);
    proxy->addWidget(m_proxyHost, 1);
    proxy->addWidget(m_proxyPort);
    m_proxyPort->setRange(0, 65535);
    m_proxyPort->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_zone->setEditable(true);
    for (const char *zone :
         {"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "America/New_York", "UTC"})
        m_zone->addItem(QString::fromLatin1(zone));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme->size("space-4"));
    grid->setVerticalSpacing(theme->size("space-1"));
    grid->setColumnMinimumWidth(0, theme->size("form-label"));
    addLine(grid, "name", QT_TR_NOOP("Name"), m_name);
    addLine(grid, "color", QT_TR_NOOP("Environment"), m_color);
    addLine(grid, "kind", QT_TR_NOOP("Kind"), m_kind);
    addLine(grid, "sample", QT_TR_NOOP("Sample data"), m_sample);
    addLine(grid, "urls", QT_TR_NOOP("Kboss address"), m_kbossUrl);
    addLine(grid, "urls-billing", QT_TR_NOOP("Billing address"), m_billingUrl);
    addLine(grid, "urls-account", QT_TR_NOOP("Account address"), m_accountUrl);
    addLine(grid, "user-kind", QT_TR_NOOP("Sign-in"), m_signIn);
    addLine(grid, "user", QT_TR_NOOP("User name"), m_user);
    addLine(grid, "ca_file", QT_TR_NOOP("Own certificate authority"), m_caBox);
    addLine(grid, "proxy-kind", QT_TR_NOOP("Proxy"), m_proxy);
    addLine(grid, "proxy", QT_TR_NOOP("Proxy host and port"), m_proxyBox);
    addLine(grid, "time_zone", QT_TR_NOOP("Time zone"), m_zone);
    addLine(grid, "read", QT_TR_NOOP("Changes"), m_readOnly);
    grid->setRowStretch(grid->rowCount(), 1);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 2);
}

void ProfileForm::addLine(QGridLayout *grid, const char *key, const char *text, QWidget *field)
{
    Line line;
    line.label = makeLabel({}, "label", this);
    line.field = field;
    line.fault = makeLabel({}, "fault", this);
    line.fault->hide();
    line.text = text;
    line.label->setBuddy(field);
    field->setMaximumWidth(m_context.theme->size("form-field") + m_context.theme->size("form-label"));
    const int row = grid->rowCount();
    grid->addWidget(line.label, row, 0);
    grid->addWidget(field, row, 1);
    grid->addWidget(line.fault, row + 1, 1);
    m_lines.insert(QString::fromLatin1(key), line);
}

void ProfileForm::connectFields()
{
    for (QLineEdit *field : {m_name, m_kbossUrl, m_billingUrl, m_accountUrl, m_ca, m_proxyHost, m_user})
        connect(field, &QLineEdit::textChanged, this, &ProfileForm::check);
    for (QComboBox *box : {m_color, m_kind, m_sample, m_proxy, m_signIn})
        connect(box, &QComboBox::currentIndexChanged, this, &ProfileForm::check);
    connect(m_zone, &QComboBox::currentTextChanged, this, &ProfileForm::check);
    connect(m_proxyPort, &QSpinBox::valueChanged, this, &ProfileForm::check);
    connect(m_readOnly, &QCheckBox::toggled, this, &ProfileForm::check);
    connect(m_browse, &QPushButton::clicked, this, &ProfileForm::browseCa);
}

void ProfileForm::setProfile(const Profile &profile, bool isNew)
{
    m_filling = true;
    m_saved = profile;
    m_isNew = isNew;
    m_name->setText(profile.name);
    m_color->setCurrentIndex(qMax(0, m_color->findData(profile.color)));
    m_kind->setCurrentIndex(profile.standalone ? 0 : 1);
    m_sample->setCurrentIndex(qMax(0, m_sample->findData(profile.sample)));
    m_kbossUrl->setText(profile.urls.value(ServiceKind::Kboss).toString());
    m_billingUrl->setText(profile.urls.value(ServiceKind::Billing).toString());
    m_accountUrl->setText(profile.urls.value(ServiceKind::Account).toString());
    m_ca->setText(profile.caFile);
    m_proxy->setCurrentIndex(qMax(0, m_proxy->findData(int(profile.proxyMode))));
    m_proxyHost->setText(profile.proxyHost);
    m_proxyPort->setValue(profile.proxyPort);
    m_signIn->setCurrentIndex(qMax(0, m_signIn->findData(int(profile.signIn))));
    m_user->setText(profile.userName);
    m_zone->setCurrentText(QString::fromLatin1(profile.timeZone));
    m_readOnly->setChecked(profile.readOnly);
    m_filling = false;
    check();
}

Profile ProfileForm::profile() const
{
    Profile profile = m_saved;
    profile.name = m_name->text().trimmed();
    profile.color = m_color->currentData().toString();
    profile.standalone = m_kind->currentIndex() == 0;
    profile.sample = m_sample->currentData().toString();
    profile.urls.clear();
    const std::pair<ServiceKind, const QLineEdit *> urls[] = {
        {ServiceKind::Kboss, m_kbossUrl}, {ServiceKind::Billing, m_billingUrl}, {ServiceKind::Account, m_accountUrl}};
    for (const auto &[kind, field] : urls) {
        if (const QString text = field->text().trimmed(); !text.isEmpty())
            profile.urls.insert(kind, QUrl(text, QUrl::StrictMode));
    }
    if (const QUrl pcapi = m_saved.urls.value(ServiceKind::Pcapi); !pcapi.isEmpty())
        profile.urls.insert(ServiceKind::Pcapi, pcapi);
    profile.caFile = m_ca->text().trimmed();
    profile.proxyMode = static_cast<ServerSettings::Proxy>(m_proxy->currentData().toInt());
    profile.proxyHost = m_proxyHost->text().trimmed();
    profile.proxyPort = m_proxyPort->value();
    profile.signIn = static_cast<SignInKind>(m_signIn->currentData().toInt());
    profile.userName = m_user->text().trimmed();
    profile.timeZone = m_zone->currentText().trimmed().toLatin1();
    profile.readOnly = m_readOnly->isChecked();
    if (profile.standalone) {
        profile.urls.clear();
        profile.signIn = SignInKind::None;
    }
    return profile;
}

void ProfileForm::setFault(const QString &key, const QString &text)
{
    const Line line = m_lines.value(key);
    if (!line.fault)
        return;
    line.fault->setText(text);
    line.fault->setVisible(!text.isEmpty() && line.field->isVisibleTo(this));
    setRole(line.field, "fault", !text.isEmpty());
}

void ProfileForm::checkUrl(const char *key, const QLineEdit *field)
{
    const QString text = field->text().trimmed();
    if (text.isEmpty())
        return;
    Profile one = profile();
    one.urls = {{ServiceKind::Kboss, QUrl(text, QUrl::StrictMode)}};
    const auto checked = ProfileStore::check(one);
    if (!checked && checked.error().field == "urls"_L1) {
        m_good = false;
        setFault(QString::fromLatin1(key), wordsFor(checked.error()));
    }
}

void ProfileForm::check()
{
    if (m_filling)
        return;
    updateVisible();
    for (auto it = m_lines.cbegin(); it != m_lines.cend(); ++it)
        setFault(it.key(), {});
    const Profile now = profile();
    const auto checked = ProfileStore::check(now);
    m_good = checked.has_value();
    if (!now.standalone) {
        checkUrl("urls", m_kbossUrl);
        checkUrl("urls-billing", m_billingUrl);
        checkUrl("urls-account", m_accountUrl);
    }
    if (!checked && (checked.error().field != "urls"_L1 || now.urls.isEmpty()))
        setFault(checked.error().field, wordsFor(checked.error()));
    Q_EMIT edited();
}

QString ProfileForm::wordsFor(const Error &error) const
{
    if (error.field == "name"_L1)
        return tr("A name is needed.");
    if (error.field == "urls"_L1)
        return profile().urls.isEmpty()
            ? tr("At least one address is needed.")
            : tr("An address like https://host/path. Plain http only to this computer; no name, password or query in it.");
    if (error.field == "ca_file"_L1)
        return tr("This file cannot be read, or holds no certificate in PEM form.");
    if (error.field == "proxy"_L1)
        return tr("A host and a port from 1 to 65535 are needed.");
    if (error.field == "user"_L1)
        return tr("A user name is needed.");
    if (error.field == "time_zone"_L1)
        return tr("There is no such time zone. One looks like Asia/Shanghai.");
    return error.detail;
}

void ProfileForm::updateVisible()
{
    const bool server = m_kind->currentIndex() == 1;
    const bool manual = m_proxy->currentData().toInt() == int(ServerSettings::Proxy::Manual);
    const auto signIn = static_cast<SignInKind>(m_signIn->currentData().toInt());
    const std::pair<const char *, bool> shown[] = {
        {"sample", !server},         {"urls", server},      {"urls-billing", server},
        {"urls-account", server},    {"ca_file", server},   {"proxy-kind", server},
        {"proxy", server && manual}, {"user-kind", server}, {"user", server && signIn == SignInKind::Password},
    };
    for (const auto &[key, visible] : shown) {
        const Line line = m_lines.value(QString::fromLatin1(key));
        line.label->setVisible(visible);
        line.field->setVisible(visible);
        line.fault->setVisible(visible && !line.fault->text().isEmpty());
    }
    m_kind->setEnabled(m_isNew);
    m_sample->setEnabled(m_isNew);
}

void ProfileForm::browseCa()
{
    Question question;
    question.title = tr("Choose the certificate file");
    question.input = u"file-open"_s;
    question.inputValue = m_ca->text();
    question.inputFilter = tr("Certificates (*.pem *.crt *.cer)");
    m_context.prompt->ask(this, question, [this](const Answer &answer) {
        if (answer.accepted)
            m_ca->setText(answer.input);
    });
}

void ProfileForm::retranslate()
{
    const Profile now = profile();
    const bool was = std::exchange(m_filling, true);
    for (const Line &line : std::as_const(m_lines)) {
        line.label->setText(tr(line.text));
        line.field->setAccessibleName(tr(line.text));
    }
    const auto refill = [](QComboBox *box, const QList<std::pair<QString, QVariant>> &items) {
        const int index = qMax(0, box->currentIndex());
        box->clear();
        for (const auto &[text, code] : items)
            box->addItem(text, code);
        box->setCurrentIndex(index);
    };
    QList<std::pair<QString, QVariant>> words;
    for (const char *color : colors)
        words << std::pair(environmentWord(QString::fromLatin1(color)), QVariant(QString::fromLatin1(color)));
    refill(m_color, words);
    const int side = m_context.theme->size("icon") - 4;
    for (int i = 0; i < m_color->count(); ++i) {
        QPixmap shape(side, side);
        shape.fill(Qt::transparent);
        QPainter painter(&shape);
        m_context.theme->paintShape(&painter, QRectF(1, 1, side - 2, side - 2), environmentTone(m_color->itemData(i).toString()));
        m_color->setItemIcon(i, QIcon(shape));
    }
    refill(m_kind, {{tr("On this computer, by itself"), 0}, {tr("A server"), 1}});
    refill(m_sample, {{tr("Small"), u"small"_s}, {tr("Medium"), u"medium"_s}, {tr("Large"), u"large"_s}, {tr("None"), u"none"_s}});
    refill(m_proxy,
           {{tr("As the system says"), int(ServerSettings::Proxy::System)},
            {tr("None"), int(ServerSettings::Proxy::None)},
            {tr("By hand"), int(ServerSettings::Proxy::Manual)}});
    refill(m_signIn,
           {{tr("None"), int(SignInKind::None)},
            {tr("Token"), int(SignInKind::Token)},
            {tr("User name and password"), int(SignInKind::Password)},
            {tr("One-time code"), int(SignInKind::Code)}});
    m_readOnly->setText(tr("Read-only: nothing can be changed through this connection"));
    m_readOnly->setAccessibleName(m_readOnly->text());
    m_browse->setText(tr("Choose…"));
    for (QLineEdit *field : {m_kbossUrl, m_billingUrl, m_accountUrl})
        field->setPlaceholderText(u"https://"_s);
    m_proxyHost->setAccessibleName(tr("Proxy host"));
    m_proxyPort->setAccessibleName(tr("Proxy port"));
    m_ca->setAccessibleName(tr("Certificate file"));
    m_filling = was;
    if (!m_saved.id.isEmpty() && now != profile())
        setProfile(now, m_isNew);
    else
        check();
}

} // namespace kboss
