#include "ui/dialogprompt.h"

#include "ui/questiondialog.h"

#include <QFileDialog>
#include <QPointer>

namespace kboss {

DialogPrompt::DialogPrompt(Theme *theme, QObject *parent) : Prompt(parent), m_theme(theme) { }

void DialogPrompt::ask(QWidget *parent, const Question &question, std::function<void(const Answer &)> handler)
{
    if (question.input.startsWith(QLatin1String("file")) || question.input == QLatin1String("folder")) {
        askForFile(parent, question, std::move(handler));
        return;
    }
    auto *dialog = new QuestionDialog(m_theme, question, parent ? parent->window() : nullptr);
    const QPointer<QWidget> asker(parent);
    const bool hasAsker = parent != nullptr;
    connect(dialog, &QDialog::finished, this, [dialog, asker, hasAsker, handler = std::move(handler)] {
        if (!hasAsker || asker)
            handler(dialog->answer());
    });
    if (parent) // the asker may go while its window stays
        connect(parent, &QObject::destroyed, dialog, [this, dialog] {
            dialog->disconnect(this); // nobody is there to hear the answer
            dialog->reject();
        });
    dialog->open();
}

void DialogPrompt::askForFile(QWidget *parent, const Question &question, std::function<void(const Answer &)> handler)
{
    auto *dialog = new QFileDialog(parent ? parent->window() : nullptr, question.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!question.inputFilter.isEmpty())
        dialog->setNameFilter(question.inputFilter);
    if (question.input == QLatin1String("folder"))
        dialog->setFileMode(QFileDialog::Directory);
    else if (question.input == QLatin1String("file-open"))
        dialog->setFileMode(QFileDialog::ExistingFile);
    else
        dialog->setAcceptMode(QFileDialog::AcceptSave);
    if (!question.inputValue.isEmpty())
        dialog->selectFile(question.inputValue);
    if (!question.acceptText.isEmpty())
        dialog->setLabelText(QFileDialog::Accept, question.acceptText);
    const QPointer<QWidget> asker(parent);
    const bool hasAsker = parent != nullptr;
    connect(dialog, &QDialog::finished, this, [dialog, asker, hasAsker, handler = std::move(handler)](int result) {
        if (hasAsker && !asker)
            return;
        Answer answer;
        answer.accepted = result == QDialog::Accepted && !dialog->selectedFiles().isEmpty();
        if (answer.accepted)
            answer.input = dialog->selectedFiles().constFirst();
        handler(answer);
    });
    if (parent)
        connect(parent, &QObject::destroyed, dialog, [this, dialog] {
            dialog->disconnect(this); // nobody is there to hear the answer
            dialog->reject();
        });
    dialog->open();
}

} // namespace kboss
