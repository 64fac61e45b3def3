#pragma once

#include <QtGlobal>
#include <memory>

namespace kboss::test {

// A TCP relay on 127.0.0.1 to a server on a loopback address, with a thread of its own: a network that can go, or fall silent. Any thread.
class CutProxy {
public:
    CutProxy(const QByteArray &address, quint16 port); // where to
    ~CutProxy();
    Q_DISABLE_COPY_MOVE(CutProxy)

    quint16 port() const; // 0 = it could not listen

    void cut(); // resets all connections of now; new ones are taken
    void refuse(bool on); // connections of now are reset, new ones too
    void freeze(bool on); // nothing passes any more in either direction, connections stay open, new ones are taken and silent
    void cutAfter(qint64 bytes); // once: when so many more bytes have passed towards the server; -1 = never
    int connections() const; // open ones
    qint64 taken() const; // how many connections there were
    qint64 bytesToServer() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss::test
