#include "app/base/pinyin.h"

#include <algorithm>
#include <memory>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <vector>

namespace kboss {
namespace {

constexpr char16_t firstHan = 0x4E00;
constexpr char16_t lastHan = 0x9FFF;

// Initial of every character of the main CJK block, '\0' where there is none; made at the first call, by whichever thread comes first.
std::vector<char> makeInitials()
{
    std::vector<char> initials(lastHan - firstHan + 1, '\0');
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> latin(
        icu::Transliterator::createInstance(icu::UnicodeString("Han-Latin; Latin-ASCII"), UTRANS_FORWARD, status));
    if (U_FAILURE(status) || !latin)
        return initials;
    // One line a character: a transliteration of the whole block at once is a hundred times quicker than one by one.
    icu::UnicodeString text;
    for (size_t i = 0; i < initials.size(); ++i) {
        text.append(static_cast<char16_t>(firstHan + i));
        text.append(u'\n');
    }
    latin->transliterate(text);
    size_t index = 0;
    bool start = true;
    for (int32_t at = 0; at < text.length() && index < initials.size(); ++at) {
        const char16_t c = text.charAt(at);
        if (c == u'\n') {
            ++index;
            start = true;
        } else if (start && c != u' ') {
            const char16_t lower = c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c | 0x20) : c;
            if (lower >= u'a' && lower <= u'z')
                initials[index] = static_cast<char>(lower);
            start = false;
        }
    }
    return initials;
}

const std::vector<char> &initialsTable()
{
    static const std::vector<char> table = makeInitials();
    return table;
}

} // namespace

void preparePinyin()
{
    initialsTable();
}

QString pinyinInitials(QStringView text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u >= firstHan && u <= lastHan) {
            if (const char initial = initialsTable()[static_cast<size_t>(u - firstHan)])
                result.append(QLatin1Char(initial));
        } else if (c.isLetterOrNumber()) {
            result.append(c.toLower());
        }
    }
    return result;
}

bool matchesTextOrPinyin(QStringView text, QStringView needle)
{
    if (text.contains(needle, Qt::CaseInsensitive))
        return true;
    const bool latin = std::all_of(needle.begin(), needle.end(), [](QChar c) { return c.unicode() < 0x80; });
    return latin && pinyinInitials(text).contains(needle);
}

} // namespace kboss
