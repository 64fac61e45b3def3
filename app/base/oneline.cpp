#include "app/base/oneline.h"

#include <algorithm>

namespace kboss {

namespace {

bool turns(char16_t c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool breaks(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

} // namespace

QString oneLine(const QString &text, qsizetype most)
{
    const bool plain = std::none_of(text.begin(), text.end(), [](QChar c) { return turns(c.unicode()) || breaks(c.unicode()); });
    if (plain && text.size() <= most)
        return text;
    QString line;
    for (const QChar c : text) {
        if (line.size() > most)
            break;
        if (!turns(c.unicode()))
            line += breaks(c.unicode()) ? QChar(u' ') : c;
    }
    if (line.size() <= most)
        return line;
    line.truncate(most - 1);
    if (line.endsWith(QChar(0x200d)) || (!line.isEmpty() && line.back().isHighSurrogate()))
        line.chop(1);
    return line + QChar(0x2026);
}

} // namespace kboss
