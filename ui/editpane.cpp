#include "ui/editpane.h"

#include "models/formrules.h"
#include "ui/changelist.h"
#include "ui/prompt.h"
#include "ui/rowcollector.h"
#include "ui/widgets.h"
#include "ui/writecontroller.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

EditPane::EditPane(WriteController *writer, QWidget *parent)
    : QWidget(parent), m_writer(writer), m_feed(writer->feed()), m_scroll(new QScrollArea(this)), m_changesTitle(makeLabel({}, "heading", this)),
      m_changes(new ChangeList(m_feed->context().theme, this)), m_note(makeLabel({}, "hint", this)), m_conflict(makeLabel({}, "fault", this)),
      m_save(makeButton({}, "primary", this)), m_discard(makeButton(tr("Discard"), "", this)), m_why(makeLabel({}, "hint", this)),
      m_keys(makeLabel(tr("Enter saves · Esc leaves"), "hint", this))
{
    m_save->setObjectName(u"saveButton"_s);
    m_discard->setObjectName(u"discardButton"_s);
    m_conflict->setObjectName(u"conflictText"_s);
    for (QLabel *label : {m_note, m_conflict, m_why})
        label->setWordWrap(true);
    auto *inner = new QWidget;
    inner->setProperty("ground", u"panel"_s);
    inner->setAttribute(Qt::WA_StyledBackground);
    m_body = new QVBoxLayout(inner);
    m_body->setContentsMargins(0, 4, 0, 8);
    m_body->setSpacing(8);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(16, 8, 16, 0);
    below->setSpacing(8);
    below->addWidget(m_changesTitle);
    below->addWidget(m_changes);
    below->addWidget(m_note);
    m_body->addLayout(below);
    m_body->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(inner);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(16, 8, 16, 8);
    foot->addWidget(m_conflict);
    foot->addWidget(m_why);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addWidget(m_discard);
    buttons->setSpacing(8);
    buttons->addStretch(1);
    foot->addLayout(buttons);
    foot->addWidget(m_keys);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_scroll, 1);
    column->addWidget(makeLine(this));
    column->addLayout(foot);
    connect(m_save, &QPushButton::clicked, this, &EditPane::save);
    connect(m_discard, &QPushButton::clicked, this, [this] { hasUnsaved() ? discard() : Q_EMIT left(); });
    connect(m_feed, &ResourceFeed::changed, this, &EditPane::updateState);
}

QString EditPane::currencyOf(const Row &row) const
{
    const Value *value = m_action->currencyField.isEmpty() ? nullptr : rowValue(m_feed->type(), row, m_action->currencyField);
    const QString *text = value ? std::get_if<QString>(value) : nullptr;
    return text ? *text : QString();
}

bool EditPane::isMaking() const
{
    const Operation *operation = m_action ? m_feed->context().contracts->find(m_action->operation) : nullptr;
    return operation && operation->effect == Effect::Create;
}

FormInput EditPane::inputOf(const Row &row) const
{
    FormInput input;
    for (const FormField &field : m_form->fields()) {
        const Value *value = rowValue(m_feed->type(), row, field.name);
        const QString begun = isMaking() && field.offer ? fillTemplate(field.offer->start, &m_feed->type(), row, {}) : QString();
        input.insert(field.name, value && !field.secret ? typedText(*value, field) : begun);
    }
    input.insert(m_begin);
    return input;
}

void EditPane::setShape(std::function<FormShape()> shape)
{
    m_shape = std::move(shape);
}

void EditPane::setChangesShown(bool shown)
{
    m_changesShown = shown;
}

void EditPane::open(const Action &action, const Row &row, const FormInput &begin)
{
    m_action = &action;
    m_row = row;
    m_begin = begin;
    m_keys->setText(tr("Enter saves · Esc leaves")); // the language may be another
    m_busy = false;
    m_conflict->clear();
    m_conflict->hide();
    buildForm();
    m_form->setGround(m_feed->context(), {&m_feed->type(), row, m_feed->masterType(), m_feed->master()});
    m_form->start(inputOf(row), currencyOf(row), isCreate());
    fillChanges();
    m_scroll->ensureVisible(0, 0);
}

void EditPane::buildForm()
{
    delete m_form;
    m_form = new EditForm(formFields(m_feed->type(), *m_action, *m_feed->context().contracts), m_feed->type(), m_feed->context().theme,
                          m_scroll->widget());
    if (m_shape)
        m_form->setShape(m_shape());
    m_body->insertWidget(0, m_form);
    connect(m_form, &EditForm::changed, this, [this] {
        m_conflict->hide();
        fillChanges();
        Q_EMIT unsavedChanged();
    });
}

void EditPane::rowChanged(const Row &row)
{
    if (!m_form || isCreate() || row.key != m_row.key || row == m_row || m_busy)
        return;
    if (m_form->hasChanges()) {
        m_conflict->setText(tr("This row was changed meanwhile. Saving compares first and stops where a field of yours was changed."));
        m_conflict->show();
        return; // m_row stays what the person saw: the comparison before sending is made with it
    }
    m_row = row;
    m_form->start(inputOf(row), currencyOf(row), false);
    fillChanges();
}

