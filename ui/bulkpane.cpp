#include "ui/bulkpane.h"

#include "ui/fieldeditor.h"
#include "ui/joblist.h"
#include "ui/percentbox.h"
#include "ui/rowcollector.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QProgressBar>
#include <QTableView>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int leastName = 96, leastWords = 84, cellPadding = 24;
} // namespace

BulkPane::BulkPane(WriteController *writer, QWidget *parent)
    : QWidget(parent), m_writer(writer), m_feed(writer->feed()), m_model(new BulkModel(this)), m_count(makeLabel({}, "label", this)),
      m_field(new QComboBox(this)), m_kind(new QComboBox(this)), m_editorPlace(new QWidget(this)), m_fault(makeLabel({}, "fault", this)),
      m_table(new QTableView(this)), m_progress(new QProgressBar(this)), m_summary(makeLabel({}, "label", this)),
      m_start(makeButton({}, "primary", this)), m_retry(makeButton({}, "", this)), m_stop(makeButton(tr("Stop"), "", this)),
      m_close(makeButton(tr("Close"), "", this))
{
    m_start->setObjectName(u"bulkStart"_s);
    m_retry->setObjectName(u"bulkRetry"_s);
    m_summary->setObjectName(u"bulkSummary"_s);
    m_count->setWordWrap(true);
    m_summary->setWordWrap(true);
    m_fault->setWordWrap(true);
    m_fault->setObjectName(u"bulkFault"_s);
    m_field->setAccessibleName(tr("Field to change"));
    m_kind->setObjectName(u"bulkKind"_s);
    m_kind->setAccessibleName(tr("Kind of change"));
    m_kind->addItem(tr("by percent"), true);
    m_kind->addItem(tr("set to one value"), false);
    m_table->setObjectName(u"plain"_s);
    m_table->setModel(m_model);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_progress->setTextVisible(false);
    auto *place = new QVBoxLayout(m_editorPlace);
    place->setContentsMargins(0, 0, 0, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    column->addWidget(m_count);
    auto *what = new QHBoxLayout;
    what->addWidget(m_field, 1);
    what->addWidget(m_kind);
    column->addLayout(what);
    column->addWidget(m_editorPlace);
    column->addWidget(m_fault);
    column->addWidget(m_table, 1);
    column->addWidget(m_progress);
    column->addWidget(m_summary);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_start, m_retry, m_stop})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    column->addLayout(buttons);
    m_later.setSingleShot(true);
    m_later.setInterval(80);
    connect(&m_later, &QTimer::timeout, this, &BulkPane::preview);
    connect(m_field, &QComboBox::currentIndexChanged, this, &BulkPane::onField);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &BulkPane::onKind);
    connect(m_start, &QPushButton::clicked, this, &BulkPane::start);
    connect(m_retry, &QPushButton::clicked, this, &BulkPane::retryFailed);
    connect(m_stop, &QPushButton::clicked, this, &BulkPane::stop);
    connect(m_close, &QPushButton::clicked, this, &BulkPane::left);
    connect(m_feed, &ResourceFeed::changed, this, &BulkPane::updateState);
}

void BulkPane::open(std::vector<Row> rows, qint64 chosen)
{
    if (m_run)
        return;
    m_action = m_writer->action(u"update"_s);
    m_rows = std::move(rows);
    m_failedPlans.clear();
    m_failedLines.clear();
    m_fields = formFields(m_feed->type(), *m_action, *m_feed->context().contracts);
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    for (const FormField &field : m_fields) {
        const bool ofRow = field.offer && (field.offer->pick || !field.offer->by.isEmpty()); // what can be chosen differs by row
        if (!m_action->lockedInBulk.contains(field.name) && !field.secret && !ofRow)
            m_field->addItem(field.label.text(), field.name);
    }
    for (int i = 0; i < m_field->count(); ++i) { // a threshold is what is changed in bulk most often
        if (m_field->itemData(i).toString().startsWith("threshold"_L1)) {
            m_field->setCurrentIndex(i);
            break;
        }
    }
    const QString count = formatAmount(Decimal(static_cast<qint64>(m_rows.size())), 0);
    m_count->setText(chosen > static_cast<qint64>(m_rows.size())
                         ? tr("The first %1 of %2 selected rows, fixed by their ids. What is selected later does not matter.").arg(count).arg(chosen)
                         : m_rows.size() == 1 ? tr("1 row, fixed by its id. What is selected later does not matter.")
                                              : tr("%1 rows, fixed by their ids. What is selected later does not matter.").arg(count));
    onField();
}

