#include "tests/support/httpclient.h"

#include <QTest>

namespace kboss::test {

QByteArray HttpAnswer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

void HttpClient::setHeader(const QByteArray &name, const QByteArray &value)
{
    if (value.isEmpty())
        m_headers.remove(name);
    else
        m_headers.insert(name, value);
}

HttpAnswer HttpClient::get(const QString &path, const QUrlQuery &query)
{
    return send("GET", path, query, {});
}

HttpAnswer HttpClient::post(const QString &path, const QUrlQuery &query, const QByteArray &jsonBody)
{
    return send("POST", path, query, jsonBody);
}

HttpAnswer HttpClient::patch(const QString &path, const QByteArray &jsonBody)
{
    return send("PATCH", path, {}, jsonBody);
}

HttpAnswer HttpClient::send(const QByteArray &method, const QString &path, const QUrlQuery &query, const QByteArray &body)
{
    QUrl url = m_base;
    url.setPath(path);
    if (!query.isEmpty()) {
        QString text = query.query(QUrl::FullyEncoded);
        url.setQuery(text.replace(QLatin1Char('+'), QLatin1String("%2B")));
    }
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    for (auto header = m_headers.cbegin(); header != m_headers.cend(); ++header)
        request.setRawHeader(header.key(), header.value());
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
    HttpAnswer answer;
    const bool finished = QTest::qWaitFor([reply] { return reply->isFinished(); }, 20'000);
    if (finished) {
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        answer.headers = reply->rawHeaderPairs();
    }
    reply->deleteLater();
    return answer;
}

} // namespace kboss::test
