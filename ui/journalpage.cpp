#include "ui/journalpage.h"

#include "ui/journalmodel.h"
#include "ui/pagefactory.h"
#include "ui/pagehead.h"
#include "ui/plaintable.h"
#include "ui/undoflow.h"
#include "ui/widgets.h"

#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

namespace {
constexpr int readEntries = 2'000;
}

JournalPage::JournalPage(const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_model(new JournalModel(context.resources, QTimeZone(context.session->profile().timeZone), this)),
      m_table(new PlainTable(context.theme, this)), m_head(new PageHead(context.theme, this)), m_chain(new Chip(context.theme, this)),
      m_filter(new QLineEdit(this)), m_undoButton(makeButton({}, "", this)), m_verifyButton(makeButton({}, "", this)), m_undo(new QAction(this)),
      m_verify(new QAction(this))
{
    setProperty("ground", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    m_table->setModel(m_model);
    m_table->setWidths({160, 110, 170, 220, 420, 130, 70});
    connect(m_filter, &QLineEdit::textChanged, this, &JournalPage::reload);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JournalPage::updateActions);
    connect(m_undo, &QAction::triggered, this, &JournalPage::undo);
    connect(m_verify, &QAction::triggered, this, &JournalPage::verify);
    connect(m_undoButton, &QPushButton::clicked, m_undo, &QAction::trigger);
    connect(m_verifyButton, &QPushButton::clicked, m_verify, &QAction::trigger);
    connect(context.session->actions(), &ActionRunner::actionFinished, this, &JournalPage::reload);
    retranslate();
}

void JournalPage::build()
{
    Theme *theme = m_context.theme;
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(theme->size("form-field"));
    m_head->addButton(m_verifyButton);
    m_head->addButton(m_undoButton);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), theme->size("space-2"));
    line->setSpacing(theme->size("space-3"));
    line->addWidget(m_filter);
    line->addWidget(m_chain);
    line->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(line);
    layout->addWidget(m_table, 1);
}

QString JournalPage::title() const
{
    return ownPageTitle(pageId());
}

Page::State JournalPage::state() const
{
    if (m_failed)
        return State::Failed;
    if (m_model->rowCount() > 0)
        return State::Ready;
    return m_entries > 0 ? State::FilteredOut : State::Empty;
}

qint64 JournalPage::rows() const
{
    return m_model->rowCount();
}

void JournalPage::setShown(bool shown)
{
    m_shown = shown;
    if (!shown)
        return;
    reload();
    if (!m_told) {
        m_told = true;
        verify();
        QTimer::singleShot(0, this, &Page::ready);
    }
}

void JournalPage::reload()
{
    if (!m_shown)
        return;
    const auto entries = m_context.session->journal()->read({}, {}, readEntries);
    m_failed = !entries;
    if (!entries) {
        m_context.showError(entries.error(), tr("Reading the journal"), [this] { reload(); });
    } else {
        const JournalEntry *before = m_model->entry(m_table->currentIndex().row());
        const qint64 number = before ? before->number : 0;
        m_entries = entries->size();
        m_model->setEntries(*entries, m_filter->text().trimmed());
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->entry(row)->number == number)
                m_table->selectRow(row);
        }
    }
    m_head->setNote(m_entries == 0 ? tr("Nothing was changed from this computer yet") : tr("%1 actions, newest first").arg(m_model->rowCount()));
    updateActions();
    Q_EMIT statusChanged();
}

void JournalPage::updateActions()
{
    const bool can = m_model->undoable(m_table->currentIndex().row()) && !m_context.session->isOffline() && !m_context.session->profile().readOnly;
    m_undo->setEnabled(can);
    m_undoButton->setEnabled(can);
}

void JournalPage::verify()
{
    const auto sound = m_context.session->journal()->verify();
    m_chain->setChip(sound ? Tone::Good : Tone::Bad,
                     sound ? tr("The chain of hashes is whole") : tr("The chain is broken: %1").arg(sound.error().detail));
}

void JournalPage::undo()
{
    const int row = m_table->currentIndex().row();
    if (const JournalEntry *entry = m_model->entry(row); entry && m_model->undoable(row))
        undoEntry(*entry, m_model->changes(*entry), m_context, this, [this] { reload(); });
}

void JournalPage::retranslate()
{
    m_head->setTitle(title());
    m_filter->setPlaceholderText(tr("Person, action, object or value"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_undo->setText(tr("Undo this change…"));
    m_undoButton->setText(m_undo->text());
    m_verify->setText(tr("Check the chain"));
    m_verifyButton->setText(m_verify->text());
    m_table->setAccessibleName(title());
    m_table->setEmptyText(tr("No change is recorded here"),
                          tr("Every change made from this computer is written down with its values before and after, and can be undone from here."));
    m_model->retranslate();
    if (m_told) {
        verify();
        reload();
    }
    Q_EMIT titleChanged();
}

} // namespace kboss