const FormField *BulkPane::field() const
{
    for (const FormField &known : m_fields) {
        if (known.name == m_field->currentData().toString())
            return &known;
    }
    return nullptr;
}

void BulkPane::setField(const QString &name)
{
    m_field->setCurrentIndex(m_field->findData(name));
}

void BulkPane::setValue(const QString &text)
{
    m_editor->setText(text);
    preview();
}

QString BulkPane::currencyOf(const Row &row) const
{
    const Value *value = rowValue(m_feed->type(), row, m_action->currencyField);
    const QString *text = value ? std::get_if<QString>(value) : nullptr;
    return text ? *text : QString();
}

void BulkPane::setByPercent(bool percent)
{
    m_kind->setCurrentIndex(m_kind->findData(percent));
}

void BulkPane::setPercent(const QString &text)
{
    m_percent->setText(text);
    preview();
}

QString BulkPane::fault() const
{
    return m_fault->isHidden() ? QString() : m_fault->text();
}

void BulkPane::onField()
{
    const FormField *chosen = field();
    if (!chosen || m_rows.empty())
        return;
    const QSignalBlocker quiet(m_kind);
    const bool percent = m_action->percent(chosen->name) != nullptr;
    m_kind->setVisible(percent);
    m_kind->setCurrentIndex(m_kind->findData(percent));
    onKind();
}

void BulkPane::onKind()
{
    const FormField *chosen = field();
    if (!chosen || m_rows.empty())
        return;
    delete m_editor;
    delete m_percent;
    m_editor = nullptr;
    m_percent = nullptr;
    makeEditor(*chosen);
    preview();
}

void BulkPane::makeEditor(const FormField &chosen)
{
    const PercentSpec *percent = m_kind->currentData().toBool() ? m_action->percent(chosen.name) : nullptr;
    if (percent) {
        m_percent = new PercentBox(*percent, m_feed->context().theme, m_editorPlace);
        m_editorPlace->layout()->addWidget(m_percent);
        connect(m_percent, &PercentBox::edited, &m_later, qOverload<>(&QTimer::start));
        return;
    }
    const QString unit = chosen.type == FieldType::Money ? tr("in each row's currency") : chosen.unit;
    m_editor = new FieldEditor(chosen, unit, m_feed->context().theme, m_editorPlace);
    m_editor->input()->setMaximumWidth(QWIDGETSIZE_MAX);
    m_editor->input()->setMinimumWidth(220);
    m_editorPlace->layout()->addWidget(m_editor);
    connect(m_editor, &FieldEditor::edited, &m_later, qOverload<>(&QTimer::start));
}

FormInput BulkPane::inputOf(const Row &row, const FormField &changed, const QString &text) const
{
    FormInput input;
    for (const FormField &known : m_fields) {
        const Value *value = rowValue(m_feed->type(), row, known.name);
        input.insert(known.name, value && !known.secret ? typedText(*value, known) : QString());
    }
    input.insert(changed.name, text);
    return input;
}

bool BulkPane::isTyped(const FormField &chosen) const
{
    if (m_percent)
        return !m_percent->isEmpty();
    return !m_editor->text().isEmpty() || chosen.type == FieldType::Boolean;
}

// Exact, whatever the table shortens.
QString BulkPane::shown(const Value &value, const ColumnSpec &column) const
{
    if (const auto *number = std::get_if<Decimal>(&value))
        return formatAmount(*number);
    return formatCell(value, column, {m_feed->zone(), m_feed->context().clock->nowMs()}).text;
}

