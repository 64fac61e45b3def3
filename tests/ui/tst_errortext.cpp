#include "app/base/signinrefusal.h"
#include "ui/errortext.h"
#include "ui/language.h"

#include <QRegularExpression>
#include <QTest>

using namespace kboss;

class TstErrorText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasWordsInBothLanguages();
    void theServersReasonStandsWhereItGaveOne();
    void theFieldIsNamed();
    void aHostThatLetsNobodyInSaysWhy();
};

void TstErrorText::everyKindHasWordsInBothLanguages()
{
    Language language(qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/../app/main"));
    QSet<QString> headlines;
    for (const QString &code : Language::available()) {
        QVERIFY2(language.set(code), qPrintable(code));
        for (int kind = 0; kind <= int(ErrorKind::Internal); ++kind) {
            Error error;
            error.kind = static_cast<ErrorKind>(kind);
            const ErrorText text = errorText(error, QStringLiteral("X"));
            QVERIFY2(!text.headline.isEmpty() && !text.reason.isEmpty(), qPrintable(errorKindName(error.kind)));
            QVERIFY2(!text.headline.contains(u'!') && !text.headline.contains(u'\uFF01'), qPrintable(text.headline));
            const bool chinese = text.reason.contains(QRegularExpression(QStringLiteral("[\\x{4e00}-\\x{9fff}]")));
            QCOMPARE(chinese, code == QLatin1String("zh_CN"));
            headlines.insert(text.headline);
        }
    }
    QCOMPARE(headlines.size(), 2 * (qsizetype(ErrorKind::Internal) + 1)); // no two kinds say the same
}

void TstErrorText::theServersReasonStandsWhereItGaveOne()
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.detail = QStringLiteral("the center still has 3 nodes");
    QCOMPARE(errorText(error, {}).reason, error.detail);
    error.kind = ErrorKind::Timeout; // technical detail is for Details, not for the reason
    QVERIFY(!errorText(error, {}).reason.contains(error.detail));
}

void TstErrorText::theFieldIsNamed()
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.field = QStringLiteral("credit_line");
    QVERIFY(errorText(error, {}).reason.contains(error.field));
}

void TstErrorText::aHostThatLetsNobodyInSaysWhy()
{
    Language language(qEnvironmentVariable("KBOSS_BIN_DIR") + QStringLiteral("/../app/main"));
    namespace Fault = SignInRefusal;
    QSet<QString> reasons, advices;
    for (const QString &code : Language::available()) {
        QVERIFY2(language.set(code), qPrintable(code));
        for (const QString &fault : {Fault::Password, Fault::Key, Fault::Expired, Fault::Locked, Fault::OldPassword, Fault::NoShell}) {
            Error error;
            error.kind = ErrorKind::Auth;
            error.field = fault;
            const ErrorText text = errorText(error, {});
            QVERIFY2(!text.reason.contains(fault), qPrintable(text.reason));
            reasons << text.reason;
            advices << text.advice;
        }
    }
    QCOMPARE(reasons.size(), 12);
    QCOMPARE(advices.size(), 12);
}

QTEST_GUILESS_MAIN(TstErrorText)
#include "tst_errortext.moc"
