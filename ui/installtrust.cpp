#include "ui/installtrust.h"

#include "app/base/watchresult.h"
#include "models/installcounts.h"
#include "models/installtrustmodel.h"
#include "ui/installlook.h"
#include "ui/prompt.h"
#include "ui/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

class TrustDelegate : public QStyledItemDelegate {
public:
    TrustDelegate(Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, m_theme->color("selection"));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), m_theme->color("line"));
        QRect cell = option.rect.adjusted(m_theme->size(index.column() == 0 ? "first-cell" : "cell-padding"), 0, -m_theme->size("cell-padding"), -1);
        if (const QVariant shape = index.data(InstallTrustModel::ShapeRole); shape.isValid()) {
            const int side = 12;
            const QRect chip(cell.left() - 4, cell.center().y() - 10, cell.width(), 21);
            const auto which = static_cast<CellShape>(shape.toInt());
            if (hasGround(which))
                painter->fillRect(chip, m_theme->toneGround(toneOf(which)));
            paintCellShape(painter, QRectF(cell.left(), cell.center().y() - side / 2.0 + 0.5, side, side), which, *m_theme);
            cell.adjust(side + m_theme->size("chip-gap"), 0, 0, 0);
        }
        painter->setFont(index.data(InstallTrustModel::MonoRole).toBool() ? m_theme->monoFont(TextSize::Label) : m_theme->font());
        painter->setPen(m_theme->color(index.column() == InstallTrustModel::Known ? "text-2" : "text"));
        painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, cell.width()));
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(m_theme->color("accent"));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
        }
        painter->restore();
    }

private:
    Theme *m_theme;
};

} // namespace

InstallTrustPane::InstallTrustPane(const AppContext &context, Installation *installation, QWidget *parent)
    : InstallPane(context, installation, parent), m_model(new InstallTrustModel(this)), m_table(new QTableView(this)),
      m_what(makeLabel({}, "label", this)), m_fingerprint(makeLabel({}, "mono", this)), m_read(makeButton({}, "", this)),
      m_all(makeButton({}, "", this)), m_import(makeButton({}, "quiet", this)), m_trust(makeButton({}, "primary", this)),
      m_copy(makeButton({}, "", this)), m_forget(makeButton({}, "danger", this))
{
    setObjectName(u"installTrust"_s);
    build();
    connect(installation, &Installation::trustChanged, this, &InstallTrustPane::show);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &InstallTrustPane::showRow);
    connect(m_read, &QPushButton::clicked, this, [this] { InstallPane::installation()->readKeys(); });
    connect(m_all, &QPushButton::clicked, this, &InstallTrustPane::trustAll);
    connect(m_import, &QPushButton::clicked, this, &InstallTrustPane::importFile);
    connect(m_trust, &QPushButton::clicked, this, &InstallTrustPane::trustRow);
    connect(m_copy, &QPushButton::clicked, this, &InstallTrustPane::copy);
    connect(m_forget, &QPushButton::clicked, this, &InstallTrustPane::forget);
    connect(m_table, &QTableView::activated, this, &InstallTrustPane::trustRow);
    retranslate();
    show();
}

void InstallTrustPane::build()
{
    Theme *theme = this->theme();
    m_table->setObjectName(u"installTrustTable"_s);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new TrustDelegate(theme, this));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme->rowHeight());
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int widths[] = {190, 150, 160, 110, 400};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        m_table->setColumnWidth(column, widths[column]);
    m_what->setWordWrap(true);
    m_fingerprint->setFont(theme->monoFont());
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_trust->setObjectName(u"trustRow"_s);
    m_all->setObjectName(u"trustAll"_s);
    auto *acts = new QHBoxLayout;
    acts->addWidget(m_trust);
    acts->addWidget(m_copy);
    acts->addStretch();
    acts->addWidget(m_forget);
    auto *foot = new QVBoxLayout;
    const int margin = theme->size("space-4");
    foot->setContentsMargins(margin, theme->size("space-3"), margin, theme->size("space-3"));
    foot->setSpacing(theme->size("space-2"));
    foot->addWidget(m_fingerprint);
    foot->addWidget(m_what);
    foot->addLayout(acts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeLine(this));
    column->addWidget(m_table, 1);
    column->addWidget(makeLine(this));
    column->addLayout(foot);
    setFocusProxy(m_table);
}

QList<QWidget *> InstallTrustPane::headButtons() const
{
    return {m_import, m_read, m_all};
}

void InstallTrustPane::enter()
{
    show();
    if (installation()->faults().empty() && !installation()->isAllTrusted() && !installation()->isReadingKeys())
        installation()->readKeys();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
}

void InstallTrustPane::show()
{
    m_model->setTrust(installation()->trust(), context().clock->nowMs());
    const auto fresh = m_model->hostsIn(HostTrust::State::Unknown).size();
    m_all->setText(fresh > 0 ? (fresh == 1 ? tr("Trust 1 new key…") : tr("Trust %1 new keys…").arg(fresh)) : tr("Trust new keys…"));
    m_all->setEnabled(fresh > 0);
    m_read->setEnabled(!installation()->isReadingKeys() && m_model->rowCount() > 0);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    showRow();
    Q_EMIT changed();
}

const HostTrust *InstallTrustPane::current() const
{
    return m_model->at(m_table->currentIndex().row());
}