Result<QString> BulkPane::wanted(const Row &row, const FormField &chosen, QString &words) const
{
    if (!m_percent)
        return m_editor->text();
    const Value *value = rowValue(m_feed->type(), row, chosen.name);
    const auto *before = value ? std::get_if<Decimal>(value) : nullptr;
    const auto *whole = value ? std::get_if<qint64>(value) : nullptr;
    if (!before && !whole)
        return fail(ErrorKind::Rejected, tr("%1 is not a number here").arg(chosen.label.text()), chosen.name);
    const Result<PercentChange> change = m_percent->change();
    const auto outcome = change ? change->of(before ? *before : Decimal(*whole)) : Result<PercentChange::Outcome>(fail(change.error()));
    if (!outcome)
        return fail(ErrorKind::Rejected, outcome.error().detail, chosen.name);
    if (outcome->isRounded())
        words = tr("exactly %1").arg(outcome->exact.toString());
    return outcome->value.toString();
}

BulkModel::Line BulkPane::previewLine(const Row &row, const FormField &chosen, WritePlan *plan) const
{
    BulkModel::Line line;
    line.row = row;
    line.name = rowName(m_feed->type(), row);
    const ColumnSpec *column = m_feed->type().column(chosen.name);
    const Value *value = rowValue(m_feed->type(), row, chosen.name);
    line.before = column && value ? shown(*value, *column) : QString();
    if (!isTyped(chosen))
        return line;
    const Result<QString> becomes = wanted(row, chosen, line.words);
    const Result<Value> after = becomes ? typedValue(chosen, *becomes, currencyOf(row)) : Result<Value>(fail(becomes.error()));
    line.after = after && column ? shown(*after, *column) : QString();
    const Result<WritePlan> made =
        becomes ? m_writer->plan(*m_action, row, inputOf(row, chosen, *becomes)) : Result<WritePlan>(fail(becomes.error()));
    if (!made) {
        line.fate = BulkModel::Fate::Refused;
        line.words = m_percent ? tr("%1: %2").arg(chosen.label.text(), made.error().detail) : tr("cannot: %1").arg(made.error().detail);
    } else if (made->changes.empty()) {
        line.fate = BulkModel::Fate::Unchanged;
        line.words = tr("is so already");
    } else {
        *plan = *made;
    }
    return line;
}

void BulkPane::preview()
{
    const FormField *chosen = field();
    if (!chosen || m_run || (!m_editor && !m_percent))
        return;
    std::vector<BulkModel::Line> lines;
    m_plans.clear();
    m_planned.clear();
    m_failedPlans.clear();
    m_failedLines.clear();
    for (const Row &row : m_rows) {
        WritePlan plan;
        lines.push_back(previewLine(row, *chosen, &plan));
        if (plan.changes.empty())
            continue;
        m_planned.push_back(static_cast<int>(lines.size()) - 1);
        m_plans.push_back(std::move(plan));
    }
    QString why;
    if (isTyped(*chosen) && m_percent) {
        const auto change = m_percent->change();
        why = change ? QString() : tr("%1: %2").arg(chosen->label.text(), change.error().detail);
        m_percent->setFault(!change);
    } else if (isTyped(*chosen)) {
        const auto valid = typedValue(*chosen, m_editor->text(), u"CNY"_s);
        why = valid ? QString() : valid.error().detail;
        m_editor->setFault(!valid);
    }
    m_fault->setText(why);
    m_fault->setVisible(!why.isEmpty());
    m_model->reset(std::move(lines));
    fitColumns();
    updateState();
}

// Amounts are never cut; the names take what is left.
void BulkPane::fitColumns()
{
    const QFontMetrics metrics(m_table->font());
    QHeaderView *head = m_table->horizontalHeader();
    int room = std::max(0, m_table->viewport()->width() - leastName);
    for (int column : {1, 2, 3}) {
        int width = head->sectionSizeHint(column);
        for (const BulkModel::Line &line : m_model->lines) {
            const QString &text = column == 1 ? line.before : column == 2 ? line.after : line.words;
            width = std::max(width, metrics.horizontalAdvance(text) + cellPadding);
        }
        width = column == 3 ? std::clamp(width, leastWords, std::max(leastWords, room)) : width;
        head->resizeSection(column, width);
        room -= width;
    }
}

