#include "app/api/requestsecrets.h"

#include <QTest>

using namespace kboss;
using namespace Qt::StringLiterals;

class TestRequestSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsThemAtAnyDepth()
    {
        Call call;
        call.body = {{"name", "no secret"},
                     {"api_pwd", "top-secret"},
                     {"deep", {{"token", "deep-secret"}}},
                     {"nodes", {{{"ip", "10.0.0.1"}, {"password", "first-secret"}}, {{"password", "second-secret"}, {"user", "root"}}}},
                     {"passwords", {"listed-secret", "******", {"nested-secret"}}},
                     {"labels", {"no", "plain label"}}};
        QStringList found = secretsOf({}, call);
        found.sort();
        QCOMPARE(found,
                 QStringList({u"deep-secret"_s, u"first-secret"_s, u"listed-secret"_s, u"nested-secret"_s, u"second-secret"_s, u"top-secret"_s}));
    }

    void theContractNamesThemToo()
    {
        auto secret = std::make_shared<JsonSchema>();
        secret->format = u"password"_s;
        auto list = std::make_shared<JsonSchema>();
        list->items = secret;
        Operation operation;
        operation.parameters.push_back({});
        operation.parameters.back().name = u"words"_s;
        operation.parameters.back().schema = list;
        Call call;
        call.parameters = {{"words", {"open sesame", "ok"}}};
        QCOMPARE(secretsOf(operation, call), QStringList(u"open sesame"_s)); // too short a word is none
    }
};

QTEST_GUILESS_MAIN(TestRequestSecrets)
#include "tst_requestsecrets.moc"
