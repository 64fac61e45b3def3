#include "ui/quotehead.h"

#include "models/quotewords.h"
#include "ui/freshnesstext.h"
#include "ui/quotedesk.h"
#include "ui/widgets.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostTerm = 100'000, mostInstances = 100;
// The service's words for terms, as code points since the words people see are translated.
const char16_t *const termUnits[] = {u"\u5c0f\u65f6", u"\u5929", u"\u5468", u"\u6708"};

void fill(QComboBox *box, const std::vector<QuoteDesk::Center> &list, const QString &chosen, const QString &chosenName)
{
    const QSignalBlocker quiet(box);
    box->clear();
    for (const QuoteDesk::Center &center : list)
        box->addItem(center.name, center.id);
    int at = box->findData(chosen);
    if (at < 0 && !chosen.isEmpty()) { // what the quote has is kept, even where the list does not know it
        box->addItem(chosenName.isEmpty() ? chosen : chosenName, chosen);
        at = box->count() - 1;
    }
    box->setCurrentIndex(at);
}

} // namespace

QuoteHead::QuoteHead(QuoteDesk *desk, Theme *theme, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_theme(theme), m_title(makeLabel({}, "title", this)), m_note(makeLabel({}, "label", this)),
      m_hours(makeLabel({}, "label", this)), m_state(new Chip(theme, this)), m_age(new Chip(theme, this)),
      m_refresh(makeIconButton(theme, u"refresh"_s, {}, this)), m_more(makeIconButton(theme, u"more"_s, {}, this)),
      m_customerLabel(makeLabel({}, "label", this)), m_centerLabel(makeLabel({}, "label", this)), m_clusterLabel(makeLabel({}, "label", this)),
      m_termLabel(makeLabel({}, "label", this)), m_instancesLabel(makeLabel({}, "label", this)), m_untilLabel(makeLabel({}, "label", this)),
      m_customer(new QLineEdit(this)), m_until(new QLineEdit(this)), m_center(new QComboBox(this)), m_cluster(new QComboBox(this)),
      m_unit(new QComboBox(this)), m_term(new QSpinBox(this)), m_instances(new QSpinBox(this))
{
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildTitle();
    buildForm();
    connectFields();
    retranslate();
}

void QuoteHead::buildTitle()
{
    auto *line = new QHBoxLayout;
    line->setContentsMargins(m_theme->size("space-4"), 0, m_theme->size("space-3"), 0);
    line->setSpacing(m_theme->size("space-3"));
    line->addWidget(m_title);
    line->addWidget(m_state);
    line->addWidget(m_age);
    line->addWidget(m_note);
    line->addStretch();
    line->addWidget(m_refresh);
    line->addWidget(m_more);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *frame = new QWidget(this);
    frame->setFixedHeight(m_theme->size("title-line"));
    frame->setLayout(line);
    layout()->addWidget(frame);
}

void QuoteHead::buildForm()
{
    m_customer->setObjectName(u"quoteCustomer"_s);
    m_until->setObjectName(u"quoteUntil"_s);
    m_center->setObjectName(u"quoteCenter"_s);
    m_cluster->setObjectName(u"quoteCluster"_s);
    m_unit->setObjectName(u"quoteUnit"_s);
    m_term->setObjectName(u"quoteTerm"_s);
    m_instances->setObjectName(u"quoteInstances"_s);
    m_customer->setMinimumWidth(110);
    m_customer->setMaximumWidth(240);
    m_until->setFixedWidth(104);
    m_until->setPlaceholderText(u"2026-12-31"_s);
    for (QComboBox *box : {m_center, m_cluster}) {
        box->setMinimumWidth(110);
        box->setMaximumWidth(180);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
    }
    m_term->setRange(1, mostTerm);
    m_term->setFixedWidth(64);
    m_unit->setFixedWidth(78);
    m_instances->setRange(1, mostInstances);
    m_instances->setFixedWidth(56);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(m_theme->size("space-4"), 0, m_theme->size("space-4"), m_theme->size("space-3"));
    line->setSpacing(m_theme->size("space-2"));
    const auto group = [this, line](QLabel *label, std::initializer_list<QWidget *> fields, int stretch = 0) {
        label->setBuddy(*fields.begin());
        line->addWidget(label);
        for (QWidget *field : fields)
            line->addWidget(field, stretch);
        line->addSpacing(m_theme->size("space-3"));
    };
    group(m_customerLabel, {m_customer}, 3);
    group(m_centerLabel, {m_center}, 2);
    group(m_clusterLabel, {m_cluster}, 2);
    group(m_termLabel, {m_term, m_unit, m_hours});
    group(m_instancesLabel, {m_instances});
    group(m_untilLabel, {m_until});
    line->addStretch(1);
    static_cast<QVBoxLayout *>(layout())->addLayout(line);
}

void QuoteHead::connectFields()
{
    connect(m_customer, &QLineEdit::textEdited, m_desk, &QuoteDesk::setCustomer);
    connect(m_center, &QComboBox::activated, this, [this] { Q_EMIT centerAsked(m_center->currentData().toString()); });
    connect(m_cluster, &QComboBox::activated, this, [this] { m_desk->setCluster(m_cluster->currentData().toString()); });
    const auto term = [this] { m_desk->setTerm(m_term->value(), m_unit->currentData().toString()); };
    connect(m_term, &QSpinBox::valueChanged, this, term);
    connect(m_unit, &QComboBox::activated, this, term);
    connect(m_instances, &QSpinBox::valueChanged, m_desk, &QuoteDesk::setInstances);
    connect(m_until, &QLineEdit::textEdited, this, &QuoteHead::onDay);
}

void QuoteHead::onDay(const QString &text)
{
    const QDate day = QDate::fromString(text.trimmed(), Qt::ISODate);
    if (text.trimmed().isEmpty() || day.isValid())
        m_desk->setValidUntil(day);
    updateState();
}

bool QuoteHead::isFaulty() const
{
    const QString text = m_until->text().trimmed();
    const QDate day = QDate::fromString(text, Qt::ISODate);
    return !text.isEmpty() && !day.isValid();
}

void QuoteHead::updateState()
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_desk->context().clock->nowMs(), m_desk->zone()).date();
    const QDate until = m_desk->content().validUntil;
    const bool past = until.isValid() && until < today;
    setRole(m_until, "fault", isFaulty() || past);
    m_until->setToolTip(isFaulty() ? tr("A day like 2026-12-31") : past ? tr("This day is past") : QString());
}

