#include "ui/command.h"

#include <QTest>

using namespace kboss;

class TstCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsByNameEnglishAndPinyin_data();
    void findsByNameEnglishAndPinyin();
    void bestComesFirst();
    void everythingForAnEmptyText();

private:
    QString first(const QString &typed) const;
    QList<Command> m_commands;
};

void TstCommand::initTestCase()
{
    const auto add = [this](const char *id, const QString &title, const QString &other) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.title = title;
        command.other = other;
        m_commands << command;
    };
    add("journal", QStringLiteral("操作日志"), QStringLiteral("Journal"));
    add("billing-account", QStringLiteral("计费账户"), QStringLiteral("Billing accounts"));
    add("compute-center", QStringLiteral("算力中心"), QStringLiteral("Compute centers"));
    add("dark", QStringLiteral("深色"), QStringLiteral("Dark"));
}

QString TstCommand::first(const QString &typed) const
{
    const QList<int> order = matchCommands(m_commands, typed);
    return order.isEmpty() ? QString() : m_commands.at(order.constFirst()).id;
}

void TstCommand::findsByNameEnglishAndPinyin_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("id");
    QTest::newRow("chinese") << QStringLiteral("账户") << QStringLiteral("billing-account");
    QTest::newRow("initials") << QStringLiteral("jfzh") << QStringLiteral("billing-account");
    QTest::newRow("initials inside") << QStringLiteral("lzx") << QStringLiteral("compute-center");
    QTest::newRow("english start") << QStringLiteral("bill") << QStringLiteral("billing-account");
    QTest::newRow("english second word") << QStringLiteral("centers") << QStringLiteral("compute-center");
    QTest::newRow("capitals") << QStringLiteral("DARK") << QStringLiteral("dark");
    QTest::newRow("nothing") << QStringLiteral("zzzz") << QString();
}

void TstCommand::findsByNameEnglishAndPinyin()
{
    QFETCH(QString, typed);
    QFETCH(QString, id);
    QCOMPARE(first(typed), id);
}

void TstCommand::bestComesFirst()
{
    QCOMPARE(first(QStringLiteral("j")), QStringLiteral("billing-account")); // pinyin "jfzh" of the name on screen before "Journal" of the other
    QCOMPARE(first(QStringLiteral("jo")), QStringLiteral("journal"));
}

void TstCommand::everythingForAnEmptyText()
{
    QCOMPARE(matchCommands(m_commands, {}).size(), m_commands.size());
}

QTEST_GUILESS_MAIN(TstCommand)
#include "tst_command.moc"
