#include "ui/requestlogpage.h"

#include "ui/pagefactory.h"
#include "ui/pagehead.h"
#include "ui/plaintable.h"
#include "ui/requestlogmodel.h"
#include "ui/widgets.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

RequestLogPage::RequestLogPage(const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context),
      m_model(new RequestLogModel(context.session->requestLog(), QTimeZone(context.session->profile().timeZone), this)),
      m_table(new PlainTable(context.theme, this)), m_head(new PageHead(context.theme, this)), m_filter(new QLineEdit(this)),
      m_failedOnly(new QCheckBox(this)), m_details(new QPlainTextEdit(this)), m_copyButton(makeButton({}, "", this)), m_copy(new QAction(this))
{
    setProperty("ground", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    m_table->setModel(m_model);
    m_table->setWidths({120, 200, 70, 110, 80, 90, 70, 400});
    m_details->setReadOnly(true);
    m_details->setProperty("kind", QStringLiteral("plain"));
    m_details->setFont(context.theme->monoFont(TextSize::Label));
    connect(m_filter, &QLineEdit::textChanged, this, &RequestLogPage::updateFilter);
    connect(m_failedOnly, &QCheckBox::toggled, this, &RequestLogPage::updateFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RequestLogPage::updateDetails);
    connect(m_model, &RequestLogModel::countChanged, this, &RequestLogPage::updateNote);
    connect(m_copy, &QAction::triggered, this, &RequestLogPage::copyAsCurl);
    connect(m_copyButton, &QPushButton::clicked, m_copy, &QAction::trigger);
    retranslate();
    updateDetails();
}

void RequestLogPage::build()
{
    Theme *theme = m_context.theme;
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(theme->size("form-field"));
    m_head->addButton(m_copyButton);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), theme->size("space-2"));
    line->setSpacing(theme->size("space-4"));
    line->addWidget(m_filter);
    line->addWidget(m_failedOnly);
    line->addStretch();
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 4);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(line);
    layout->addWidget(splitter, 1);
    m_details->setFrameShape(QFrame::NoFrame);
}

QString RequestLogPage::title() const
{
    return ownPageTitle(pageId());
}

Page::State RequestLogPage::state() const
{
    if (m_model->rowCount() > 0)
        return State::Ready;
    return m_model->total() > 0 ? State::FilteredOut : State::Empty;
}

qint64 RequestLogPage::rows() const
{
    return m_model->rowCount();
}

void RequestLogPage::setShown(bool shown)
{
    if (!shown || m_told)
        return;
    m_told = true;
    m_table->selectFirst();
    QTimer::singleShot(0, this, &Page::ready);
}

void RequestLogPage::updateFilter()
{
    m_model->setFilter(m_filter->text(), m_failedOnly->isChecked());
}

void RequestLogPage::updateNote()
{
    m_head->setNote(m_model->total() == 1 ? tr("%1 of 1 request of this run, secrets left out").arg(m_model->rowCount())
                                          : tr("%1 of %2 requests of this run, secrets left out").arg(m_model->rowCount()).arg(m_model->total()));
    Q_EMIT statusChanged();
}

void RequestLogPage::updateDetails()
{
    const RequestLogEntry *entry = m_model->entry(m_table->currentIndex().row());
    m_copy->setEnabled(entry != nullptr);
    m_copyButton->setEnabled(entry != nullptr);
    if (!entry) {
        m_details->setPlainText(tr("Choose a request to see it whole."));
        return;
    }
    QStringList lines{entry->method + QLatin1Char(' ') + entry->url, tr("Request id: %1").arg(entry->id)};
    lines << tr("Answer: %1, %2 ms, %3 bytes, attempt %4").arg(entry->status).arg(entry->elapsedMs).arg(entry->bytes).arg(entry->attempt);
    if (!entry->error.isEmpty())
        lines << tr("Reason: %1").arg(entry->error);
    lines << QString() << RequestLogModel::asCurl(*entry);
    m_details->setPlainText(lines.join(QLatin1Char('\n')));
}

void RequestLogPage::copyAsCurl()
{
    const RequestLogEntry *entry = m_model->entry(m_table->currentIndex().row());
    if (!entry)
        return;
    QGuiApplication::clipboard()->setText(RequestLogModel::asCurl(*entry));
    m_context.showNotice(tr("Copied as cURL; put your own token in place of $TOKEN."), {}, {});
}

void RequestLogPage::retranslate()
{
    m_head->setTitle(title());
    m_filter->setPlaceholderText(tr("Operation, address, answer or reason"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_failedOnly->setText(tr("Only failed ones"));
    m_copy->setText(tr("Copy as cURL"));
    m_copyButton->setText(m_copy->text());
    m_table->setAccessibleName(title());
    m_table->setEmptyText(tr("No request to show"), tr("Requests of this run appear here by themselves, without anything secret."));
    m_details->setAccessibleName(tr("The request"));
    m_model->retranslate();
    updateNote();
    updateDetails();
    Q_EMIT titleChanged();
}

} // namespace kboss
