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
// (its standard input closes) and also when this process is killed. A child that dies is started again, at most 3 times a minute;
// after that, and where the first start failed, once a minute, until it comes up or stop() is called.
class StandaloneProcess : public QObject {
    Q_OBJECT
public:
    StandaloneProcess(QString program, QString dataFolder, QString sample, QObject *parent = nullptr);
    ~StandaloneProcess() override;

    struct Waits {
        int readyMs = 0; // for the ready line; 0 = by the sample: 60 s, large 300 s
        int againMs = 60'000; // between two starts after giving up
    };
    void setWaits(const Waits &waits); // before start()
    QFuture<Result<StandaloneAddress>> start(); // ends when the ready line was read, or with an error
    void stop();

Q_SIGNALS:
    void addressChanged(const kboss::StandaloneAddress &address); // it came up without being asked for: a restart
    void died(const kboss::Error &error); // once, until it comes up again

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
