#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>
#include <QUrlQuery>

namespace kboss::test {

struct HttpAnswer {
    int status = 0; // 0 = no answer
    QByteArray body;
    QList<QNetworkReply::RawHeaderPair> headers;

    QByteArray header(const QByteArray &name) const;
    QJsonObject json() const;
};

// One request after the other against a service in another process, blocking through the test's own event handling (QTRY).
class HttpClient {
public:
    explicit HttpClient(QUrl base) : m_base(std::move(base)) { }

    void setHeader(const QByteArray &name, const QByteArray &value); // for every request; an empty value removes it
    HttpAnswer get(const QString &path, const QUrlQuery &query = {});
    HttpAnswer post(const QString &path, const QUrlQuery &query = {}, const QByteArray &jsonBody = {});
    HttpAnswer patch(const QString &path, const QByteArray &jsonBody);
    HttpAnswer send(const QByteArray &method, const QString &path, const QUrlQuery &query, const QByteArray &body);

private:
    QNetworkAccessManager m_network;
    QUrl m_base;
    QMap<QByteArray, QByteArray> m_headers;
};

} // namespace kboss::test
