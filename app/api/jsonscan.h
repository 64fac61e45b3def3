#pragma once

#include <QByteArrayView>
#include <QString>

namespace kboss {

// Whether brackets nest no deeper than `maxDepth`. One pass, nothing kept; brackets in strings do not count.
bool jsonDepthWithin(QByteArrayView json, int maxDepth);

// What an answer is that is not JSON: "an HTML page (502 Bad Gateway)", "an empty answer", "text"; empty when it begins like JSON.
QString notJson(QByteArrayView body);

// A server's words for an Error's detail: one line, at most 500 characters, no control characters.
QString cleanReason(const QString &text);

} // namespace kboss
