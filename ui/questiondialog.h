#pragma once

#include "ui/prompt.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace kboss {

class Theme;

// One question: what, to what, what follows; a field or the name to type; accept says what it does. Deletes itself when closed.
class QuestionDialog : public QDialog {
    Q_OBJECT
public:
    QuestionDialog(Theme *theme, const Question &question, QWidget *parent);
    Answer answer() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildDetails();
    void buildFields(QVBoxLayout *layout);
    void buildButtons(QVBoxLayout *layout);
    void updateAccept();

    Theme *m_theme;
    Question m_question;
    QLineEdit *m_input = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameHint = nullptr;
    QPushButton *m_accept = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace kboss
