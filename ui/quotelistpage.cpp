#include "ui/quotelistpage.h"

#include "app/base/watchresult.h"
#include "app/services/quotestore.h"
#include "ui/pagefactory.h"
#include "ui/pagehead.h"
#include "ui/plaintable.h"
#include "ui/prompt.h"
#include "ui/quotelistmodel.h"
#include "ui/widgets.h"

#include <QAction>
#include <QDateTime>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int validDays = 14; // of a new quote

QTimeZone zoneOf(const AppContext &context)
{
    const QTimeZone wanted(context.session->profile().timeZone);
    return wanted.isValid() ? wanted : QTimeZone::utc();
}

} // namespace

QuoteListPage::QuoteListPage(const AppContext &context, QWidget *parent)
    : Page(parent), m_context(context), m_model(new QuoteListModel(zoneOf(context), this)), m_table(new PlainTable(context.theme, this)),
      m_head(new PageHead(context.theme, this)), m_search(new QLineEdit(this)), m_newButton(makeButton({}, "primary", this)),
      m_new(new QAction(this)), m_open(new QAction(this)), m_duplicate(new QAction(this)), m_delete(new QAction(this))
{
    setObjectName(u"page-quotes"_s);
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    build();
    QuoteStore *store = context.session->quotes();
    connect(store, &QuoteStore::changed, this, &QuoteListPage::fill);
    connect(store, &QuoteStore::noticed, this,
            [this](const Error &error) { m_context.showError(error, tr("The file of quotes was damaged and set aside; a new one was begun"), {}); });
    connect(m_search, &QLineEdit::textChanged, this, &QuoteListPage::fill);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &QuoteListPage::updateActions);
    connect(m_table, &QTableView::doubleClicked, m_open, &QAction::trigger);
    connect(m_table, &QTableView::activated, m_open, &QAction::trigger);
    connect(m_new, &QAction::triggered, this, &QuoteListPage::begin);
    connect(m_newButton, &QPushButton::clicked, m_new, &QAction::trigger);
    connect(m_open, &QAction::triggered, this, [this] {
        if (!current().isEmpty())
            m_context.openPage(u"quote/"_s + current());
    });
    connect(m_duplicate, &QAction::triggered, this, &QuoteListPage::duplicate);
    connect(m_delete, &QAction::triggered, this, &QuoteListPage::askRemove);
    retranslate();
}

void QuoteListPage::build()
{
    Theme *theme = m_context.theme;
    m_search->setClearButtonEnabled(true);
    m_search->setObjectName(u"quoteSearch"_s);
    m_search->setFixedWidth(theme->size("form-field"));
    m_new->setShortcut(QKeySequence::New);
    m_new->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_delete->setShortcut(QKeySequence::Delete);
    m_delete->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addActions({m_new, m_open, m_duplicate, m_delete});
    m_head->addButton(m_newButton);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(QuoteListModel::Changed, Qt::DescendingOrder);
    m_table->setWidths({150, 120, 200, 136, 140, 220, 84, 124, 104, 104});
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions({m_open, m_duplicate});
        menu->addSeparator();
        menu->addAction(m_delete);
        menu->popup(m_table->viewport()->mapToGlobal(at));
    });
    auto *line = new QHBoxLayout;
    line->setContentsMargins(theme->size("space-4"), 0, theme->size("space-4"), theme->size("space-2"));
    line->addWidget(m_search);
    line->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(line);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
}

QString QuoteListPage::title() const
{
    return ownPageTitle(pageId());
}

Page::State QuoteListPage::state() const
{
    if (m_failed)
        return State::Failed;
    if (!m_context.session->quotes()->isLoaded())
        return State::Loading;
    if (m_model->rowCount() > 0)
        return State::Ready;
    return m_search->text().trimmed().isEmpty() ? State::Empty : State::FilteredOut;
}

qint64 QuoteListPage::rows() const
{
    return m_model->rowCount();
}
QList<QAction *> QuoteListPage::pageActions() const
{
    return {m_new, m_open, m_duplicate, m_delete};
}

QStringList QuoteListPage::pagesForTour() const
{
    const auto &quotes = m_context.session->quotes()->quotes();
    return quotes.empty() ? QStringList() : QStringList{PageAddress{u"quote"_s, {quotes.back().id}}.id()};
}

void QuoteListPage::setShown(bool shown)
{
    if (shown)
        reload();
}

