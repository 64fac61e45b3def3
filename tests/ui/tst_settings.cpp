#include "ui/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace kboss;

class TstSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasSetIsThereAfterARestart();
    void theFileIsForItsOwnerOnly();
    void aDamagedFileIsSetAsideAndSaid();
    void itWritesByItselfAfterAWhile();
};

void TstSettings::whatWasSetIsThereAfterARestart()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a/settings.json"));
    {
        Settings settings(file);
        QVERIFY(settings.load());
        settings.setValue(QStringLiteral("table/x/columns"), QJsonArray{1, 2});
        settings.setValue(QStringLiteral("gone"), true);
        settings.remove(QStringLiteral("gone"));
    }
    Settings settings(file);
    QVERIFY(settings.load());
    QCOMPARE(settings.value(QStringLiteral("table/x/columns")).toArray(), (QJsonArray{1, 2}));
    QCOMPARE(settings.value(QStringLiteral("gone"), 7).toInt(), 7);
}

void TstSettings::theFileIsForItsOwnerOnly()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.json"));
    Settings settings(file);
    settings.setValue(QStringLiteral("a"), 1);
    QVERIFY(settings.flush());
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFileInfo(file).permissions() & others));
}

void TstSettings::aDamagedFileIsSetAsideAndSaid()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.json"));
    QFile damaged(file);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("{\"a\": ");
    damaged.close();
    Settings settings(file);
    const auto loaded = settings.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::Storage);
    QVERIFY(!QFile::exists(file));
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("settings.json.damaged-*")}).size(), 1);
}

void TstSettings::itWritesByItselfAfterAWhile()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.json"));
    Settings settings(file);
    settings.setValue(QStringLiteral("a"), 1);
    QVERIFY(!QFile::exists(file));
    QTRY_VERIFY(QFile::exists(file));
}

QTEST_GUILESS_MAIN(TstSettings)
#include "tst_settings.moc"
