#include "ui/dialogprompt.h"
#include "ui/questiondialog.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace kboss;

class TstQuestionDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void acceptStaysOffUntilTheNameWasTyped();
    void theHandlerGetsWhatWasTyped();
    void nothingIsAnsweredAfterTheAskerDied();
    void escapeDeclines();

private:
    static QuestionDialog *dialog();
    Theme m_theme;
};

void TstQuestionDialog::initTestCase()
{
    QVERIFY(m_theme.load(qEnvironmentVariable("KBOSS_SOURCE_DIR") + QStringLiteral("/resources/themes/tokens.json")));
    m_theme.apply();
}

QuestionDialog *TstQuestionDialog::dialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *found = qobject_cast<QuestionDialog *>(widget); found && found->isVisible())
            return found;
    }
    return nullptr;
}

void TstQuestionDialog::acceptStaysOffUntilTheNameWasTyped()
{
    DialogPrompt prompt(&m_theme);
    QWidget asker;
    Question question;
    question.title = QStringLiteral("Delete?");
    question.acceptText = QStringLiteral("Delete");
    question.dangerous = true;
    question.nameToType = QStringLiteral("gpu-01");
    int accepted = 0;
    prompt.ask(&asker, question, [&accepted](const Answer &answer) { accepted += answer.accepted ? 1 : 0; });
    QTRY_VERIFY(dialog());
    auto *accept = dialog()->findChild<QPushButton *>(QStringLiteral("accept"));
    auto *name = dialog()->findChild<QLineEdit *>(QStringLiteral("nameToType"));
    QVERIFY(accept && name);
    QVERIFY(!accept->isEnabled());
    QTest::keyClicks(name, QStringLiteral("gpu-0"));
    QVERIFY(!accept->isEnabled());
    QTest::keyClick(name, Qt::Key_Return); // half a name and Enter do nothing harmful
    QVERIFY(dialog());
    QCOMPARE(accepted, 0);
    QTest::keyClicks(name, QStringLiteral("1"));
    QVERIFY(accept->isEnabled());
    accept->click();
    QTRY_COMPARE(accepted, 1);
}

void TstQuestionDialog::theHandlerGetsWhatWasTyped()
{
    DialogPrompt prompt(&m_theme);
    QWidget asker;
    Question question;
    question.title = QStringLiteral("Name?");
    question.input = QStringLiteral("text");
    question.inputValue = QStringLiteral("old");
    QString typed;
    prompt.ask(&asker, question, [&typed](const Answer &answer) { typed = answer.input; });
    QTRY_VERIFY(dialog());
    auto *field = dialog()->findChild<QLineEdit *>();
    QTest::keyClicks(field, QStringLiteral("new")); // the start value is selected and replaced
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(typed, QStringLiteral("new"));
}

void TstQuestionDialog::nothingIsAnsweredAfterTheAskerDied()
{
    DialogPrompt prompt(&m_theme);
    auto *asker = new QWidget;
    bool answered = false;
    Question question;
    question.title = QStringLiteral("?");
    prompt.ask(asker, question, [&answered](const Answer &) { answered = true; });
    QTRY_VERIFY(dialog());
    delete asker;
    QTRY_VERIFY(!dialog());
    QVERIFY(!answered);
}

void TstQuestionDialog::escapeDeclines()
{
    DialogPrompt prompt(&m_theme);
    QWidget asker;
    int answers = 0;
    bool accepted = true;
    Question question;
    question.title = QStringLiteral("?");
    prompt.ask(&asker, question, [&](const Answer &answer) {
        ++answers;
        accepted = answer.accepted;
    });
    QTRY_VERIFY(dialog());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_COMPARE(answers, 1);
    QVERIFY(!accepted);
}

QTEST_MAIN(TstQuestionDialog)
#include "tst_questiondialog.moc"