void QuoteHead::updateLists()
{
    const QuoteContent &content = m_desk->content();
    fill(m_center, m_desk->centers(), content.centerId, content.centerName);
    fill(m_cluster, m_desk->clusters(), content.clusterId, content.clusterName);
    m_cluster->setEnabled(!content.centerId.isEmpty());
}

QString QuoteHead::stateText() const
{
    return m_state->text();
}

// Which version it has the numbers of, and which one is shown where that is another.
QString QuoteHead::instanceWords(const Quote &quote)
{
    const int last = static_cast<int>(quote.versions.size());
    if (quote.instanceVersion == 0)
        return tr("instance created");
    return quote.instanceVersion == last ? tr("instance of version %1").arg(last)
                                         : tr("instance of version %1 · now version %2").arg(quote.instanceVersion).arg(last);
}

QString QuoteHead::freshnessText() const
{
    return m_age->text();
}

void QuoteHead::updateAll()
{
    const QuoteContent &content = m_desk->content();
    const Quote *quote = m_desk->stored();
    m_title->setText(tr("Quote %1").arg(m_desk->quoteId()));
    if (!quote)
        m_state->setChip(Tone::Off, m_desk->isLoaded() ? tr("removed") : QString());
    else if (!quote->instanceId.isEmpty())
        m_state->setChip(Tone::Good, instanceWords(*quote));
    else if (quote->versions.empty())
        m_state->setChip(Tone::Off, tr("draft"));
    else
        m_state->setChip(Tone::Info, tr("version %1").arg(quote->versions.size()));
    m_note->setText(m_desk->isDirty() && !quote->versions.empty() ? tr("changes not saved") : m_desk->isDirty() ? tr("not saved yet") : QString());
    const FreshnessText age = kboss::freshnessText(m_desk->freshness(), m_desk->context().clock->nowMs(), m_desk->isOffline());
    m_age->setChip(age.tone, content.centerId.isEmpty() ? QString() : tr("Prices and stock: %1").arg(age.text));
    if (m_customer->text() != content.customer)
        m_customer->setText(content.customer);
    const QSignalBlocker quietTerm(m_term), quietUnit(m_unit), quietInstances(m_instances);
    m_term->setValue(static_cast<int>(std::min<qint64>(content.term, mostTerm)));
    m_unit->setCurrentIndex(m_unit->findData(content.termUnit));
    m_instances->setValue(static_cast<int>(std::min<qint64>(content.instances, mostInstances)));
    m_hours->setText(tr("= %1 h").arg(groupedNumber(Decimal(hoursOfTerm(content.term, content.termUnit)))));
    if (!m_until->hasFocus())
        m_until->setText(content.validUntil.isValid() ? content.validUntil.toString(Qt::ISODate) : QString());
    if (m_center->currentData().toString() != content.centerId || m_cluster->currentData().toString() != content.clusterId)
        updateLists();
    updateState();
}

void QuoteHead::retranslate()
{
    const std::pair<QLabel *, QString> labels[] = {{m_customerLabel, tr("Customer")},   {m_centerLabel, tr("Center")},
                                                   {m_clusterLabel, tr("Cluster")},     {m_termLabel, tr("Term")},
                                                   {m_instancesLabel, tr("Instances")}, {m_untilLabel, tr("Valid until")}};
    for (const auto &[label, text] : labels) {
        label->setText(text);
        label->buddy()->setAccessibleName(text);
    }
    m_unit->setAccessibleName(tr("Unit of the term"));
    m_center->setPlaceholderText(tr("Choose a center"));
    m_cluster->setPlaceholderText(tr("Choose a cluster"));
    const std::pair<QToolButton *, QString> buttons[] = {{m_refresh, tr("Read prices and stock again")}, {m_more, tr("More")}};
    for (const auto &[button, text] : buttons) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    }
    const QSignalBlocker quiet(m_unit);
    m_unit->clear();
    const QString names[] = {tr("hours"), tr("days"), tr("weeks"), tr("months")};
    for (size_t i = 0; i < std::size(names); ++i)
        m_unit->addItem(names[i], QString::fromUtf16(termUnits[i]));
    updateLists();
    updateAll();
}

} // namespace kboss