void BulkPane::updateState()
{
    if (!m_action)
        return;
    using Fate = BulkModel::Fate;
    const QString why = m_feed->whyNoWrites();
    const int refused = m_model->count(Fate::Refused), same = m_model->count(Fate::Unchanged);
    const int done = m_model->count(Fate::Done), failed = m_model->count(Fate::Failed);
    const bool ran = done + failed > 0;
    m_start->setText(m_plans.size() == 1 ? tr("Change 1 row") : tr("Change %1 rows").arg(m_plans.size()));
    m_start->setEnabled(!m_run && !m_plans.empty() && why.isEmpty());
    m_start->setToolTip(why);
    m_start->setVisible(!ran && !m_run);
    m_retry->setText(tr("Try %1 failed again").arg(m_failedPlans.size()));
    m_retry->setVisible(!m_run && !m_failedPlans.empty());
    m_retry->setEnabled(why.isEmpty());
    m_stop->setVisible(m_run != nullptr);
    m_close->setEnabled(m_run == nullptr);
    m_field->setEnabled(!m_run);
    m_kind->setEnabled(!m_run);
    m_editorPlace->setEnabled(!m_run);
    m_progress->setVisible(m_run != nullptr);
    QStringList parts;
    if (ran || m_run)
        parts << tr("%1 changed").arg(done) << tr("%1 failed").arg(failed);
    else if (!m_plans.empty())
        parts << tr("%1 will change").arg(m_plans.size());
    if (refused > 0)
        parts << tr("%1 cannot take it").arg(refused);
    if (same > 0)
        parts << (same == 1 ? tr("1 is so already") : tr("%1 are so already").arg(same));
    if (!why.isEmpty())
        parts << why;
    m_summary->setText(parts.join(u" · "_s));
}

void BulkPane::start()
{
    if (!m_start->isEnabled())
        return;
    const FormField *chosen = field();
    const QString title = m_plans.size() == 1 ? tr("Change %1 of 1 row").arg(chosen->label.text())
                                              : tr("Change %1 of %2 rows").arg(chosen->label.text()).arg(m_plans.size());
    BulkRun *run = m_feed->context().session->actions()->runMany(m_plans, title);
    follow(run, m_planned);
}

void BulkPane::retryFailed()
{
    if (m_failedPlans.empty() || m_run)
        return;
    const QString title = m_failedPlans.size() == 1 ? tr("Try 1 row again") : tr("Try %1 rows again").arg(m_failedPlans.size());
    BulkRun *run = m_feed->context().session->actions()->runMany(m_failedPlans, title);
    follow(run, std::vector<int>(m_failedLines));
}

void BulkPane::follow(BulkRun *run, std::vector<int> lines)
{
    m_run = run;
    m_failedPlans.clear();
    m_failedLines.clear();
    m_feed->context().jobs->add(run);
    m_progress->setRange(0, static_cast<int>(lines.size()));
    m_progress->setValue(0);
    for (int line : lines)
        m_model->setFate(line, BulkModel::Fate::Sent, tr("waiting"));
    connect(run, &BulkRun::resultReady, this, [this, run, lines](int index) {
        const BulkResult &result = run->results()[static_cast<size_t>(index)];
        const int line = lines[static_cast<size_t>(index)];
        if (result.outcome) {
            m_model->setFate(line, BulkModel::Fate::Done, tr("changed"));
        } else {
            const Error &error = result.outcome.error();
            m_model->setFate(line, BulkModel::Fate::Failed,
                             error.kind == ErrorKind::Conflict ? conflictText(error, m_feed->type()) : tr("failed: %1").arg(error.detail));
            m_failedLines.push_back(line);
        }
        m_progress->setValue(index + 1);
        updateState();
    });
    connect(run, &Job::finished, this, [this, run] {
        m_failedPlans = run->failedPlans();
        m_run = nullptr;
        updateState();
        Q_EMIT finished();
    });
    updateState();
}

void BulkPane::stop()
{
    if (m_run)
        m_run->cancel();
}

void BulkPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_run)
        Q_EMIT left();
    else
        QWidget::keyPressEvent(event);
}

} // namespace kboss
