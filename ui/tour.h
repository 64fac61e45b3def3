#pragma once

#include "ui/appcontext.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace kboss {

class MainWindow;
class Page;

// --tour DIR: opens every page against the current profile, saves a picture of each and report.json, prints its table, and says by its exit code
// whether any page failed. A session that does not come online ends it at once as failed, unless being offline was chosen. Changes nothing
// anywhere. GUI thread.
class Tour : public QObject {
    Q_OBJECT
public:
    Tour(QString folder, MainWindow *window, const AppContext &context, bool offlineChosen, QObject *parent = nullptr);
    void start();
    void tellFault(const Error &error); // why there is no session

Q_SIGNALS:
    void finished(int exitCode);

private:
    struct Stop {
        QString name, page, language, variant;
        bool dark = false;
    };

    void planStops();
    void waitForSession();
    void giveUp(const QString &reason);
    bool isGood(const Page *page) const;
    void next();
    void arrive();
    void settle(int restMs); // waits for what a variant asked for, then for glows and fonts
    void addPages(const Page *page);
    void look();
    void takePicture();
    void note(Page *page, const QString &picture, bool good);
    void showFirstStart();
    void leaveVariants();
    void end();
    void printTable(const QString &file) const;
    bool settled(const Page *page) const;

    QString m_folder;
    MainWindow *m_window;
    const AppContext &m_context;
    QList<Stop> m_stops;
    QSet<QString> m_ready;
    QHash<QString, qint64> m_firstRowsMs;
    QHash<QString, QElapsedTimer> m_opened;
    QElapsedTimer m_waiting;
    QTimer m_poll;
    QJsonArray m_report;
    QStringList m_faults;
    QPointer<QWidget> m_loose; // a page outside the window, while its picture is taken
    bool m_offlineChosen;
    int m_at = -1;
    int m_failures = 0;
};

} // namespace kboss
