#include "app/api/jsonscan.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

// Behind the closing quote of the string that begins at `i`.
qsizetype pastString(QByteArrayView json, qsizetype i)
{
    for (++i; i < json.size() && json[i] != '"'; ++i) {
        if (json[i] == '\\')
            ++i;
    }
    return i;
}

qsizetype firstVisible(QByteArrayView body)
{
    qsizetype i = body.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    while (i < body.size() && (body[i] == ' ' || body[i] == '\n' || body[i] == '\r' || body[i] == '\t'))
        ++i;
    return i;
}

} // namespace

bool jsonDepthWithin(QByteArrayView json, int maxDepth)
{
    int depth = 0;
    for (qsizetype i = 0; i < json.size(); ++i) {
        switch (json[i]) {
        case '"':
            i = pastString(json, i);
            break;
        case '{':
        case '[':
            if (++depth > maxDepth)
                return false;
            break;
        case '}':
        case ']':
            --depth;
            break;
        default:
            break;
        }
    }
    return true;
}

QString notJson(QByteArrayView body)
{
    const qsizetype at = firstVisible(body);
    if (at == body.size())
        return u"an empty answer"_s;
    if (body[at] == '{' || body[at] == '[')
        return {};
    if (body[at] != '<')
        return u"text that is not JSON"_s;
    static const QRegularExpression title(u"<title[^>]*>([^<]{1,200})</title>"_s, QRegularExpression::CaseInsensitiveOption);
    const auto found = title.match(QString::fromUtf8(body.first(qMin<qsizetype>(body.size(), 16 * 1024))));
    return found.hasMatch() ? u"an HTML page (%1)"_s.arg(cleanReason(found.captured(1))) : u"an HTML page"_s;
}

QString cleanReason(const QString &text)
{
    QString line = text.simplified();
    line.removeIf([](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f || (c.unicode() >= 0x202a && c.unicode() <= 0x202e); });
    if (line.size() > 500)
        line = line.left(499) + u'…';
    return line;
}

} // namespace kboss