void EditPane::discard()
{
    if (!m_form)
        return;
    m_form->start(inputOf(m_row), currencyOf(m_row), isCreate());
    m_conflict->hide();
    fillChanges();
    Q_EMIT unsavedChanged();
}

void EditPane::close()
{
    delete m_form;
    m_form = nullptr;
    m_row = {};
    m_action = nullptr;
}

void EditPane::fillChanges()
{
    std::vector<ChangeList::Entry> entries;
    const QStringList changed = m_form->changedFields();
    const FormInput input = m_form->input();
    for (const FormField &field : m_form->fields()) {
        const bool made = isMaking() && !input.value(field.name).isEmpty();
        if (changed.contains(field.name) || made)
            entries.push_back({field.label.text(), m_form->displayText(field, isMaking() ? QString() : m_form->initialText(field.name)),
                               m_form->displayText(field, input.value(field.name)), field.type == FieldType::Money});
    }
    const bool some = !entries.empty() && !isCreate(), shown = some && m_changesShown;
    const QString currency = m_form->currency();
    m_changesTitle->setText((entries.size() == 1 ? tr("What will be sent: one change") : tr("What will be sent: %1 changes").arg(entries.size()))
                            + (currency.isEmpty() ? QString() : u"   "_s + currency));
    m_changesTitle->setVisible(shown);
    m_changes->setEntries(some ? std::move(entries) : std::vector<ChangeList::Entry>{});
    m_changes->setVisible(shown);
    m_note->setText(tr("Before sending, the row is read again and compared. If somebody changed it meanwhile, nothing is overwritten."));
    m_note->setVisible(shown && !isMaking());
    updateState();
}

void EditPane::updateState()
{
    if (!m_form)
        return;
    const int changes = static_cast<int>(m_form->changedFields().size());
    const QString why = m_feed->whyNoWrites();
    m_save->setText(isMaking()         ? m_action->label.text()
                        : changes == 0 ? tr("No changes")
                        : changes == 1 ? tr("Save one change")
                                       : tr("Save %1 changes").arg(changes));
    m_save->setEnabled(why.isEmpty() && !m_busy && (isMaking() || (changes > 0 && !m_form->hasFaults())));
    m_save->setToolTip(why);
    m_discard->setText(changes > 0 && !isCreate() ? tr("Discard") : tr("Close"));
    m_why->setText(m_busy ? tr("Sending…") : why);
    m_why->setVisible(!m_why->text().isEmpty());
}

void EditPane::save()
{
    if (!m_form || m_busy || !m_save->isEnabled())
        return;
    if (m_form->hasFaults()) {
        m_form->showAllFaults();
        return;
    }
    const Result<WritePlan> plan = m_writer->plan(*m_action, m_row, m_form->input());
    if (!plan) {
        m_form->setServerFault(plan.error().field, plan.error().detail);
        m_conflict->setText(plan.error().detail);
        m_conflict->show();
        return;
    }
    m_busy = true;
    updateState();
    m_writer->save(*plan, [self = QPointer(this)](const Result<ActionOutcome> &outcome) {
        if (self)
            self->onSaved(outcome);
    });
}

void EditPane::onSaved(const Result<ActionOutcome> &outcome)
{
    m_busy = false;
    if (!m_form)
        return;
    if (outcome) {
        const QString key = outcome->row.key.isEmpty() ? m_row.key : outcome->row.key;
        if (!isCreate() && !outcome->row.key.isEmpty())
            m_row = outcome->row;
        m_form->start(inputOf(m_row), currencyOf(m_row), isCreate());
        fillChanges();
        Q_EMIT unsavedChanged();
        Q_EMIT saved(key);
        return;
    }
    showRefusal(outcome.error());
    updateState();
}

void EditPane::showRefusal(const Error &error)
{
    if (error.kind == ErrorKind::Rejected) {
        QString words = error.detail, field = error.field;
        if (field.isEmpty() && m_form->shape().faultField)
            field = m_form->shape().faultField(error, words);
        if (!field.isEmpty())
            m_form->setServerFault(field, words);
    }
    m_conflict->setText(error.kind == ErrorKind::Conflict ? conflictText(error, m_feed->type()) : error.detail);
    m_conflict->setVisible(!m_conflict->text().isEmpty());
}

void EditPane::askLeave(std::function<void()> then)
{
    if (!hasUnsaved()) {
        then();
        return;
    }
    Question question;
    question.title = tr("Leave without saving?");
    const QString name = isCreate() ? m_action->label.text() : rowName(m_feed->type(), m_row);
    question.text = tr("%1: what you typed was not sent and would be lost.").arg(name);
    for (const ChangeList::Entry &entry : m_changes->entries())
        question.details << tr("%1: %2 → %3").arg(entry.field, entry.before, entry.after);
    question.acceptText = tr("Discard changes");
    question.dangerous = true;
    m_feed->context().prompt->ask(this, question, [self = QPointer(this), then = std::move(then)](const Answer &answer) {
        if (!answer.accepted || !self)
            return;
        self->discard();
        then();
    });
}

void EditPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        askLeave([self = QPointer(this)] {
            if (self)
                Q_EMIT self->left();
        });
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (isCreate() && m_form && m_form->hasFaults())
            m_form->showAllFaults();
        else
            save();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace kboss
