#pragma once

#include "app/base/result.h"

#include <QFuture>
#include <QObject>
#include <QUrl>
#include <memory>

namespace kboss {

struct StandaloneAddress {
    QUrl url;
    QString token; // Bearer; made for this run, given to the child on its standard input
};

// The standalone service in a child process: its own data folder, a random port and token. Lives on the GUI thread; the child ends with it
// (its standard input closes) and also when this process is killed. A child that dies is started again (at most 3 times a minute).
class StandaloneProcess : public QObject {
    Q_OBJECT
public:
    StandaloneProcess(QString program, QString dataFolder, QString sample, QObject *parent = nullptr);
    ~StandaloneProcess() override;

    QFuture<Result<StandaloneAddress>> start(); // ends when the ready line was read, or after 60 s
    void stop();

Q_SIGNALS:
    void addressChanged(const kboss::StandaloneAddress &address); // after a restart
    void died(const kboss::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