void QuoteListPage::reload()
{
    watchResult(m_context.session->quotes()->load(), this, [this](const Result<void> &loaded) {
        m_failed = !loaded;
        if (!loaded)
            m_context.showError(loaded.error(), tr("Reading quotes"), [this] { reload(); });
        fill();
        if (!m_told) {
            m_told = true;
            QTimer::singleShot(0, this, &Page::ready);
        }
    });
}

void QuoteListPage::fill()
{
    const QString kept = current();
    const auto &quotes = m_context.session->quotes()->quotes();
    m_model->setQuotes(quotes, m_search->text(), m_context.clock->nowMs());
    const int row = m_model->rowOf(kept);
    if (row >= 0)
        m_table->selectRow(row);
    else
        m_table->selectFirst();
    m_head->setNote(quotes.empty()                 ? QString()
                        : m_model->rowCount() == 1 ? tr("1 quote, kept on this computer")
                                                   : tr("%1 quotes, kept on this computer").arg(m_model->rowCount()));
    const bool searching = !m_search->text().trimmed().isEmpty();
    m_table->setEmptyText(searching ? tr("No quote matches") : tr("No quote yet"),
                          searching ? tr("Number, customer, center, cluster or model, also by pinyin initials.")
                                    : tr("A quote is made from the parts of a center, also without network. It stays on this computer."));
    updateActions();
    Q_EMIT statusChanged();
}

QString QuoteListPage::current() const
{
    const Quote *quote = m_model->quote(m_table->currentIndex().row());
    return quote ? quote->id : QString();
}

void QuoteListPage::updateActions()
{
    const Quote *quote = m_model->quote(m_table->currentIndex().row());
    m_open->setEnabled(quote);
    m_duplicate->setEnabled(quote);
    m_delete->setEnabled(quote && quote->instanceId.isEmpty());
}

void QuoteListPage::begin()
{
    QuoteContent content;
    content.validUntil = QDateTime::fromMSecsSinceEpoch(m_context.clock->nowMs(), zoneOf(m_context)).date().addDays(validDays);
    const auto &known = m_context.session->quotes()->quotes();
    if (!known.empty()) { // where the last one was made
        const QuoteContent last = known.front().current();
        content.centerId = last.centerId;
        content.centerName = last.centerName;
        content.clusterId = last.clusterId;
        content.clusterName = last.clusterName;
    }
    watchResult(m_context.session->quotes()->create(content), this, [this](const Result<Quote> &made) {
        if (made)
            m_context.openPage(u"quote/"_s + made->id);
        else
            m_context.showError(made.error(), tr("New quote"), {});
    });
}

void QuoteListPage::duplicate()
{
    watchResult(m_context.session->quotes()->duplicate(current()), this, [this](const Result<Quote> &made) {
        if (made)
            m_context.openPage(u"quote/"_s + made->id);
        else
            m_context.showError(made.error(), tr("Duplicate quote"), {});
    });
}

void QuoteListPage::askRemove()
{
    const QString id = current();
    const Quote *quote = m_context.session->quotes()->find(id);
    if (!quote)
        return;
    Question question;
    question.title = tr("Delete quote %1?").arg(id);
    question.text = quote->versions.empty() ? tr("The draft goes. This cannot be undone.")
        : quote->versions.size() == 1       ? tr("Its one version goes. This cannot be undone.")
                                            : tr("All %1 versions go. This cannot be undone.").arg(quote->versions.size());
    question.acceptText = tr("Delete quote");
    question.dangerous = true;
    m_context.prompt->ask(this, question, [this, id](const Answer &answer) {
        if (!answer.accepted)
            return;
        watchResult(m_context.session->quotes()->remove(id), this, [this, id](const Result<void> &removed) {
            if (!removed) {
                m_context.showError(removed.error(), tr("Delete quote %1").arg(id), {});
                return;
            }
            m_context.showNotice(tr("%1 was deleted").arg(id), {}, {});
            if (m_context.closePage)
                m_context.closePage(u"quote/"_s + id);
        });
    });
}

void QuoteListPage::retranslate()
{
    m_head->setTitle(title());
    m_search->setPlaceholderText(tr("Number, customer, model or initials"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_new->setText(tr("New quote"));
    m_newButton->setText(m_new->text());
    m_open->setText(tr("Open"));
    m_duplicate->setText(tr("Duplicate quote"));
    m_delete->setText(tr("Delete quote…"));
    m_table->setAccessibleName(title());
    m_model->retranslate();
    fill();
    Q_EMIT titleChanged();
}

} // namespace kboss
