#include "ui/questiondialog.h"

#include "ui/theme.h"
#include "ui/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace kboss {

namespace {
constexpr int shownDetails = 8;
}

QuestionDialog::QuestionDialog(Theme *theme, const Question &question, QWidget *parent) : QDialog(parent), m_theme(theme), m_question(question)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(question.title);
    setProperty("ground", QStringLiteral("panel"));
    setMinimumWidth(theme->size("dialog"));
    auto *layout = new QVBoxLayout(this);
    const int margin = theme->size("space-5");
    layout->setContentsMargins(margin, margin, margin, theme->size("space-4"));
    layout->setSpacing(theme->size("space-3"));
    auto *title = makeLabel(question.title, "title", this);
    title->setWordWrap(true);
    layout->addWidget(title);
    auto *text = makeLabel(question.text, "text", this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setVisible(!question.text.isEmpty());
    layout->addWidget(text);
    if (!question.details.isEmpty())
        layout->addWidget(buildDetails());
    buildFields(layout);
    layout->addSpacing(theme->size("space-2"));
    buildButtons(layout);
    updateAccept();
}

QWidget *QuestionDialog::buildDetails()
{
    auto *list = new QListWidget(this);
    list->setProperty("ground", QStringLiteral("window"));
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setFocusPolicy(Qt::NoFocus);
    list->setAccessibleName(m_question.title);
    list->setWordWrap(true);
    list->addItems(m_question.details);
    const int rows = int(qMin<qsizetype>(m_question.details.size(), shownDetails));
    list->setMaximumHeight(rows * m_theme->size("button") + m_theme->size("space-2"));
    return list;
}

void QuestionDialog::buildFields(QVBoxLayout *layout)
{
    if (m_question.input == QLatin1String("text") || m_question.input == QLatin1String("password")) {
        m_input = new QLineEdit(m_question.inputValue, this);
        m_input->setAccessibleName(m_question.title);
        if (m_question.input == QLatin1String("password"))
            m_input->setEchoMode(QLineEdit::Password);
        m_input->selectAll();
        layout->addWidget(m_input);
        connect(m_input, &QLineEdit::textChanged, this, &QuestionDialog::updateAccept);
    }
    if (!m_question.nameToType.isEmpty()) {
        m_nameHint = makeLabel({}, "label", this);
        m_nameHint->setWordWrap(true);
        m_name = new QLineEdit(this);
        m_name->setObjectName(QStringLiteral("nameToType"));
        layout->addWidget(m_nameHint);
        layout->addWidget(m_name);
        connect(m_name, &QLineEdit::textChanged, this, &QuestionDialog::updateAccept);
        m_nameHint->setText(tr("Type “%1” to go on. This cannot be undone.").arg(m_question.nameToType));
        m_name->setAccessibleName(m_nameHint->text());
    }
}

void QuestionDialog::buildButtons(QVBoxLayout *layout)
{
    m_cancel = makeButton(tr("Cancel"), "", this);
    m_accept = makeButton(m_question.acceptText.isEmpty() ? tr("OK") : m_question.acceptText, m_question.dangerous ? "danger" : "primary", this);
    m_accept->setObjectName(QStringLiteral("accept"));
    auto *row = new QHBoxLayout;
    row->setSpacing(m_theme->size("space-2"));
    if (m_question.dangerous) { // apart from the rest, and never what Enter does by accident
        row->addWidget(m_accept);
        row->addStretch();
        row->addWidget(m_cancel);
        m_cancel->setDefault(m_question.nameToType.isEmpty());
    } else {
        row->addStretch();
        row->addWidget(m_cancel);
        row->addWidget(m_accept);
        m_accept->setDefault(true);
    }
    layout->addLayout(row);
    connect(m_accept, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    if (!m_input && !m_name)
        (m_question.dangerous ? m_cancel : m_accept)->setFocus();
}

void QuestionDialog::updateAccept()
{
    const bool named = !m_name || m_name->text().trimmed() == m_question.nameToType.trimmed();
    m_accept->setEnabled(named && (!m_input || !m_input->text().isEmpty()));
    if (m_name) // once the name stands there, Enter means it
        m_accept->setDefault(named);
}

void QuestionDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && m_cancel)
        m_cancel->setText(tr("Cancel"));
    QDialog::changeEvent(event);
}

Answer QuestionDialog::answer() const
{
    Answer answer;
    answer.accepted = result() == QDialog::Accepted;
    if (answer.accepted && m_input)
        answer.input = m_input->text();
    return answer;
}

} // namespace kboss