void InstallTrustPane::showRow()
{
    const HostTrust *trust = current();
    m_fingerprint->setText(trust ? trust->fingerprint : QString());
    m_fingerprint->setVisible(trust && !trust->fingerprint.isEmpty());
    QString what = trust ? m_model->explanation(*trust) : QString();
    if (trust && trust->state == HostTrust::State::Changed) {
        for (const HostTrust::Pin &pin : trust->pins)
            what += u'\n' + tr("Before: %1  %2").arg(pin.keyType, pin.fingerprint);
    }
    m_what->setText(what);
    m_trust->setVisible(trust && trust->state == HostTrust::State::Unknown);
    m_trust->setText(trust ? tr("Trust the key of %1").arg(trust->host) : QString());
    m_copy->setVisible(trust && !trust->fingerprint.isEmpty());
    m_forget->setVisible(trust && trust->state == HostTrust::State::Changed);
}

void InstallTrustPane::run(QFuture<Result<void>> work, const QString &what)
{
    watchResult(std::move(work), this, [this, what](const Result<void> &done) {
        if (!done)
            context().showError(done.error(), what, {});
        show();
    });
}

void InstallTrustPane::trustRow()
{
    if (const HostTrust *trust = current(); trust && trust->state == HostTrust::State::Unknown)
        run(installation()->trustKeys({trust->host}), tr("Trust a host's key"));
}

void InstallTrustPane::trustAll()
{
    const QStringList hosts = m_model->hostsIn(HostTrust::State::Unknown);
    Question question;
    question.title = hosts.size() == 1 ? tr("Trust 1 new key?") : tr("Trust %1 new keys?").arg(hosts.size());
    question.text =
        tr("Compare the fingerprints with what the hosts' owners say. From then on these keys are the hosts; another key stops everything.");
    for (const QString &host : hosts) {
        if (const HostTrust *trust = installation()->trustOf(host))
            question.details << trust->host + u"  "_s + trust->keyType + u"  "_s + trust->fingerprint;
    }
    question.acceptText = tr("Trust %1").arg(countText(Counted::Keys, hosts.size()));
    question.nameToType = installation()->plan().cluster;
    context().prompt->ask(this, question, [this, hosts](const Answer &answer) {
        if (answer.accepted)
            run(installation()->trustKeys(hosts), tr("Trust keys"));
    });
}

void InstallTrustPane::forget()
{
    const HostTrust *trust = current();
    if (!trust)
        return;
    Question question;
    question.title = tr("Forget the old key of %1?").arg(trust->host);
    question.text = tr("Only when you know why the host has another key now. The new one is not trusted by this: it is shown as new.");
    for (const HostTrust::Pin &pin : trust->pins)
        question.details << tr("Before: %1  %2").arg(pin.keyType, pin.fingerprint);
    question.details << tr("Now: %1  %2").arg(trust->keyType, trust->fingerprint);
    question.acceptText = tr("Forget the old key");
    question.dangerous = true;
    question.nameToType = trust->host;
    context().prompt->ask(this, question, [this, host = trust->host](const Answer &answer) {
        if (answer.accepted)
            run(installation()->forgetKeys(host), tr("Forget a host's key"));
    });
}

void InstallTrustPane::importFile()
{
    Question question;
    question.title = tr("Import known_hosts");
    question.text = tr("Keys that this file has for the hosts of the plan count as vouched for. Addresses with another key here stay as they are.");
    question.input = u"file-open"_s;
    question.acceptText = tr("Import");
    context().prompt->ask(this, question, [this](const Answer &answer) {
        if (!answer.accepted)
            return;
        watchResult(installation()->importKnownHosts(answer.input), this, [this](const Result<Installation::Imported> &done) {
            if (!done)
                return context().showError(done.error(), tr("Import known_hosts"), {});
            context().showNotice(tr("Keys: new %1, known before %2, another one here %3; lines left out %4")
                                     .arg(done->pinned)
                                     .arg(done->known)
                                     .arg(done->conflicts)
                                     .arg(done->faulty + done->authorities),
                                 {}, {});
            show();
        });
    });
}

void InstallTrustPane::copy()
{
    if (const HostTrust *trust = current()) {
        QApplication::clipboard()->setText(trust->fingerprint);
        context().showNotice(tr("The fingerprint of %1 is on the clipboard").arg(trust->host), {}, {});
    }
}

InstallPane::Words InstallTrustPane::words() const
{
    Words words;
    const int whole = m_model->rowCount(), good = m_model->good();
    const auto bad = m_model->hostsIn(HostTrust::State::Changed).size() + m_model->hostsIn(HostTrust::State::Revoked).size();
    words.title = tr("Trust · %1").arg(installation()->plan().cluster);
    words.note = whole == 0 ? tr("once there are hosts") : tr("%1 of %2 host keys are trusted").arg(good).arg(whole);
    words.next = tr("Next: checks");
    words.summary = whole == 0 ? QString()
        : good == whole        ? tr("%1 pinned").arg(countText(Counted::Keys, good))
                               : tr("%1 of %2 trusted").arg(good).arg(whole);
    if (whole == 0 || !installation()->faults().empty())
        words.open = tr("hosts come first");
    else if (good < whole)
        words.open = tr("%1 open").arg(countText(Counted::Keys, whole - good));
    words.standing = whole > 0 && good == whole ? Standing::Done
        : bad > 0                               ? Standing::Trouble
        : installation()->isReadingKeys()       ? Standing::Running
        : whole == 0                            ? Standing::Ahead
                                                : Standing::Open;
    return words;
}

void InstallTrustPane::retranslate()
{
    m_read->setText(tr("Read the keys again"));
    m_import->setText(tr("Import known_hosts…"));
    m_copy->setText(tr("Copy the fingerprint"));
    m_forget->setText(tr("Forget the old key…"));
    m_table->setAccessibleName(tr("Keys of the hosts"));
    m_model->retranslate();
    show();
}

} // namespace kboss
